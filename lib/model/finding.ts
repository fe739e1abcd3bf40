/** What a rule found about the values that it was given. */
export interface Finding {
  /** Stable name of the rule, for acknowledging and for the documentation. */
  readonly id: string;
  /** An error cannot work; a warning can, and may be acknowledged. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export const problem = (id: string, message: string): Finding => ({ id, severity: 'error', message });
export const caution = (id: string, message: string): Finding => ({ id, severity: 'warning', message });
