// Pairs of JSON Schemas, each with a record that the writer's accepts, and that shows whether the reader's does.

const object = (properties, more = {}) => ({ type: 'object', properties, ...more });
const closed = (properties, more = {}) => object(properties, { additionalProperties: false, ...more });
const only = (schema) => object({ a: schema });
const string = { type: 'string' };
const integer = { type: 'integer' };
const number = { type: 'number' };
const nil = { type: 'null' };
const array = (items, more = {}) => ({ type: 'array', items, ...more });

const VALUES = { string: 'x', integer: 1, number: 1.5, boolean: true, null: null, object: {}, array: [] };
const types = Object.keys(VALUES).flatMap((reader) =>
  Object.keys(VALUES).map((writer) => [
    `${reader} reads ${writer}`,
    only({ type: reader }),
    only({ type: writer }),
    { a: VALUES[writer] },
  ]),
);

/** Keyword, type, what accepts less, what accepts more, a value that only the second accepts. */
const LIMITS = [
  ['minimum', integer, 5, 1, 1],
  ['maximum', integer, 5, 10, 10],
  ['exclusiveMinimum', number, 5, 1, 2],
  ['exclusiveMaximum', number, 5, 10, 9],
  ['minLength', string, 3, 1, 'a'],
  ['maxLength', string, 1, 3, 'abc'],
  ['minItems', { type: 'array' }, 2, 1, [1]],
  ['maxItems', { type: 'array' }, 1, 2, [1, 2]],
  ['minProperties', { type: 'object' }, 2, 1, { x: 1 }],
  ['maxProperties', { type: 'object' }, 1, 2, { x: 1, y: 2 }],
  ['multipleOf', integer, 10, 5, 5],
  ['uniqueItems', { type: 'array' }, true, false, [1, 1]],
  ['enum', string, ['A'], ['A', 'B'], 'B'],
  ['const', string, 'A', undefined, 'B'],
];
const limits = LIMITS.flatMap(([keyword, type, less, more, value]) => {
  const [narrow, wide] = [less, more].map((limit) =>
    only({ ...type, ...(limit === undefined ? {} : { [keyword]: limit }) }),
  );
  return [
    [`a narrower ${keyword}`, narrow, wide, { a: value }],
    [`a new ${keyword}`, narrow, only(type), { a: value }],
    [`the same ${keyword}`, narrow, narrow, {}],
    [`a wider ${keyword}`, wide, narrow, {}],
    [`a ${keyword} less`, only(type), narrow, {}],
  ];
});

const line = object({ n: integer }, { required: ['n'] });
const tree = (node) => ({
  definitions: { node },
  type: 'object',
  properties: { first: { $ref: '#/definitions/node' } },
});
const node = (properties) => object({ next: { $ref: '#/definitions/node' }, ...properties });
const draft04 = (a) => ({ $schema: 'http://json-schema.org/draft-04/schema#', ...only(a) });

