import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { compareSchemas } from '../../../lib/integrations/schemas/checker';
import { cases } from '../../../testkit/any-case';

const small = fc.nat(3);
const some = <T>(keywords: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(keywords, { requiredKeys: [] });
const scalar = fc.constantFrom<unknown>('', 'a', 'abc', 0, 1, 2, 3, 0.5, null, true, false);
const typed = (type: string, keywords: fc.Arbitrary<object>) => keywords.map((all) => ({ type, ...all }));

const leaf = fc.oneof(
  typed('string', some({ minLength: small, maxLength: small })),
  typed(
    'integer',
    some({
      minimum: small,
      maximum: small,
      exclusiveMinimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(1, 2),
    }),
  ),
  typed('number', some({ minimum: small, exclusiveMaximum: small })),
  fc.constantFrom({ type: 'null' }, { type: ['string', 'null'] }, { type: 'boolean' }, {}),
  fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  scalar.map((value) => ({ const: value })),
);
const { schema } = fc.letrec<{ schema: unknown; object: unknown; array: unknown; choice: unknown }>((tie) => ({
  schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, tie('object'), tie('array'), tie('choice'), fc.boolean()),
  object: typed(
    'object',
    some({
      properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { maxKeys: 2, noNullPrototype: true }),
      required: fc.subarray(['a', 'b']),
      additionalProperties: fc.oneof(fc.boolean(), leaf),
      minProperties: small,
      maxProperties: small,
    }),
  ),
  array: typed(
    'array',
    some({
      items: fc.oneof(tie('schema'), fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      additionalItems: fc.boolean(),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
    }),
  ),
  choice: fc
    .tuple(fc.constantFrom('anyOf', 'oneOf', 'allOf'), fc.array(tie('schema'), { minLength: 1, maxLength: 3 }))
    .map(([keyword, branches]) => ({ [keyword]: branches })),
}));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null && !Array.isArray(one);

/** The schema without one of its keywords, somewhere in it. */
function without(one: unknown, steps: readonly number[]): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const entries = Object.entries(one);
  const [step = 0, ...rest] = steps;
  const at = step % Math.max(entries.length, 1);
  const changed = entries.flatMap(([key, inner]: [string, unknown], index) => {
    if (index !== at) return [[key, inner]];
    return rest.length === 0 && isObject(one) ? [] : [[key, without(inner, rest)]];
  });
  return Array.isArray(one) ? changed.map(([, inner]) => inner) : (Object.fromEntries(changed) as unknown);
}

/** A schema, and another one that differs a little. */
const pair = fc
  .tuple(schema.filter(isObject), fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([one, steps, swap]) => (swap ? [one, without(one, steps)] : [without(one, steps), one]));

const RECORDS = fc.sample(value, { numRuns: 400, seed: 1 });
const ajv = new Ajv({ strict: false, logger: false, addUsedSchema: false });

test('A writer that is neither refused nor doubted writes only what the reader accepts', () => {
  fc.assert(
    fc.property(pair, ([reader, writer]) => {
      const [readers, writers] = [reader, writer].map((one) => ({ name: '', text: JSON.stringify(one) }));
      fc.pre(compareSchemas('JSON', { reader: readers, writer: writers }).length === 0);
      fc.pre([reader, writer].every((one) => ajv.validateSchema(one as object) === true));
      const [reads, writes] = [reader, writer].map((one): ValidateFunction => ajv.compile(one as object));
      expect(RECORDS.filter((record) => writes(record) && !reads(record))).toEqual([]);
    }),
    cases(300),
  );
});
