import type { SchemaBreak, SchemaVerdict } from '../lib/integrations/schemas/checker';
import type { JsonBreaks, Limit } from './json-breaks';
import type { Schema } from './json-schema';
import { acceptsType, canBe, isEqual, type JsonPair, listOf, typesOf, valuesOf } from './json-types';

/** What values a schema accepts, apart from what they contain. */
export function valueBreaks(pair: JsonPair, breaks: JsonBreaks): SchemaBreak[] {
  const { path, reader, writer } = pair;
  const [own, before] = [typesOf(reader), typesOf(writer)];
  const missing = own && before ? before.filter((type) => !acceptsType(own, type)) : [];
  if (missing.length > 0) return [breaks.values(path, missing)];
  const narrowed = own && !before ? [breaks.limited(path, 'warning', limit('type', pair))] : [];
  const listed = listBreaks(pair, breaks);
  if (listed.length > 0) return [...narrowed, ...listed];
  const severity = before && !OTHER_LIMITS.some((keyword) => keyword in writer) ? 'error' : 'warning';
  return [...narrowed, ...LIMITS.flatMap((one) => limitBreaks(one, { ...pair, severity }, breaks))];
}

/** What may limit the values of the writer in the way in which the reader does. */
const OTHER_LIMITS = [
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'contains',
  'dependencies',
  'enum',
  'format',
  'if',
  'not',
  'oneOf',
  'pattern',
];

const limit = (keyword: string, { reader, writer }: JsonPair): Limit => ({
  keyword,
  reader: reader[keyword],
  writer: writer[keyword],
});

/** The values of an enum or a const. */
function listBreaks(pair: JsonPair, breaks: JsonBreaks): SchemaBreak[] {
  const { path, reader, writer } = pair;
  const keyword = 'enum' in reader ? 'enum' : 'const';
  if (!(keyword in reader)) return [];
  const [own, before] = [valuesOf(reader)!, valuesOf(writer)];
  if (!before) return [breaks.limited(path, typesOf(writer) ? 'error' : 'warning', limit(keyword, pair))];
  const missing = before.filter((value) => !own.some((one) => isEqual(one, value)));
  return missing.length === 0
    ? []
    : [
        breaks.values(
          path,
          missing.map((value) => JSON.stringify(value)),
        ),
      ];
}

interface LimitRule {
  readonly keyword: string;
  /** The types that the keyword is about. */
  readonly types: readonly string[];
  /** Whether the reader accepts all that the writer accepts. */
  readonly accepts: (reader: Schema, writer: Schema) => boolean;
  /** It is not certain that records are refused. */
  readonly isDoubtful?: true;
}

const numberOf = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
const least = (keyword: string, types: readonly string[]): LimitRule => ({
  keyword,
  types,
  accepts: (reader, writer) => numberOf(reader[keyword], 0) <= numberOf(writer[keyword], 0),
});
const most = (keyword: string, types: readonly string[]): LimitRule => ({
  keyword,
  types,
  accepts: (reader, writer) => numberOf(reader[keyword], Infinity) >= numberOf(writer[keyword], Infinity),
});
const text = (keyword: string): LimitRule => ({
  keyword,
  types: ['string'],
  accepts: (reader, writer) => isEqual(reader[keyword], writer[keyword]),
  isDoubtful: true,
});

/** The lowest value, or the negative of the highest. */
interface Bound {
  readonly keyword: string;
  readonly value: number;
  readonly isExclusive: boolean;
}

const NUMBER = ['integer', 'number'];
const isWhole = (schema: Schema) => !canBe(schema, 'number');

/** The two keywords of one end of a range. The one that does not decide accepts everything. */
const bound = (end: 'Minimum' | 'Maximum', sign: 1 | -1): LimitRule[] =>
  [end.toLowerCase(), `exclusive${end}`].map((keyword) => ({
    keyword,
    types: NUMBER,
    accepts: (reader, writer) => {
      const [own, before] = [boundOf(reader, end, sign), boundOf(writer, end, sign)];
      if (own?.keyword !== keyword) return true;
      return before !== undefined && !isAbove(own, before, isWhole(writer));
    },
  }));

/** In draft-04, the exclusive keyword is true or false. */
function boundOf(schema: Schema, end: string, sign: number): Bound | undefined {
  const [inclusive, exclusive] = [schema[end.toLowerCase()], schema[`exclusive${end}`]];
  const at = numberOf(inclusive, NaN) * sign;
  if (typeof exclusive === 'number' && !(exclusive * sign < at))
    return { keyword: `exclusive${end}`, value: exclusive * sign, isExclusive: true };
  if (Number.isNaN(at)) return undefined;
  const isExclusive = exclusive === true;
  return { keyword: isExclusive ? `exclusive${end}` : end.toLowerCase(), value: at, isExclusive };
}

function isAbove(one: Bound, other: Bound, whole: boolean): boolean {
  const [own, before] = [one, other].map(({ isExclusive, value }) =>
    whole ? (isExclusive ? Math.floor(value) + 1 : Math.ceil(value)) : value,
  );
  return own > before || (own === before && !whole && one.isExclusive && !other.isExclusive);
}

/** Without a multiple, whole numbers are multiples of 1. */
function isMultiple(reader: Schema, writer: Schema): boolean {
  const before = numberOf(writer.multipleOf, isWhole(writer) ? 1 : NaN);
  return Number.isInteger(before / numberOf(reader.multipleOf, NaN));
}

const LIMITS: readonly LimitRule[] = [
  least('minLength', ['string']),
  most('maxLength', ['string']),
  least('minItems', ['array']),
  most('maxItems', ['array']),
  {
    ...least('minProperties', ['object']),
    accepts: ({ minProperties }, { minProperties: before, required }) =>
      numberOf(minProperties, 0) <= Math.max(numberOf(before, 0), listOf(required).length),
  },
  most('maxProperties', ['object']),
  ...bound('Minimum', 1),
  ...bound('Maximum', -1),
  { keyword: 'multipleOf', types: NUMBER, accepts: isMultiple },
  {
    keyword: 'uniqueItems',
    types: ['array'],
    accepts: ({ uniqueItems }, writer) =>
      uniqueItems !== true || writer.uniqueItems === true || numberOf(writer.maxItems, 2) < 2,
  },
  text('pattern'),
  text('format'),
];

function limitBreaks(
  { accepts, isDoubtful, keyword, types }: LimitRule,
  pair: JsonPair & Pick<SchemaVerdict, 'severity'>,
  breaks: JsonBreaks,
): SchemaBreak[] {
  const { path, reader, severity, writer } = pair;
  if (reader[keyword] === undefined || !canBe(writer, ...types) || accepts(reader, writer)) return [];
  return [breaks.limited(path, isDoubtful ? 'warning' : severity, limit(keyword, pair))];
}
