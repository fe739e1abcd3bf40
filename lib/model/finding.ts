import { type RuleId, RULES, type Severity } from './rules/catalog';

/** What a rule found wrong with the values it checked. */
export interface Finding {
  readonly id: RuleId;
  /** An error cannot work. A warning can, and may be acknowledged. */
  readonly severity: Severity;
  readonly message: string;
}

/** The severity is that of the rule's row in the catalog. */
export const finding = (id: RuleId, message: string): Finding => ({ id, severity: RULES[id], message });

export const errorsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'error');
export const warningsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'warning');

/** How a person reads it. */
export const textOf = ({ id, message }: Finding): string => `${message} [${id}]`;
