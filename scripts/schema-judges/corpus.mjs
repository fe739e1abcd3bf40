// Schemas that are judged: what users write, and what is wrong in one place.
import { named, protobuf } from './protobuf.mjs';

const json = (value) => JSON.stringify(value);

// --- Avro ---------------------------------------------------------------------------------------------------------------

const record = (fields, more = {}) => json({ type: 'record', name: 'Order', ...more, fields });
const fields = (...pairs) => record(pairs.map(([name, type]) => ({ name, type })));
const field = (type, more = {}) => record([{ name: 'a', type, ...more }]);
/** With a default as it is written, since JSON in JavaScript does not keep how a number was written. */
const withDefault = (type, text) => field(type, { default: '@' }).replace('"@"', text);

const AVRO_TYPES = {
  null: 'null',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  bytes: 'bytes',
  string: 'string',
  array: { type: 'array', items: 'int' },
  map: { type: 'map', values: 'int' },
  enum: { type: 'enum', name: 'E', symbols: ['A', 'B'] },
  fixed: { type: 'fixed', name: 'F', size: 2 },
  record: { type: 'record', name: 'R', fields: [{ name: 'x', type: 'int' }] },
  'null or int': ['null', 'int'],
  'int or null': ['int', 'null'],
};
const AVRO_DEFAULTS = [
  ...['null', 'true', '0', '-1', '3.0', '1.5', '1e2', '2147483648', '9007199254740993', '9223372036854775807'],
  ...[
    '9223372036854775808',
    '"NaN"',
    '"A"',
    '"C"',
    '"\\u00ff\\u00ff"',
    '[]',
    '[1]',
    '["x"]',
    '{}',
    '{"x":1}',
    '{"x":"y"}',
  ],
];
const avroDefaults = Object.entries(AVRO_TYPES).flatMap(([type, schema]) =>
  AVRO_DEFAULTS.map((text) => ({
    format: 'AVRO',
    name: `default ${text} of ${type}`,
    text: withDefault(schema, text),
  })),
);
const AVRO_NAMES = ['a', '_a', 'a1', '1a', 'a-b', 'a.b', 'a b', '', 'é', 'a.b.c', '.a', 'a.', 'null', 'int'];
const avroNames = AVRO_NAMES.flatMap((name) => [
  { format: 'AVRO', name: `record named '${name}'`, text: record([], { name }) },
  { format: 'AVRO', name: `field named '${name}'`, text: record([{ name, type: 'int' }]) },
  { format: 'AVRO', name: `namespace '${name}'`, text: record([], { namespace: name }) },
  { format: 'AVRO', name: `enum symbol '${name}'`, text: json({ type: 'enum', name: 'E', symbols: [name] }) },
]);
const enumOf = (more) => json({ type: 'enum', name: 'E', symbols: ['A', 'B'], ...more });
const decimal = (more) => field({ type: 'bytes', logicalType: 'decimal', ...more });
const avro = named('AVRO', {
  'a primitive': '"string"',
  'a primitive as an object': '{"type":"long"}',
  'a type that nobody knows': '"integer"',
  'no type': '{}',
  'a number': '1',
  'an empty union': '[]',
  'a union of one': '["int"]',
  'a union with a type twice': '["int","int"]',
  'a union in a union': '["int",["null"]]',
  'a union of two arrays': json([
    { type: 'array', items: 'int' },
    { type: 'array', items: 'string' },
  ]),
  'a union of two records': json([
    { type: 'record', name: 'A', fields: [] },
    { type: 'record', name: 'B', fields: [] },
  ]),
  'a record without fields': '{"type":"record","name":"Order"}',
  'a record with fields that are no list': '{"type":"record","name":"Order","fields":{}}',
  'a record without a name': '{"type":"record","fields":[]}',
  'an error': '{"type":"error","name":"Failed","fields":[]}',
  'a field without a name': '{"type":"record","name":"Order","fields":[{"type":"int"}]}',
  'a field without a type': '{"type":"record","name":"Order","fields":[{"name":"a"}]}',
  'a field twice': fields(['a', 'int'], ['a', 'int']),
  'two fields that differ in case': fields(['a', 'int'], ['A', 'int']),
  'a name twice': fields(['a', AVRO_TYPES.enum], ['b', AVRO_TYPES.enum]),
  'a name that is used again': fields(['a', AVRO_TYPES.enum], ['b', 'E']),
  'a record that contains itself': record([{ name: 'next', type: ['null', 'Order'], default: null }]),
  'a record that always contains itself': record([{ name: 'next', type: 'Order' }]),
  'a name of another namespace': record([{ name: 'a', type: 'other.Thing' }]),
  'aliases that are a text': field('int', { aliases: 'b' }),
  aliases: field('int', { aliases: ['b'] }),
  'aliases of a record that are a text': record([], { aliases: 'Old' }),
  'an alias that is no name': field('int', { aliases: ['1b'] }),
  'an order': field('int', { order: 'descending' }),
  'an order that nobody knows': field('int', { order: 'down' }),
  'a doc that is a number': field('int', { doc: 1 }),
  'a property of its own': field('int', { team: 'billing' }),
  'an enum': enumOf({}),
  'an enum without symbols': json({ type: 'enum', name: 'E' }),
  'an enum with no symbol': enumOf({ symbols: [] }),
  'an enum with a symbol twice': enumOf({ symbols: ['A', 'A'] }),
  'an enum with a default': enumOf({ default: 'A' }),
  'an enum with a default that is no symbol': enumOf({ default: 'C' }),
  'an enum with a symbol that is a number': enumOf({ symbols: [1] }),
  'a fixed': json({ type: 'fixed', name: 'F', size: 16 }),
  'a fixed without a size': json({ type: 'fixed', name: 'F' }),
  'a fixed of no size': json({ type: 'fixed', name: 'F', size: 0 }),
  'a fixed of a negative size': json({ type: 'fixed', name: 'F', size: -1 }),
  'a fixed of a size in text': json({ type: 'fixed', name: 'F', size: '16' }),
  'an array without items': '{"type":"array"}',
  'a map without values': '{"type":"map"}',
  'a decimal': decimal({ precision: 4, scale: 2 }),
  'a decimal without a precision': decimal({}),
  'a decimal whose scale is above its precision': decimal({ precision: 2, scale: 4 }),
  'a decimal of a negative precision': decimal({ precision: -1 }),
  'a decimal that is an int': field({ type: 'int', logicalType: 'decimal', precision: 4 }),
  'a timestamp that is an int': field({ type: 'int', logicalType: 'timestamp-millis' }),
  'a logical type that nobody knows': field({ type: 'int', logicalType: 'money' }),
  'a uuid': field({ type: 'string', logicalType: 'uuid' }),
  'a type in a type': field({ type: { type: 'int' } }),
  'a comment in front': `/* an order */ ${record([])}`,
  'text behind': `${record([])} more`,
});

