// Schemas that are judged: what users write, and what is wrong in one place.
const json = (value) => JSON.stringify(value);
const named = (format, cases) => Object.entries(cases).map(([name, text]) => ({ format, name, text }));

// --- Avro ---------------------------------------------------------------------------------------------------------------

const record = (fields, more = {}) => json({ type: 'record', name: 'Order', ...more, fields });
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
  ...['9223372036854775808', '"NaN"', '"A"', '"C"', '"\\u00ff\\u00ff"', '[]', '[1]', '["x"]', '{}', '{"x":1}', '{"x":"y"}'],
];
const avroDefaults = Object.entries(AVRO_TYPES).flatMap(([type, schema]) =>
  AVRO_DEFAULTS.map((text) => ({ format: 'AVRO', name: `default ${text} of ${type}`, text: withDefault(schema, text) })),
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
  'a field twice': record([
    { name: 'a', type: 'int' },
    { name: 'a', type: 'int' },
  ]),
  'two fields that differ in case': record([
    { name: 'a', type: 'int' },
    { name: 'A', type: 'int' },
  ]),
  'a name twice': record([
    { name: 'a', type: AVRO_TYPES.enum },
    { name: 'b', type: AVRO_TYPES.enum },
  ]),
  'a name that is used again': record([
    { name: 'a', type: AVRO_TYPES.enum },
    { name: 'b', type: 'E' },
  ]),
  'a record that contains itself': record([{ name: 'next', type: ['null', 'Order'], default: null }]),
  'a record that always contains itself': record([{ name: 'next', type: 'Order' }]),
  'a name of another namespace': record([{ name: 'a', type: 'other.Thing' }]),
  'aliases that are a text': field('int', { aliases: 'b' }),
  'aliases': field('int', { aliases: ['b'] }),
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
  ...['^\\d{4}\\-\\d{2}$', '\\@', '\\#', '\\_', '^a]$', '^{[a-z]+}$', '[', '(', 'a{2,1}', '*', '\\', '(?<year>\\d{4})', '(?<=a)b'],
  ...['(?i)abc', '\\p{L}', '\\p{Lu}+', '\\u0041', '[[:alpha:]]', '\\Qa.b\\E', '[a-\\d]', '\\z', '\\A', 'a++', '(?>a)', '(?!a)b', '{', '}'],
  ...['a{,3}', '\\c', '\\x4', '\\x41', '[^]', '[]', '\\1', '(a)\\1', '\\k<a>', '^$', '', '.', '\\/', '\\-', '[\\w-.]', '^[\\w.%+\\-]+$'],
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
  'contains': { contains: { type: 'string' } },
  'propertyNames': { propertyNames: { pattern: '^a' } },
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

// --- Protocol Buffers ---------------------------------------------------------------------------------------------------

const proto3 = (body) => `syntax = "proto3";\n${body}`;
const proto2 = (body) => `syntax = "proto2";\n${body}`;
const inMessage = (body, wrap = proto3) => wrap(`message Order {\n  ${body}\n}`);
const TAGS = ['0', '1', '-1', '18999', '19000', '19999', '20000', '536870911', '536870912', '0x10', '010', '1.5', 'a', ''];
const SCALARS = ['double', 'float', 'int32', 'int64', 'uint32', 'sint64', 'fixed32', 'sfixed64', 'bool', 'string', 'bytes', 'text'];
const protobuf = [
  ...TAGS.map((tag) => ({ format: 'PROTOBUF', name: `tag ${tag}`, text: inMessage(`string a = ${tag};`) })),
  ...SCALARS.map((type) => ({ format: 'PROTOBUF', name: `a field of ${type}`, text: inMessage(`${type} a = 1;`) })),
  ...SCALARS.map((type) => ({ format: 'PROTOBUF', name: `a map by ${type}`, text: inMessage(`map<${type}, string> a = 1;`) })),
  ...['optional', 'repeated', 'required', ''].flatMap((label) => [
    { format: 'PROTOBUF', name: `proto3: label '${label}'`, text: inMessage(`${label} string a = 1;`) },
    { format: 'PROTOBUF', name: `proto2: label '${label}'`, text: inMessage(`${label} string a = 1;`, proto2) },
    { format: 'PROTOBUF', name: `a map that is '${label}'`, text: inMessage(`${label} map<string, string> a = 1;`) },
  ]),
  ...named('PROTOBUF', {
    nothing: '',
    'a syntax alone': proto3(''),
    'no syntax': 'message Order { optional string a = 1; }',
    'a syntax that nobody knows': 'syntax = "proto4"; message Order {}',
    'a syntax twice': 'syntax = "proto3"; syntax = "proto3"; message Order {}',
    'a syntax after the package': 'package a; syntax = "proto3"; message Order {}',
    'a package after a message': proto3('message Order {} package a;'),
    'a package twice': proto3('package a; package b; message Order {}'),
    'an edition': 'edition = "2023"; message Order {}',
    'a comment with a line that starts as an edition': proto3('/*\nedition = 1\n*/\nmessage Order {}'),
    'a comment that does not end': proto3('/* message Order {}'),
    'a tag twice': inMessage('string a = 1; string b = 1;'),
    'a name twice': inMessage('string a = 1; string a = 2;'),
    'two names of one JSON name': inMessage('string a_b = 1; string aB = 2;'),
    'a JSON name twice': inMessage('string a = 1 [json_name = "x"]; string b = 2 [json_name = "x"];'),
    'a reserved tag': inMessage('reserved 1; string a = 1;'),
    'a reserved name': inMessage('reserved "a"; string a = 1;'),
    'reserved tags that overlap': inMessage('reserved 1 to 5, 3;'),
    'a message twice': proto3('message Order {} message Order {}'),
    'a message in a message': inMessage('message Line { int32 n = 1; } repeated Line lines = 1;'),
    'a message that contains itself': inMessage('Order next = 1;'),
    'a message without a name': proto3('message { }'),
    'a type that nobody knows': inMessage('Thing a = 1;'),
    'a type of its package': proto3('package a.b; message Line {} message Order { a.b.Line x = 1; Line y = 2; .a.b.Line z = 3; }'),
    'a well-known type': proto3('import "google/protobuf/timestamp.proto"; message Order { google.protobuf.Timestamp at = 1; }'),
    'a well-known type without its import': inMessage('google.protobuf.Timestamp at = 1;'),
    'an import that is not there': proto3('import "other.proto"; message Order { Thing a = 1; }'),
    'an import that is not used': proto3('import "other.proto"; message Order { }'),
    'an enum': proto3('enum E { A = 0; B = 1; }'),
    'an enum without a zero': proto3('enum E { A = 1; }'),
    'an enum whose zero is not first': proto3('enum E { B = 1; A = 0; }'),
    'an enum of proto2 without a zero': proto2('enum E { A = 1; }'),
    'an enum with nothing': proto3('enum E { }'),
    'an enum with a value twice': proto3('enum E { A = 0; B = 0; }'),
    'an enum with aliases': proto3('enum E { option allow_alias = true; A = 0; B = 0; }'),
    'an enum with a constant twice': proto3('enum E { A = 0; A = 1; }'),
    'two enums of one constant': proto3('enum E { A = 0; } enum F { A = 0; }'),
    'two enums of one constant in two messages': proto3('message M { enum E { A = 0; } } message N { enum E { A = 0; } }'),
    'an enum with a negative constant': proto3('enum E { A = 0; B = -1; }'),
    'an enum with a constant above 32 bits': proto3('enum E { A = 0; B = 2147483648; }'),
    'a default in proto3': inMessage('string a = 1 [default = "x"];'),
    'a default in proto2': inMessage('optional string a = 1 [default = "x"];', proto2),
    'a default of another type': inMessage('optional int32 a = 1 [default = "x"];', proto2),
    'a default of an enum': proto2('enum E { A = 0; } message Order { optional E a = 1 [default = A]; }'),
    'a default of an enum that it does not have': proto2('enum E { A = 0; } message Order { optional E a = 1 [default = B]; }'),
    'an option that exists': inMessage('string a = 1 [deprecated = true];'),
    'an option that nobody declared': inMessage('string a = 1 [team = "billing"];'),
    'an extension option that nobody declared': inMessage('string a = 1 [(team) = "billing"];'),
    'a file option': proto3('option java_package = "a.b"; message Order {}'),
    'a file option that nobody declared': proto3('option team = "billing"; message Order {}'),
    'a oneof': inMessage('oneof x { string a = 1; int32 b = 2; }'),
    'a oneof with nothing': inMessage('oneof x { }'),
    'a oneof with a repeated field': inMessage('oneof x { repeated string a = 1; }'),
    'a oneof with the tag of a field': inMessage('string b = 1; oneof x { string a = 1; }'),
    'a map to a map': inMessage('map<string, map<string, string>> a = 1;'),
    'a map by a message': inMessage('message K {} map<K, string> a = 1;'),
    'packed text': inMessage('repeated string a = 1 [packed = true];'),
    'packed numbers': inMessage('repeated int32 a = 1 [packed = true];'),
    'a group': inMessage('optional group Line = 1 { }', proto2),
    'extensions': inMessage('extensions 100 to 199;', proto2),
    'an extension': proto2('message Order { extensions 100 to 199; } extend Order { optional string a = 100; }'),
    'a service': proto3('message Order {} service Orders { rpc Get (Order) returns (Order); }'),
    'a service with a type that nobody knows': proto3('service Orders { rpc Get (Order) returns (Order); }'),
    'a semicolon that is missing': inMessage('string a = 1'),
    'a brace that is missing': proto3('message Order {'),
    'a semicolon alone': proto3('message Order {};;'),
    'a keyword as a name': inMessage('string message = 1; string syntax = 2; string string = 3;'),
    'a name with a hyphen': inMessage('string a-b = 1;'),
    'a name that begins with a digit': inMessage('string 1a = 1;'),
  }),
];

export const corpus = [...avro, ...avroNames, ...avroDefaults, ...documents, ...patterns, ...keywords, ...protobuf];
