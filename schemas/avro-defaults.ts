import type { AvroType } from './avro-types';
import { isNumber, isObject } from './json-text';

type Check = (type: AvroType, value: unknown) => boolean;

const isWhole = (value: unknown, bits: bigint): boolean => {
  if (!isNumber(value) || !/^-?\d+$/.test(value.value)) return false;
  const whole = BigInt(value.value);
  return whole >= -(2n ** bits) && whole < 2n ** bits;
};
/** Java reads a text as a number here. */
const FLOATING = /^\s*[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?)\s*$/;
const isFloating: Check = (_, value) => isNumber(value) || (typeof value === 'string' && FLOATING.test(value));
const isText: Check = (_, value) => typeof value === 'string';

/** What a default of each type must be, and the check. A symbol or the length of a fixed is not checked. */
const RULES: Readonly<Record<string, readonly [string, Check]>> = {
  null: ['null', (_, value) => value === null],
  boolean: ['true or false', (_, value) => typeof value === 'boolean'],
  int: ['a whole number of 32 bits, written without a point or an exponent', (_, value) => isWhole(value, 31n)],
  long: ['a whole number of 64 bits, written without a point or an exponent', (_, value) => isWhole(value, 63n)],
  float: ['a number', isFloating],
  double: ['a number', isFloating],
  bytes: ['a text', isText],
  string: ['a text', isText],
  enum: ['a text', isText],
  fixed: ['a text', isText],
  array: [
    'a list of valid items',
    ({ items }, value) => Array.isArray(value) && value.every((one) => isDefault(items!, one)),
  ],
  map: [
    'an object of valid values',
    ({ items }, value) => isObject(value) && Object.values(value).every((one) => isDefault(items!, one)),
  ],
  record: ['an object with a valid value for each field that has no default', isRecord],
  union: [
    'a value of the first type of the union',
    ({ branches }, value) => branches!.length > 0 && isDefault(branches![0], value),
  ],
};

function isRecord({ fields = new Map() }: AvroType, value: unknown): boolean {
  return isObject(value) && [...fields].every(([name, field]) => isDefault(field.type, value[name] ?? field.default));
}

const isDefault = (type: AvroType, value: unknown): boolean => RULES[type.kind][1](type, value);

/** What the default must be, or undefined if it is. */
export const defaultProblem = (type: AvroType, value: unknown): string | undefined =>
  isDefault(type, value) ? undefined : `${RULES[type.kind][0]} (${type.kind})`;
