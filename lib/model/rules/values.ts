/** The type and range of a value, for a topic config or a server property. */
export interface ValueFact {
  readonly name: string;
  readonly type: string;
  readonly min?: string;
  readonly max?: string;
  /** A value that is also allowed, outside the range. */
  readonly also?: string;
  readonly oneOf?: readonly string[];
  /** Of a list: order and repetition mean nothing to Kafka. */
  readonly isSet?: boolean;
}

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The whole number that a text is, with blanks around it; undefined for any other text, which another rule reports. */
export const wholeOf = (text?: string): bigint | undefined =>
  text !== undefined && WHOLE.test(text.trim()) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;

/** What the value should have been, or undefined if the value is fine. */
export function expectation(fact: ValueFact, value: string): string | undefined {
  if (fact.type === 'int' || fact.type === 'long') return numberExpectation(fact, value, WHOLE, BigInt);
  if (fact.type === 'double') return numberExpectation(fact, value, DECIMAL, Number);
  if (!fact.oneOf) return undefined;
  const values = fact.type === 'list' ? value.split(',').map((one) => one.trim()) : [value];
  const wanted = fact.type === 'boolean' ? values.map((one) => one.toLowerCase()) : values;
  if (wanted.every((one) => fact.oneOf?.includes(one))) return undefined;
  return fact.type === 'list' ? fact.oneOf.join(' and/or ') : alternatives(fact.oneOf);
}

function alternatives(values: readonly string[]): string {
  const [last, ...others] = [...values].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

function numberExpectation(
  { type, min, max, also }: ValueFact,
  value: string,
  shape: RegExp,
  parse: (text: string) => bigint | number,
): string | undefined {
  const range = `a number (${type}) from ${min} to ${max}${also === undefined ? '' : ` or ${also}`}`;
  if (!shape.test(value)) return range;
  const number = parse(value.replace(/^\+/, ''));
  const fits = (min === undefined || number >= parse(min)) && (max === undefined || number <= parse(max));
  return fits || (also !== undefined && number === parse(also)) ? undefined : range;
}

/** One spelling for all values that Kafka takes for the same. Numbers are compared as Kafka reads them: `0.50` is `5e-1`. */
export function canonicalValue(fact: ValueFact | undefined, value: string): string {
  const trimmed = value.trim();
  switch (fact?.type) {
    case 'boolean':
      return trimmed.toLowerCase();
    case 'int':
    case 'long':
      return WHOLE.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')).toString() : trimmed;
    case 'double':
      return DECIMAL.test(trimmed) ? String(Number(trimmed)) : trimmed;
    case 'list':
      return canonicalList(fact, trimmed);
    default:
      return trimmed;
  }
}

function canonicalList({ isSet }: ValueFact, value: string): string {
  const values = value.split(',').map((one) => one.trim());
  return (isSet ? [...new Set(values)].sort() : values).join(',');
}

/** Keeps messages short when a value is not. */
export const shorten = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value);
