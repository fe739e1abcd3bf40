// Pairs of Protocol Buffers schemas, each with a record of the writer that shows whether the reader can read it.

const proto3 = (body) => `syntax = "proto3";\n${body}`;
const order = (body, syntax = 'proto3') =>
  `syntax = "${syntax}";\nmessage Order {\n  ${body}\n}\nmessage Line { int32 n = 1; string s = 2; }\nenum E { Z = 0; A = 1; B = 2; }`.replace(
    syntax === 'proto2' ? /int32 n|string s/g : /$^/,
    'optional $&',
  );

/** A value of each type. */
const VALUES = {
  double: 1.5,
  float: 1.5,
  int32: 1,
  int64: 1,
  uint32: 1,
  uint64: 1,
  sint32: 1,
  sint64: 1,
  fixed32: 1,
  fixed64: 1,
  sfixed32: 1,
  sfixed64: 1,
  bool: true,
  string: 'a text',
  bytes: 'YSB0ZXh0',
  E: 'A',
  Line: { n: 7, s: 'x' },
};
const TYPES = Object.keys(VALUES);

const matrix = TYPES.flatMap((reader) =>
  TYPES.map((writer) => [
    `${reader} reads ${writer}`,
    order(`${reader} a = 1;`),
    order(`${writer} a = 1;`),
    { a: VALUES[writer] },
  ]),
);
/** Two values, since one is read as if it stood alone. */
const labels = TYPES.flatMap((type) => [
  [
    `one ${type} reads many`,
    order(`${type} a = 1;`),
    order(`repeated ${type} a = 1;`),
    { a: [VALUES[type], VALUES[type]] },
  ],
  [`many ${type} read one`, order(`repeated ${type} a = 1;`), order(`${type} a = 1;`), { a: VALUES[type] }],
  [`many ${type} read many`, order(`repeated ${type} a = 1;`), order(`repeated ${type} a = 1;`), { a: [VALUES[type]] }],
]);

