import { Refusal } from '../../engine/refusal';
import { isMap } from '../../lib/model/wire/parse';

/** Whether a field has the form that it needs. */
export type Check = (value: unknown) => boolean;
export type Checks = Readonly<Record<string, Check>>;

export const isText: Check = (value) => typeof value === 'string';
export const isOneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string);
export const isMissingOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/**
 * Refuses what a function is invoked with unless all of its fields are right: anyone who may invoke the function can send anything.
 *
 * @param what what it should be, with its article
 */
export function readShape<T>(sent: unknown, checks: Checks, what: string): T {
  const fields = isMap(sent) ? sent : {};
  const wrong = Object.entries(checks).filter(([name, isRight]) => !isRight(fields[name]));
  if (wrong.length === 0) return fields as T;
  const names = wrong.map(([name]) => `'${name}'`).join(', ');
  throw new Refusal('InvalidEvent', `this is not ${what}, because of ${names}`, {
    fix: 'let CloudFormation invoke the provider, through the constructs of cdk-msk',
  });
}
