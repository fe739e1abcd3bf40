/** Which part of the library acts on a field. A test holds that the plan reads every field that is said to be for it. */
export type FieldUser = 'plan' | 'retry' | 'dispatcher' | 'worker' | 'CloudFormation';

/** One property of a custom resource, in both directions. CloudFormation delivers numbers and booleans as text. */
export interface Field<T> {
  /** Name of the property in the template. */
  readonly property: string;
  /** The value, or undefined when what was delivered is not such a value. */
  readonly parse: (delivered: unknown) => T | undefined;
  /** What the property must be, for the message when it is not. */
  readonly expects: string;
  /** What a property that is not there means. A field without it is required. */
  readonly otherwise?: { readonly value: T | undefined };
  /** Whether a report of drift needs the property. */
  readonly compared: boolean;
  readonly usedBy: FieldUser;
  /** Whether a message may show the value. */
  readonly hidden?: boolean;
}

/** A field for every key: a key that a resource gains does not compile until it has one. */
export type FieldTable<T> = { readonly [K in keyof Required<T>]: Field<Exclude<T[K], undefined>> };

/** A value that is not what the table says, or a property that the table does not have. */
export interface WireProblem {
  readonly code: 'UnknownProperty' | 'InvalidProperty';
  readonly message: string;
}

/** Reports what was delivered in place of a field's value. */
export type Report = (field: Field<unknown>, delivered: unknown) => void;

type Properties = Readonly<Record<string, unknown>>;

const fieldsOf = <T extends object>(table: FieldTable<T>) => Object.entries(table) as [keyof T, Field<unknown>][];

/** The properties that stand for some values; what is undefined is left out. */
export function toProperties<T extends object>(table: FieldTable<T>, values: T): Record<string, unknown> {
  const properties = fieldsOf(table).map(([key, { property }]) => [property, values[key]] as const);
  return Object.fromEntries(properties.filter(([, value]) => value !== undefined));
}

/** The values that properties stand for. What is missing or unreadable is reported and left undefined. */
export function readFields<T extends object>(
  table: FieldTable<T>,
  properties: Properties | null | undefined,
  report: Report = () => undefined,
): Partial<T> {
  const values: Partial<Record<keyof T, unknown>> = {};
  for (const [key, field] of fieldsOf(table)) {
    const delivered = properties?.[field.property];
    const parsed = delivered === undefined ? undefined : field.parse(delivered);
    if (parsed === undefined && (delivered !== undefined || !field.otherwise)) report(field, delivered);
    values[key] = parsed ?? field.otherwise?.value;
  }
  return values as Partial<T>;
}

/** The names of the properties that a report of drift needs. */
export const comparedProperties = <T extends object>(table: FieldTable<T>): string[] =>
  fieldsOf(table).flatMap(([, { compared, property }]) => (compared ? [property] : []));

/** The keys of the fields that a part of the library acts on. */
export const keysUsedBy = <T extends object>(table: FieldTable<T>, user: FieldUser): (keyof T)[] =>
  fieldsOf(table).flatMap(([key, { usedBy }]) => (usedBy === user ? [key] : []));

/** Every property that no table has, with the nearest one that there is. */
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
      message: `'${name.slice(0, 60)}' is not a property of ${resource}; did you mean '${nearest(name, names)}'?`,
    }));
}

/** CloudFormation's own keys inside ResourceProperties, and the version of the wire. */
const RESERVED = ['ServiceToken', 'ServiceTimeout', 'SchemaVersion'];

export function invalidProperty({ expects, hidden, property }: Field<unknown>, delivered: unknown): WireProblem {
  const shown = hidden ? 'something else' : JSON.stringify(delivered)?.slice(0, 100);
  const got = delivered === undefined ? 'nothing' : shown;
  return { code: 'InvalidProperty', message: `'${property}' must be ${expects}, got ${got}` };
}

function nearest(name: string, names: readonly string[]): string {
  const distances = names.map((candidate) => [editDistance(name.slice(0, 60), candidate), candidate] as const);
  return distances.sort(([a], [b]) => a - b)[0][1];
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = from[i - 1].toLowerCase() === to[j - 1].toLowerCase() ? 0 : 1;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + swap));
    }
    row = next;
  }
  return row[to.length];
}