const rules = (type) => ({ definitions: { one: { $ref: '#/definitions/two' }, two: type } });
const chain = (type) => ({ ...rules(type), ...only({ $ref: '#/definitions/one' }) });
const beside = (type) => ({ allOf: [closed({ a: string, b: {} }), object({ a: string })], ...object({ b: type }) });
/** Name, reader, writer, record. */
const CASES = [
  ['a required property more', object({ a: string }, { required: ['a'] }), object({ a: string }), {}],
  [
    'a required property that is new',
    closed({ a: string, b: string }, { required: ['b'] }),
    closed({ a: string }),
    { a: 'x' },
  ],
  ['a required property less', object({ a: string }), object({ a: string }, { required: ['a'] }), { a: 'x' }],
  ['an optional property more, open', object({ a: string, b: string }), object({ a: string }), { a: 'x', b: 1 }],
  ['an optional property more, closed', closed({ a: string, b: string }), closed({ a: string }), { a: 'x' }],
  ['an optional property more, once closed', object({ a: string, b: string }), closed({ a: string }), { a: 'x' }],
  ['an optional property more that accepts all', object({ a: string, b: {} }), object({ a: string }), { a: 'x', b: 1 }],
  ['an optional property less, open', object({ a: string }), object({ a: string, b: string }), { a: 'x', b: 'y' }],
  ['an optional property less, closed', closed({ a: string }), closed({ a: string, b: string }), { a: 'x', b: 'y' }],
  [
    'a property of the others, which has their type',
    object({ a: string }),
    object({}, { additionalProperties: string }),
    { a: 'x' },
  ],
  [
    'a property of the others, which has another type',
    object({ a: string }),
    object({}, { additionalProperties: integer }),
    { a: 1 },
  ],
  [
    'a property to the others, which have its type',
    object({}, { additionalProperties: string }),
    closed({ a: string }),
    { a: 'x' },
  ],
  [
    'a property to the others, which have another type',
    object({}, { additionalProperties: string }),
    closed({ a: integer }),
    { a: 1 },
  ],
  ['others that are refused', closed({ a: string }), object({ a: string }, { additionalProperties: true }), { b: 1 }],
  ['others that are refused, without a word before', closed({ a: string }), object({ a: string }), { b: 1 }],
  [
    'others of another type',
    object({}, { additionalProperties: string }),
    object({}, { additionalProperties: integer }),
    { b: 1 },
  ],
  ['others that are accepted', object({ a: string }), closed({ a: string }), { a: 'x' }],
  ['a property that is refused', object({ a: false }), object({ a: string }), { a: 'x' }],
  ['a property that was refused', object({ a: string }), object({ a: false }), {}],
  ['a type more', only({ type: ['string', 'null'] }), only(string), { a: 'x' }],
  ['a type less', only(string), only({ type: ['string', 'null'] }), { a: null }],
  ['a type where none was', only(string), only({}), { a: 1 }],
  ['a type that is gone', only({}), only(string), { a: 'x' }],
  ['a type of an enum', only(string), only({ enum: ['A', 1] }), { a: 1 }],
  ['an enum of a type', only({ enum: ['A'] }), only(string), { a: 'x' }],
  ['an enum of all booleans', only({ enum: [true, false] }), only({ type: 'boolean' }), { a: true }],
  ['a const that was an enum', only({ const: 'A' }), only({ enum: ['A', 'B'] }), { a: 'B' }],
  ['an enum that was a const', only({ enum: ['A', 'B'] }), only({ const: 'A' }), { a: 'A' }],
  [
    'above 0, which was at least 1, of integers',
    only({ ...integer, exclusiveMinimum: 0 }),
    only({ ...integer, minimum: 1 }),
    { a: 1 },
  ],
  [
    'above 0, which was at least 0, of numbers',
    only({ ...number, exclusiveMinimum: 0 }),
    only({ ...number, minimum: 0 }),
    { a: 0 },
  ],
  [
    'at least 1, which was above 0, of numbers',
    only({ ...number, minimum: 1 }),
    only({ ...number, exclusiveMinimum: 0 }),
    { a: 0.5 },
  ],
  [
    'draft-04: above 0, which was at least 0',
    draft04({ ...number, minimum: 0, exclusiveMinimum: true }),
    draft04({ ...number, minimum: 0 }),
    { a: 0 },
  ],
  [
    'draft-04: at least 0, which was above 0',
    draft04({ ...number, minimum: 0 }),
    draft04({ ...number, minimum: 0, exclusiveMinimum: true }),
    { a: 1 },
  ],
  ['a multiple of 1 of integers', only({ ...integer, multipleOf: 1 }), only(integer), { a: 3 }],
  [
    'a least length that a pattern had',
    only({ ...string, minLength: 2 }),
    only({ ...string, pattern: '^..$' }),
    { a: 'ab' },
  ],
  ['a least length of an enum', only({ ...string, minLength: 2 }), only({ enum: ['ab', 'cd'] }), { a: 'ab' }],
  [
    'properties that are required anyway',
    object({}, { minProperties: 1 }),
    object({ a: string }, { required: ['a'] }),
    { a: 'x' },
  ],
  ['another pattern', only({ ...string, pattern: '^a' }), only({ ...string, pattern: '^b' }), { a: 'b' }],
  ['a format', only({ ...string, format: 'date' }), only(string), { a: 'x' }],
  ['items of another type', only(array(string)), only(array(integer)), { a: [1] }],
  ['items of a wider type', only(array(number)), only(array(integer)), { a: [1] }],
  ['items with a property more', only(array(line)), only(array(object({ n: integer }))), { a: [{}] }],
  ['items in places, of another type', only(array([string, string])), only(array([string, integer])), { a: ['x', 1] }],
  [
    'items in places, one more',
    only(array([string, string])),
    only(array([string], { additionalItems: false })),
    { a: ['x'] },
  ],
  ['items in places, one less, open', only(array([string])), only(array([string, integer])), { a: ['x', 1] }],
  [
    'items in places, one less, closed',
    only(array([string], { additionalItems: false })),
    only(array([string, integer])),
    { a: ['x', 1] },
  ],
  ['items in places that were anywhere', only(array([string])), only(array(string)), { a: ['x'] }],
  ['one of two types', only({ oneOf: [nil, string] }), only(string), { a: 'x' }],
  [
    'one of two types that were listed',
    only({ oneOf: [nil, string] }),
    only({ type: ['string', 'null'] }),
    { a: null },
  ],
  ['two types that were one of two', only({ type: ['string', 'null'] }), only({ oneOf: [nil, string] }), { a: null }],
  ['one type of two', only(string), only({ oneOf: [nil, string] }), { a: null }],
  [
    'one of two types, and one of another two',
    only({ anyOf: [nil, string] }),
    only({ anyOf: [integer, string] }),
    { a: 1 },
  ],
  ['any of three types', only({ anyOf: [nil, string, integer] }), only({ anyOf: [string, nil] }), { a: null }],
  [
    'any of records, of which one has another type',
    only({ anyOf: [nil, line] }),
    only({ anyOf: [nil, object({ n: string }, { required: ['n'] })] }),
    { a: { n: 'x' } },
  ],
  [
    'any of records, of which one has a property more',
    only({ anyOf: [nil, line] }),
    only({ anyOf: [nil, object({ n: integer })] }),
    { a: {} },
  ],
  ['one of texts that overlap', only({ oneOf: [string, { ...string, maxLength: 3 }] }), only(string), { a: 'x' }],
  [
    'all of two',
    { allOf: [object({ a: string }), object({ b: string })] },
    { allOf: [object({ a: string }), object({ b: string })] },
    { a: 'x' },
  ],
  [
    'all of two, one of another type',
    { allOf: [object({ a: string }), object({ b: string })] },
    { allOf: [object({ a: string }), object({ b: integer })] },
    { b: 1 },
  ],
  [
    'all of two that were one',
    { allOf: [object({ a: string }), object({ b: string })] },
    object({ a: string, b: string }),
    { b: 'x' },
  ],
  [
    'one that was all of two',
    object({ a: string, b: integer }),
    { allOf: [object({ a: string }), object({ b: string })] },
    { b: 'x' },
  ],
  ['all of two, one required', { allOf: [object({ a: string }), { required: ['a'] }] }, object({ a: string }), {}],
  [
    'required in one of all',
    object({ a: string }, { required: ['a'] }),
    { allOf: [object({ a: string }), { required: ['a'] }] },
    { a: 'x' },
  ],
  ['not', only({ not: string }), only(integer), { a: 1 }],
  ['the same not', only({ not: string }), only({ not: string }), { a: 1 }],
  [
    'a condition more',
    object({ a: string }, { if: { required: ['a'] }, then: { required: ['b'] } }),
    object({ a: string }),
    { a: 'x' },
  ],
  [
    'a condition less',
    object({ a: string }),
    object({ a: string }, { if: { required: ['a'] }, then: { required: ['b'] } }),
    { a: 'x', b: 1 },
  ],
  ['a dependency more', object({}, { dependencies: { a: ['b'] } }), object({}), { a: 'x' }],
  [
    'a reference that is the same',
    tree(node({ n: integer })),
    tree(node({ n: integer })),
    { first: { next: { n: 1 } } },
  ],
  [
    'a reference to another type',
    tree(node({ n: integer })),
    tree(node({ n: string })),
    { first: { next: { n: 'x' } } },
  ],
  [
    'a reference to a closed one, with a property less',
    tree(closed({})),
    tree(closed({ n: string })),
    { first: { n: 'x' } },
  ],
  [
    'a reference that was written out',
    { definitions: { line }, properties: { a: { $ref: '#/definitions/line' } } },
    { properties: { a: line } },
    { a: { n: 1 } },
  ],
  [
    'a reference to a definition that changed only',
    { definitions: { l: string }, ...only({ $ref: '#/definitions/l' }) },
    { definitions: { l: integer }, ...only({ $ref: '#/definitions/l' }) },
    { a: 1 },
  ],
  ['properties by a pattern', object({}, { patternProperties: { '^x': string } }), object({}), { x: 1 }],
  ['a property by a pattern', closed({}, { patternProperties: { '^x': string } }), closed({ x: string }), { x: 'a' }],
  ['a reference to what refers to another type', chain(integer), chain(string), { a: 'x' }],
  [
    'a not with a reference to another type',
    { ...rules(integer), not: { $ref: '#/definitions/one' } },
    { ...rules(string), not: { $ref: '#/definitions/one' } },
    1,
  ],
  ['properties beside all of what cannot be one', beside(integer), beside(string), { b: 'x' }],
  [
    'a description',
    only({ ...string, description: 'a' }),
    only({ ...string, description: 'b', title: 'c' }),
    { a: 'x' },
  ],
  [
    'another draft',
    { $schema: 'http://json-schema.org/draft-07/schema#', ...only(string) },
    draft04(string),
    { a: 'x' },
  ],
];

export const jsonPairs = [...types, ...limits, ...CASES].map(([name, reader, writer, record]) => ({
  format: 'JSON',
  name,
  reader: JSON.stringify(reader),
  writer: JSON.stringify(writer),
  record,
}));