const optional = 'optional string a = 1;';
const required = 'required string a = 1;';
/** Name, reader, writer, record. */
const CASES = [
  ['a field more', order('string a = 1; string b = 2;'), order('string a = 1;'), { a: 'x' }],
  ['a field less', order('string a = 1;'), order('string a = 1; string b = 2;'), { a: 'x', b: 'y' }],
  ['a field by another name', order('string b = 1;'), order('string a = 1;'), { a: 'x' }],
  ['a field by another number', order('string a = 2;'), order('string a = 1;'), { a: 'x' }],
  ['a field by a number that was reserved', order('string a = 2; reserved 1;'), order('string a = 1;'), { a: 'x' }],
  [
    'a field whose number has another name now',
    order('string a = 2; string old = 1;'),
    order('string a = 1;'),
    { a: 'x' },
  ],
  [
    'two fields that swapped their numbers',
    order('string a = 2; int32 b = 1;'),
    order('string a = 1; int32 b = 2;'),
    { a: 'x' },
  ],
  ['proto2: required that was optional', order(required, 'proto2'), order(optional, 'proto2'), {}],
  ['proto2: required that was required', order(required, 'proto2'), order(required, 'proto2'), { a: 'x' }],
  ['proto2: optional that was required', order(optional, 'proto2'), order(required, 'proto2'), { a: 'x' }],
  ['proto2: required that was not there', order(required, 'proto2'), order('', 'proto2'), {}],
  ['proto2: required that is gone', order('', 'proto2'), order(required, 'proto2'), { a: 'x' }],
  ['proto2: required that was repeated', order(required, 'proto2'), order('repeated string a = 1;', 'proto2'), {}],
  ['proto2: required that was proto3', order(required, 'proto2'), order('string a = 1;'), {}],
  ['proto3 that was proto2', order('string a = 1;'), order(optional, 'proto2'), { a: 'x' }],
  ['proto3 that was required', order('string a = 1;'), order(required, 'proto2'), { a: 'x' }],
  ['proto3: optional that was not', order(optional), order('string a = 1;'), { a: 'x' }],
  [
    'proto2: required in a message within',
    `syntax = "proto2"; message Order { optional Line l = 1; } message Line { required int32 n = 1; }`,
    `syntax = "proto2"; message Order { optional Line l = 1; } message Line { optional int32 n = 1; }`,
    { l: {} },
  ],
  [
    'proto2: one number reads many',
    order('optional int32 a = 1;', 'proto2'),
    order('repeated int32 a = 1;', 'proto2'),
    { a: [1] },
  ],
  [
    'proto2: one number reads many that are packed',
    order('optional int32 a = 1;', 'proto2'),
    order('repeated int32 a = 1 [packed = true];', 'proto2'),
    { a: [1] },
  ],
  [
    'packed that was not',
    order('repeated int32 a = 1;'),
    order('repeated int32 a = 1 [packed = false];'),
    { a: [1, 2] },
  ],
  [
    'not packed that was',
    order('repeated int32 a = 1 [packed = false];'),
    order('repeated int32 a = 1;'),
    { a: [1, 2] },
  ],
  ['a map that is the same', order('map<string, int32> a = 1;'), order('map<string, int32> a = 1;'), { a: { x: 1 } }],
  ['a map with other keys', order('map<int32, int32> a = 1;'), order('map<string, int32> a = 1;'), { a: { x: 1 } }],
  ['a map with narrower keys', order('map<bool, int32> a = 1;'), order('map<int32, int32> a = 1;'), { a: { 5: 1 } }],
  ['a truth that was a number', order('bool a = 1;'), order('int32 a = 1;'), { a: 3 }],
  [
    'a constant that was a number',
    order('optional E a = 1;', 'proto2'),
    order('optional int32 a = 1;', 'proto2'),
    { a: 7 },
  ],
  ['a number that is not below 0', order('uint32 a = 1;'), order('int32 a = 1;'), { a: -1 }],
  ['a number of fewer bits', order('int32 a = 1;'), order('int64 a = 1;'), { a: 5000000000 }],
  ['a map with wider keys', order('map<int64, int32> a = 1;'), order('map<int32, int32> a = 1;'), { a: { 1: 1 } }],
  ['a map with other values', order('map<string, string> a = 1;'), order('map<string, int32> a = 1;'), { a: { x: 1 } }],
  ['a map with other messages', order('map<string, Line> a = 1;'), order('map<string, int32> a = 1;'), { a: { x: 1 } }],
  ['a map that was a number', order('map<string, int32> a = 1;'), order('int32 a = 1;'), { a: 1 }],
  ['a number that was a map', order('int32 a = 1;'), order('map<string, int32> a = 1;'), { a: { x: 1 } }],
  ['a map that was many texts', order('map<string, int32> a = 1;'), order('repeated string a = 1;'), { a: ['x'] }],
  ['a oneof of a field', order('oneof x { string a = 1; }'), order('string a = 1;'), { a: 'x' }],
  [
    'a oneof of two fields',
    order('oneof x { string a = 1; string b = 2; }'),
    order('string a = 1; string b = 2;'),
    { a: 'x', b: 'y' },
  ],
  [
    'a field of a oneof',
    order('string a = 1; string b = 2;'),
    order('oneof x { string a = 1; string b = 2; }'),
    { a: 'x' },
  ],
  [
    'a oneof with a field more',
    order('oneof x { string a = 1; string b = 2; }'),
    order('oneof x { string a = 1; }'),
    { a: 'x' },
  ],
  [
    'a oneof with a field less',
    order('oneof x { string a = 1; }'),
    order('oneof x { string a = 1; string b = 2; }'),
    { b: 'x' },
  ],
  [
    'a oneof by another name',
    order('oneof y { string a = 1; string b = 2; }'),
    order('oneof x { string a = 1; string b = 2; }'),
    { b: 'x' },
  ],
  [
    'a message within, with another type',
    proto3('message Order { repeated Line l = 1; message Line { string n = 1; } }'),
    proto3('message Order { repeated Line l = 1; message Line { int32 n = 1; } }'),
    { l: [{ n: 1 }] },
  ],
  [
    'a message within, by another name',
    proto3('message Order { repeated Item l = 1; message Item { int32 n = 1; } }'),
    proto3('message Order { repeated Line l = 1; message Line { int32 n = 1; } }'),
    { l: [{ n: 1 }] },
  ],
  [
    'a message that contains itself',
    proto3('message Order { Order a = 1; int64 n = 2; }'),
    proto3('message Order { Order a = 1; int32 n = 2; }'),
    { a: { n: 1 } },
  ],
  [
    'a message that contains itself, with another type',
    proto3('message Order { Order a = 1; string n = 2; }'),
    proto3('message Order { Order a = 1; int32 n = 2; }'),
    { a: { n: 1 } },
  ],
  [
    'a message by another name',
    proto3('message Purchase { string a = 1; }'),
    proto3('message Order { string a = 1; }'),
    { a: 'x' },
  ],
  [
    'a message by another name, with another type',
    proto3('message Purchase { int32 a = 1; }'),
    proto3('message Order { string a = 1; }'),
    { a: 'x' },
  ],
  [
    'a message more',
    proto3('message Order { string a = 1; } message Line {}'),
    proto3('message Order { string a = 1; }'),
    { a: 'x' },
  ],
  [
    'a message less',
    proto3('message Order { string a = 1; }'),
    proto3('message Order { string a = 1; } message Line {}'),
    { a: 'x' },
  ],
  [
    'another package',
    proto3('package b; message Order { string a = 1; }'),
    proto3('package a; message Order { string a = 1; }'),
    { a: 'x' },
  ],
  [
    'a constant with another number',
    proto3('message Order { E a = 1; } enum E { Z = 0; A = 2; }'),
    proto3('message Order { E a = 1; } enum E { Z = 0; A = 1; }'),
    { a: 'A' },
  ],
  [
    'a constant more',
    proto3('message Order { E a = 1; } enum E { Z = 0; A = 1; B = 2; }'),
    proto3('message Order { E a = 1; } enum E { Z = 0; A = 1; }'),
    { a: 'A' },
  ],
  [
    'a constant by two numbers',
    proto3('message Order { E a = 1; } enum E { option allow_alias = true; Z = 0; A = 1; X = 1; }'),
    proto3('message Order { E a = 1; } enum E { Z = 0; A = 1; }'),
    { a: 'A' },
  ],
  [
    'a service more',
    proto3('message Order { string a = 1; } service S { rpc Get (Order) returns (Order); }'),
    proto3('message Order { string a = 1; }'),
    { a: 'x' },
  ],
];

export const protoPairs = [...matrix, ...labels, ...CASES].map(([name, reader, writer, record]) => ({
  format: 'PROTOBUF',
  name,
  reader,
  writer,
  message: 'Order',
  record,
}));
