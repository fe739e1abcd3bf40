import { nearest } from '../nearest';

/** Which part of the library uses a field. A test ensures that the plan reads every field that is marked for it. */
export type FieldUser = 'plan' | 'retry' | 'dispatcher' | 'worker' | 'CloudFormation';

/** One property of a custom resource, in both directions. CloudFormation delivers numbers and booleans as text. */
export interface Field<T> {
  /** Name of the property in the template. */
  readonly property: string;
  /** Returns the value, or undefined if the delivered value is invalid. */
  readonly parse: (delivered: unknown) => T | undefined;
  /** What the property must be, for the error message about an invalid value. */
  readonly expects: string;
  /** The value if the property is missing. A field without a default is required. */
  readonly default?: { readonly value: T | undefined };
  /** Whether a drift report needs the property. */
  readonly compared: boolean;
  readonly usedBy: FieldUser;
  /**
   * Leaves the property out of the template while it has its default. Set for each new property, so that a new version of
   * the library does not change the templates of those who do not use it.
   */
  readonly omitDefault?: boolean;
  /** Whether a message may show the value. */
  readonly hidden?: boolean;
}

/** A field for every key. A new key does not compile until it has a field. */
export type FieldTable<T> = { readonly [K in keyof Required<T>]: Field<Exclude<T[K], undefined>> };

/** An invalid value, or a property that is not in the table. */
export interface WireProblem {
  readonly code: 'UnknownProperty' | 'InvalidProperty';
  readonly message: string;
}

/** Reports an invalid or missing value of a field. */
export type Report = (field: Field<unknown>, delivered: unknown) => void;

type Properties = Readonly<Record<string, unknown>>;

const fieldsOf = <T extends object>(table: FieldTable<T>) => Object.entries(table) as [keyof T, Field<unknown>][];

/** Writes values as properties, without the values that are undefined or that the field omits. */
export function toProperties<T extends object>(table: FieldTable<T>, values: T): Record<string, unknown> {
  const written = fieldsOf(table).filter(([key, field]) => values[key] !== undefined && !isOmitted(field, values[key]));
  return Object.fromEntries(written.map(([key, { property }]) => [property, values[key]]));
}

const isOmitted = ({ default: given, omitDefault }: Field<unknown>, value: unknown) =>
  omitDefault === true && value === given?.value;

/** Reads values from properties. A value that is missing or invalid is reported and left undefined. */
export function readFields<T extends object>(
  table: FieldTable<T>,
  properties: Properties | null | undefined,
  report: Report = () => undefined,
): Partial<T> {
  const values: Partial<Record<keyof T, unknown>> = {};
  for (const [key, field] of fieldsOf(table)) {
    const delivered = properties?.[field.property];
    const parsed = delivered === undefined ? undefined : field.parse(delivered);
    if (parsed === undefined && (delivered !== undefined || !field.default)) report(field, delivered);
    values[key] = parsed ?? field.default?.value;
  }
  return values as Partial<T>;
}

/** The names of the properties that a drift report needs. */
export const comparedProperties = <T extends object>(table: FieldTable<T>): string[] =>
  fieldsOf(table).flatMap(([, { compared, property }]) => (compared ? [property] : []));

/** The keys of the fields that a part of the library uses. */
export const keysUsedBy = <T extends object>(table: FieldTable<T>, user: FieldUser): (keyof T)[] =>
  fieldsOf(table).flatMap(([key, { usedBy }]) => (usedBy === user ? [key] : []));

/** Reports every property that is in no table, with the most similar one that is. */
export function unknownProperties(
  tables: readonly Readonly<Record<string, { readonly property: string }>>[],
  properties: Properties,
  resource: string,
): WireProblem[] {
  const names = tables.flatMap((table) => Object.values(table).map(({ property }) => property));
  return Object.keys(properties)
    .filter((name) => !names.includes(name) && !RESERVED.includes(name))
    .map((name) => ({
      code: 'UnknownProperty',
      message: `'${name.slice(0, 60)}' is not a property of ${resource}; did you mean '${nearest(name, names).candidate}'?`,
    }));
}

/** CloudFormation's own keys inside ResourceProperties, and the schema version. */
const RESERVED = ['ServiceToken', 'ServiceTimeout', 'SchemaVersion'];

export function invalidProperty({ expects, hidden, property }: Field<unknown>, delivered: unknown): WireProblem {
  const shown = hidden ? 'something else' : JSON.stringify(delivered)?.slice(0, 100);
  const got = delivered === undefined ? 'nothing' : shown;
  return { code: 'InvalidProperty', message: `'${property}' must be ${expects}, got ${got}` };
}
