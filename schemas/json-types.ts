import type { Schema } from './json-schema';

/** A schema of the reader and one of the writer, and where they are. */
export interface JsonPair {
  readonly reader: Schema;
  readonly writer: Schema;
  readonly path: string;
}

export const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
export const mapOf = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {});
/** Also if the name is that of something that every object has. */
export const entryOf = (map: Schema, name: string): unknown => (Object.hasOwn(map, name) ? map[name] : undefined);
export const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const nameOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

/** The values of a schema that lists them, also by a type that has few. */
export function valuesOf(schema: Schema): unknown[] | undefined {
  if (schema.enum !== undefined) return listOf(schema.enum);
  if ('const' in schema) return [schema.const];
  const types = listOf(schema.type);
  const isShort = types.length > 0 && types.every((type) => type === 'null' || type === 'boolean');
  return isShort ? types.flatMap((type) => (type === 'null' ? [null] : [true, false])) : undefined;
}

/** The types that a schema accepts, or undefined if it does not say. */
export function typesOf(schema: Schema): readonly string[] | undefined {
  const own = schema.type === undefined ? undefined : (listOf(schema.type) as string[]);
  if (own) return own;
  const values = valuesOf(schema);
  return values === undefined ? undefined : [...new Set(values.map(nameOf))];
}

/** Whole numbers are numbers. */
export const acceptsType = (types: readonly string[], type: string) =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

/** Whether a record can have a value of this type there. */
export function canBe(schema: Schema, ...types: readonly string[]): boolean {
  const own = typesOf(schema);
  return own === undefined || own.some((type) => types.includes(type));
}
