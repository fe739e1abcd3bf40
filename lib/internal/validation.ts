import { Annotations, Token, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../model/finding';

/** Drops tokens, in maps and lists too: a rule judges only what is known at synthesis, the worker judges the rest. */
export function known<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([key]) => !Token.isUnresolved(key));
  return Object.fromEntries(
    entries.flatMap(([key, value]: [string, unknown]) => {
      if (value === undefined || Token.isUnresolved(value)) return [];
      return [[key, isPlain(value) ? known(value) : value]];
    }),
  ) as Partial<T>;
}

export const isKnown = (value: unknown): boolean => value !== undefined && !Token.isUnresolved(value);

/** The token itself in place of the text that stands for it: a synthesis looks for tokens in every text, three times. */
export function unwrapped(text: string): unknown {
  const { firstToken, length } = Tokenization.reverseString(text);
  return length === 1 && firstToken ? firstToken : text;
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Throws all errors at once, in one message; leaves warnings on the construct, where they can be acknowledged. */
export function refuse(scope: IConstruct, findings: readonly Finding[]): void {
  for (const { id, message } of findings.filter((finding) => finding.severity === 'warning')) {
    Annotations.of(scope).addWarningV2(`cdk-msk:${id}`, message);
  }
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) throw refused(scope, ...errors);
}

/** The error that lists everything that is wrong with a construct, and names its path. */
export function refused(scope: IConstruct, ...errors: readonly Finding[]): Error {
  const list = errors.map(({ id, message }) => `  - ${message} [${id}]`).join('\n');
  return new Error(`Invalid configuration at '${scope.node.path}':\n${list}`);
}
