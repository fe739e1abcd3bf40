import { Annotations, type IResolvable, Token, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { errorsOf, type Finding, textOf } from '../model/finding';
import { AGING } from '../model/rules/catalog';

/** Drops what is not known, in maps and lists too. Rules check only what is known at synthesis, and the worker checks the rest. */
export function known<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([key]) => isKnown(key));
  return Object.fromEntries(
    entries.flatMap(([key, value]: [string, unknown]) => {
      if (!isKnown(value)) return [];
      return [[key, isPlain(value) ? known(value) : value]];
    }),
  ) as Partial<T>;
}

export const isToken = (value: unknown): boolean => Token.isUnresolved(value);

/** Whether a text has, or contains, the value that `valueFromLookup` returns until `cdk` has looked the parameter up. */
export const isPendingValue = (value: unknown): boolean =>
  typeof value === 'string' && value.includes('dummy-value-for-');

/** Whether a value can be judged at synthesis. */
export const isKnown = (value: unknown): boolean => value !== undefined && !isToken(value) && !isPendingValue(value);

/** The value as messages show it. */
export const shown = <T>(value: T): T | string => (isToken(value) ? 'a token' : value);

/** The text, or one of the right form while `cdk` has not looked it up yet, since the CDK checks the forms of some names itself. */
export const textOrPending = (text: string | undefined, form: string): string | undefined =>
  isPendingValue(text) ? form : text;

/** A text that is known at synthesis, or undefined. */
export const knownText = (text?: string): string | undefined => (isKnown(text) ? text : undefined);

/** The tokens in a text. */
export const tokensIn = (text: string): IResolvable[] => Tokenization.reverseString(text).tokens;

/** A number as text, even if it is a token. */
export const numberText = (value: number): string => Tokenization.stringifyNumber(value);

/**
 * The token itself in place of its text encoding. This is faster, since a synthesis searches every text for tokens
 * three times.
 */
export function unwrapped(text: string): unknown {
  const { firstToken, length } = Tokenization.reverseString(text);
  return length === 1 && firstToken ? firstToken : text;
}

/** Whether a value is an object that was written down, and no instance of a class. */
export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * Throws all errors in one message, and adds warnings to the construct, where they can be acknowledged. An error of a table that
 * ages is a warning if the context of the construct lists its ID.
 */
export function refuse(scope: IConstruct, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const { errors, warnings } = judged(scope, findings);
  for (const warning of warnings) warn(scope, warning);
  if (errors.length > 0) throw refused(scope, ...errors);
}

/**
 * Checks when the template is written, since escape hatches can change it until then. Each warning is added once, since an app can
 * be synthesized more than once.
 *
 * @param reported what was reported about the props, and is not repeated
 */
export function refuseWhenWritten(
  scope: IConstruct,
  findings: () => readonly Finding[],
  reported: readonly Finding[] = [],
): void {
  const warned = new Set<string>();
  const isNew = ({ message }: Finding) => !reported.some((one) => one.message === message);
  scope.node.addValidation({ validate: () => report(scope, findings().filter(isNew), warned) });
}

/**
 * Returns the errors, and adds the warnings that are not in the list yet. They are added to the resource of the construct, since
 * some versions of the CDK look for acknowledgments of a warning above its construct only.
 */
export function report(scope: IConstruct, findings: readonly Finding[], warned: Set<string>): string[] {
  const { errors, warnings } = judged(scope, findings);
  for (const warning of warnings) {
    if (!warned.has(warning.message)) warn(scope.node.defaultChild ?? scope, warning);
    warned.add(warning.message);
  }
  return errors.map((error) => `${textOf(error)}${wayOutOf([error])}`);
}

/** Errors of a table that ages are warnings where the context lists their IDs. */
function judged(scope: IConstruct, findings: readonly Finding[]): Record<'errors' | 'warnings', Finding[]> {
  const acknowledged = [scope.node.tryGetContext(ACKNOWLEDGE)].flat() as unknown[];
  const isOutdated = ({ id }: Finding) => AGING.has(id) && acknowledged.includes(id);
  return {
    errors: errorsOf(findings).filter((error) => !isOutdated(error)),
    warnings: findings.filter((one) => one.severity === 'warning' || isOutdated(one)),
  };
}

/** Throws all errors about a value that belongs to no construct, and names its class. */
export function refuseIn(className: string, findings: readonly Finding[]): void {
  const errors = errorsOf(findings);
  if (errors.length > 0) throw refused(className, ...errors);
}

/** The context key of the errors that the app knows to be outdated. */
const ACKNOWLEDGE = 'cdk-msk:acknowledge';

export function warn(scope: IConstruct, { id, message }: Finding): void {
  Annotations.of(scope).addWarningV2(`cdk-msk:${id}`, message);
}

/** Adds an error to the construct, so that other stacks of the app can still be deployed. */
export function complain(scope: IConstruct, error: Finding): void {
  Annotations.of(scope).addError(textOf(error));
}

/** The error that lists everything that is wrong with a construct, and names its path, or with a value, and names its class. */
export function refused(place: IConstruct | string, ...errors: readonly Finding[]): Error {
  const list = errors.map((error) => `  - ${textOf(error)}`).join('\n');
  const name = typeof place === 'string' ? place : place.node.path;
  return new Error(`Invalid configuration at '${name}':\n${list}${wayOutOf(errors)}`);
}

/** How to go on although a table of the library says otherwise. */
function wayOutOf(errors: readonly Finding[]): string {
  const aging = errors.filter(({ id }) => AGING.has(id)).map(({ id }) => id);
  if (aging.length === 0) return '';
  return `\nIf AWS has changed this since, set the context '${ACKNOWLEDGE}' to ${JSON.stringify(aging)}.`;
}
