import { LosslessNumber, parse } from 'lossless-json';

/** The parsed value, with numbers as they are written, or what is wrong with the text. */
export type Parsed = { readonly value: unknown } | { readonly problem: string };

export function parseJson(text: string): Parsed {
  try {
    return { value: parse(text) };
  } catch (error) {
    return { problem: problemOf(error as Error, text) };
  }
}

/** The library reports the position at the end of its messages. */
function problemOf({ message }: Error, text: string): string {
  const [, reason = message, offset] = /^(.*) (?:but got .* )?at position (\d+)$/s.exec(message) ?? [];
  const end = offset === undefined ? text.length : Number(offset);
  return `line ${text.slice(0, end).split('\n').length}: it is not valid JSON: ${reason}`;
}

export const isNumber = (value: unknown): value is LosslessNumber => value instanceof LosslessNumber;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);

/** The value as `JSON.parse` returns it. */
export function plain(value: unknown): unknown {
  if (isNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value;
}
