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

/** A message may show what somebody handed over, whatever its length. */
const LONGEST = 1000;

/** How a person reads it: in one line. */
export const textOf = ({ id, message }: Finding): string =>
  `${shortened(message).replaceAll(/\p{Cc}/gu, escaped)} [${id}]`;

const shortened = (message: string) => (message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message);

const escaped = (character: string) => JSON.stringify(character).slice(1, -1);