// --- JSON Schema --------------------------------------------------------------------------------------------------------

const PATTERNS = [
  ...[
    '^\\d{4}\\-\\d{2}$',
    '\\@',
    '\\#',
    '\\_',
    '^a]$',
    '^{[a-z]+}$',
    '[',
    '(',
    'a{2,1}',
    '*',
    '\\',
    '(?<year>\\d{4})',
    '(?<=a)b',
  ],
  ...[
    '(?i)abc',
    '\\p{L}',
    '\\p{Lu}+',
    '\\u0041',
    '[[:alpha:]]',
    '\\Qa.b\\E',
    '[a-\\d]',
    '\\z',
    '\\A',
    'a++',
    '(?>a)',
    '(?!a)b',
    '{',
    '}',
  ],
  ...[
    'a{,3}',
    '\\c',
    '\\x4',
    '\\x41',
    '[^]',
    '[]',
    '\\1',
    '(a)\\1',
    '\\k<a>',
    '^$',
    '',
    '.',
    '\\/',
    '\\-',
    '[\\w-.]',
    '^[\\w.%+\\-]+$',
  ],
];
const KEYWORDS = {
  'minimum in text': { minimum: '1' },
  minimum: { minimum: 1.5 },
  'exclusiveMinimum of a number': { minimum: 1, exclusiveMinimum: 3 },
  'exclusiveMinimum of a boolean': { minimum: 1, exclusiveMinimum: true },
  'exclusiveMinimum alone': { exclusiveMinimum: true },
  'maxLength below 0': { maxLength: -1 },
  'maxLength of 1.5': { maxLength: 1.5 },
  'maxLength of 1.0': '{"maxLength":1.0}',
  'multipleOf 0': { multipleOf: 0 },
  'required in text': { required: 'a' },
  'required of a boolean': { required: true },
  'required of none': { required: [] },
  'required twice': { required: ['a', 'a'] },
  'an enum of none': { enum: [] },
  'an enum twice': { enum: ['a', 'a'] },
  'an enum in text': { enum: 'a' },
  'nullable beside an enum': { enum: ['a'], nullable: true },
  'nullable without a type': { nullable: true },
  'a const': { const: 1 },
  'a type that nobody knows': { type: 'text' },
  'no type': { type: [] },
  'a type twice': { type: ['string', 'string'] },
  'two types': { type: ['string', 'null'] },
  'a type that is a number': { type: 1 },
  'properties that are a list': { properties: [] },
  'a property that is a text': { properties: { a: 'string' } },
  'a property that is true': { properties: { a: true } },
  'items that are a list': { items: [{ type: 'string' }] },
  'items that are true': { items: true },
  'additionalProperties in text': { additionalProperties: 'no' },
  'patternProperties with a pattern that is none': { patternProperties: { '[': {} } },
  dependencies: { dependencies: { a: ['b'], c: { type: 'object' } } },
  'dependencies in text': { dependencies: { a: 'b' } },
  'allOf of none': { allOf: [] },
  'allOf that is an object': { allOf: {} },
  'not that is a list': { not: [] },
  'if, then and else': { if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'null' } },
  'if in text': { if: 'a' },
  'a reference within': { definitions: { a: { type: 'string' } }, properties: { b: { $ref: '#/definitions/a' } } },
  'a reference to nothing': { properties: { b: { $ref: '#/definitions/a' } } },
  'a reference to itself': { properties: { next: { $ref: '#' } } },
  'a reference in a circle': { $ref: '#' },
  'a reference that is a number': { properties: { b: { $ref: 1 } } },
  'a reference elsewhere': { properties: { b: { $ref: 'https://example.com/order.json' } } },
  'an id': { id: 'http://x/y' },
  'an $id': { $id: 'http://x/y' },
  'an $id twice': { properties: { a: { $id: 'http://x/y' }, b: { $id: 'http://x/y' } } },
  'an $id that is a number': { $id: 1 },
  'a format': { format: 'date-time' },
  'a format that nobody knows': { format: 'iban' },
  'a format that is a number': { format: 1 },
  'a keyword of its own': { team: 'billing' },
  contains: { contains: { type: 'string' } },
  propertyNames: { propertyNames: { pattern: '^a' } },
  'a default of another type': { type: 'string', default: 1 },
  'a description that is a number': { description: 1 },
  'uniqueItems in text': { uniqueItems: 'yes' },
};
const DRAFTS = ['draft-04', 'draft-06', 'draft-07'];
const inDraft = (draft, keywords) => {
  const text = typeof keywords === 'string' ? keywords : json(keywords);
  return `{"$schema":"http://json-schema.org/${draft}/schema#",${text.slice(1)}`;
};
const keywords = Object.entries(KEYWORDS).flatMap(([name, schema]) => [
  ...DRAFTS.map((draft) => ({ format: 'JSON', name: `${draft}: ${name}`, text: inDraft(draft, schema) })),
  { format: 'JSON', name: `no draft: ${name}`, text: typeof schema === 'string' ? schema : json(schema) },
]);
const patterns = PATTERNS.map((pattern) => ({ format: 'JSON', name: `pattern ${pattern}`, text: json({ pattern }) }));
const documents = named('JSON', {
  'an empty object': '{}',
  'a list': '[]',
  true: 'true',
  'a text': '"string"',
  'a comma at the end': '{"type":"object",}',
  'a key twice': '{"type":"object","type":"string"}',
  'single quotes': "{'type':'object'}",
  'a comment': '{/* an order */"type":"object"}',
  'text behind': '{} more',
  nothing: '',
});

export const corpus = [...avro, ...avroNames, ...avroDefaults, ...documents, ...patterns, ...keywords, ...protobuf];
