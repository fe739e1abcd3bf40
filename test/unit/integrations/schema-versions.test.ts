import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aStack } from '../../../testkit/stacks';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-versions-'));
afterAll(() => fs.rmSync(root, { recursive: true }));

/** A directory with these files. */
function aDirectory(files: Readonly<Record<string, string>>): string {
  const directory = fs.mkdtempSync(path.join(root, 'schema-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(directory, name), text);
  return directory;
}

const record = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'Order', fields });
const id = { name: 'id', type: 'string' };
const price = { name: 'price', type: 'int' };
const note = { name: 'note', type: 'string', default: '' };
const ID = record(id);
const PRICED = record(id, price);
const NOTED = record(id, note);

type Files = Readonly<Record<string, string>>;
type Mode = keyof typeof msk.SchemaCompatibility;

/** Defines a schema that has these versions. */
function define(text: string, files: Files, mode: Mode = 'BACKWARD', stack: Stack = aStack()) {
  return new msk.TopicSchema(stack, 'orders', {
    definition: msk.SchemaDefinition.avro(text),
    versions: msk.SchemaVersions.fromDirectory(aDirectory(files)),
    compatibility: msk.SchemaCompatibility[mode],
  });
}

const INCOMPATIBLE = /\[SchemaIncompatible\]/;

/** Who breaks when the first version becomes the second one. */
const CHANGES = {
  'a required field more': { from: ID, to: PRICED, breaks: ['BACKWARD', 'FULL'] },
  'a required field less': { from: PRICED, to: ID, breaks: ['FORWARD', 'FULL'] },
  'a field with a default more': { from: ID, to: NOTED, breaks: [] },
  'a field with a default less': { from: NOTED, to: ID, breaks: [] },
  'another type': {
    from: PRICED,
    to: record(id, { ...price, type: 'string' }),
    breaks: ['BACKWARD', 'FORWARD', 'FULL'],
  },
  'a wider type': { from: PRICED, to: record(id, { ...price, type: 'long' }), breaks: ['FORWARD', 'FULL'] },
};
const cases = Object.entries(CHANGES).flatMap(([change, { breaks, from, to }]) =>
  (['BACKWARD', 'FORWARD', 'FULL'] as const).map((mode) => ({
    change,
    mode,
    from,
    to,
    isBroken: breaks.includes(mode as never),
  })),
);

describe('TopicSchema with earlier versions', () => {
  test.each(cases.filter(({ isBroken }) => isBroken))('refuses $change with $mode', ({ from, mode, to }) => {
    expect(() => define(to, { 'v1.avsc': from }, mode)).toThrow(INCOMPATIBLE);
    expect(() => define(to, { 'v1.avsc': from }, `${mode}_ALL`)).toThrow(INCOMPATIBLE);
  });

  test.each(cases.filter(({ isBroken }) => !isBroken))('accepts $change with $mode', ({ from, mode, to }) => {
    expect(() => define(to, { 'v1.avsc': from }, mode)).not.toThrow();
    expect(() => define(to, { 'v1.avsc': from }, `${mode}_ALL`)).not.toThrow();
  });

  test('refuses a change with the mode, the version, the field and the way out', () => {
    expect(() => define(PRICED, { 'v1.avsc': ID })).toThrow(
      "'definition' is not BACKWARD compatible with 'v1.avsc': 'Order.price' has no default in 'definition', and is not in 'v1.avsc'; " +
        "give it a default, or its previous name as an alias, or choose another 'compatibility' or 'schemaName' " +
        '[SchemaIncompatible]',
    );
    expect(() => define(ID, { 'v1.avsc': PRICED }, 'FORWARD')).toThrow(
      /'Order.price' has no default in 'v1.avsc', and is not in 'definition'; keep the field, or choose another/,
    );
  });

  test('refuses every change of a version in one message', () => {
    const lines = (...fields: object[]) =>
      record({ name: 'lines', type: { type: 'array', items: { type: 'record', name: 'Line', fields } } });
    const definition = lines(price, { name: 'count', type: 'int' });
    expect(() => define(definition, { 'v1.avsc': lines() })).toThrow(
      /'Order.lines\[\].price'[^]*'Order.lines\[\].count'/,
    );
  });

  test('refuses a definition that is not valid before it compares', () => {
    expect(() => define('{}', { 'v1.avsc': ID })).toThrow(/\[SchemaSyntax\]/);
  });

  test('compares with nothing if there is only the definition itself', () => {
    expect(() => define(PRICED, { 'v1.avsc': PRICED })).not.toThrow();
    expect(() => define(PRICED, { 'v1.avsc': `${PRICED}\r\n` }, 'DISABLED')).not.toThrow();
  });

  test('compares the last version with those before it if it is the definition', () => {
    expect(() => define(PRICED, { 'v1.avsc': ID, 'v2.avsc': PRICED })).toThrow(/with 'v1.avsc'/);
  });

  test('refuses every other text with DISABLED, and accepts every text with NONE', () => {
    expect(() => define(NOTED, { 'v1.avsc': ID }, 'DISABLED')).toThrow(
      /differs from 'v1.avsc', but the compatibility DISABLED accepts no further version; restore 'v1.avsc'.*\[SchemaIncompatible\]/,
    );
    expect(() => define(PRICED, { 'v1.avsc': ID }, 'NONE')).not.toThrow();
    expect(() => define(NOTED, { 'v1.avsc': ID, 'v2.avsc': NOTED }, 'DISABLED')).not.toThrow();
  });
});

describe('TopicSchema with several earlier versions', () => {
  const files = { 'v1.avsc': record(id, { ...note, type: 'int', default: 0 }), 'v2.avsc': ID, 'v10.avsc': ID };

  test('refuses what breaks with any of them only if all are compared, and names the first', () => {
    expect(() => define(NOTED, files, 'BACKWARD')).not.toThrow();
    expect(() => define(NOTED, files, 'BACKWARD_ALL')).toThrow(/with 'v1.avsc': 'Order.note' is string/);
    expect(() => define(PRICED, { ...files, 'v1.avsc': PRICED }, 'BACKWARD_ALL')).toThrow(/with 'v2.avsc'/);
  });

  test('compares with the highest number, not with the last name', () => {
    expect(() => define(PRICED, { 'v9.avsc': ID, 'v10.avsc': PRICED, 'v11.avsc': NOTED })).toThrow(/with 'v11.avsc'/);
    expect(() => define(record(id, price, note), { 'v9.avsc': ID, 'v10.avsc': PRICED })).not.toThrow();
  });

  test('warns if the first one, which the registry compares with at first, would refuse it', () => {
    const stack = aStack();
    define(NOTED, files, 'BACKWARD', stack);
    const text = "is not BACKWARD compatible with 'v1.avsc', and the registry compares with the first version";
    Annotations.fromStack(stack).hasWarning('/Stack/orders', Match.stringLikeRegexp(text));
    Annotations.fromStack(stack).hasWarning('/Stack/orders', Match.stringLikeRegexp('SchemaCompatibilityDoubtful'));
  });

  test.each([
    ['timestamp-micros', { logicalType: 'timestamp-millis' }],
    ['decimal of scale 3', { logicalType: 'decimal', precision: 9, scale: 2 }],
  ])('warns if values become %s', (now, before) => {
    const stack = aStack();
    const [logicalType] = now.split(' ');
    const type = logicalType === 'decimal' ? 'bytes' : 'long';
    const field = (more: object) => record({ name: 'at', type: { type, ...more } });
    define(field({ ...before, logicalType, scale: 3 }), { 'v1.avsc': field(before) }, 'BACKWARD', stack);
    const text = `may not be BACKWARD.*'Order.at' is ${now} in 'definition', and .*misread`;
    Annotations.fromStack(stack).hasWarning('/Stack/orders', Match.stringLikeRegexp(text));
  });

  test('accepts a decimal of another precision, and a logical type that is new', () => {
    const field = (more: object) => record({ name: 'at', type: { type: 'bytes', ...more } });
    const decimal = (precision: number) => field({ logicalType: 'decimal', precision, scale: 2 });
    const stack = aStack();
    define(decimal(12), { 'v1.avsc': field({}), 'v2.avsc': decimal(9) }, 'FULL_ALL', stack);
    Annotations.fromStack(stack).hasNoWarning('/Stack/orders', Match.anyValue());
  });

  test('goes back to an earlier version by the same rules', () => {
    expect(() => define(ID, { 'v1.avsc': ID, 'v2.avsc': NOTED })).not.toThrow();
    expect(() => define(ID, { 'v1.avsc': ID, 'v2.avsc': PRICED }, 'FORWARD')).toThrow(/with 'v2.avsc'/);
  });
});

const person = (body: string, more = '') => `syntax = "proto2"; message Person { ${body} } ${more}`;
const calls = (...methods: string[]) =>
  `service Calls { ${methods.map((name) => `rpc ${name} (Person) returns (Person);`).join(' ')} }`;
const object = (properties: object, more: object = {}) => JSON.stringify({ type: 'object', properties, ...more });
const CLOSED = { additionalProperties: false };
const TEXT = { type: 'string' };

type Format = 'json' | 'protobuf';
type Change = [change: string, format: Format, versions: readonly [string, string], text: RegExp];

/** Defines a schema after a version in the same format. */
function evolve(format: Format, [from, to]: readonly [string, string], mode: Mode = 'BACKWARD') {
  const stack = aStack();
  const name = { json: 'v1.json', protobuf: 'v1.proto' }[format];
  const versions = msk.SchemaVersions.fromDirectory(aDirectory({ [name]: from }));
  const definition = msk.SchemaDefinition[format](to);
  new msk.TopicSchema(stack, 'orders', { definition, versions, compatibility: msk.SchemaCompatibility[mode] });
  return Annotations.fromStack(stack).findWarning('/Stack/orders', Match.anyValue());
}

/** Examples in the documentation of the registry. */
const REFUSED: Change[] = [
  [
    'adds a required field',
    'protobuf',
    [person(''), person('required string zip = 4;')],
    /'Person.zip' \(4\) is required/,
  ],
  [
    'removes a method',
    'protobuf',
    [person('', calls('Foo', 'Bar')), person('', calls('Bar'))],
    /'Calls.Foo' is in 'v1.proto'/,
  ],
  [
    'changes a type',
    'protobuf',
    [person('optional int32 n = 1;'), person('optional string n = 1;')],
    /is string in 'definition', and int32/,
  ],
  [
    'changes a number',
    'protobuf',
    [person('optional int32 n = 1;'), person('optional int32 n = 2;')],
    /add 'reserved 1;' if this is/,
  ],
  [
    'requires a property',
    'json',
    [object({}, CLOSED), object({ a: TEXT }, { ...CLOSED, required: ['a'] })],
    /'\$.a' is required/,
  ],
  [
    'removes a property',
    'json',
    [object({ a: TEXT }, CLOSED), object({}, CLOSED)],
    /'definition' does not accept it; keep it, or/,
  ],
];
const ACCEPTED: Change[] = [
  ['removes a required field', 'protobuf', [person('required string email = 3;'), person('')], /./],
  ['adds an optional field', 'protobuf', [person(''), person('optional string zip = 4;')], /./],
  ['adds a method', 'protobuf', [person('', calls('Foo')), person('', calls('Foo', 'Baz'))], /./],
  [
    'adds a property where only listed ones were accepted',
    'json',
    [object({}, CLOSED), object({ a: TEXT }, CLOSED)],
    /./,
  ],
];
const DOUBTED: Change[] = [
  [
    'adds a property where any was accepted',
    'json',
    [object({}), object({ phone: TEXT })],
    /'\$.phone' is only in 'definition'/,
  ],
  ['renames a message', 'protobuf', [person(''), 'message Human {}'], /the message 'Person' is in 'v1.proto'/],
];

describe('TopicSchema in JSON Schema and Protocol Buffers', () => {
  test.each(REFUSED)('refuses what %s in %s', (_, format, versions, text) => {
    expect(() => evolve(format, versions)).toThrow(text);
    expect(() => evolve(format, versions)).toThrow(INCOMPATIBLE);
  });

  test.each(REFUSED)('refuses the way back of what %s in %s for the readers before', (_, format, [from, to]) => {
    expect(() => evolve(format, [to, from], 'FORWARD')).toThrow(INCOMPATIBLE);
  });

  test.each(ACCEPTED)('accepts what %s in %s', (_, format, versions) => {
    expect(evolve(format, versions)).toEqual([]);
  });

  test.each(DOUBTED)('warns of what %s in %s', (_, format, versions, text) => {
    const [{ entry }] = evolve(format, versions);
    expect(entry.data).toMatch(text);
    expect(entry.data).toMatch(
      /may not be BACKWARD compatible.*or acknowledge this.*cdk-msk:SchemaCompatibilityDoubtful/s,
    );
  });
});

test('TopicSchema judges nothing that is not known yet', () => {
  const stack = aStack();
  const text = (name: string) => new CfnParameter(stack, name).valueAsString;
  expect(() => define(text('Definition'), { 'v1.avsc': ID }, 'DISABLED', stack)).not.toThrow();
  const versions = msk.SchemaVersions.fromDirectory(aDirectory({ 'v1.avsc': ID }));
  const compatibility = text('Compatibility') as msk.SchemaCompatibility;
  const definition = msk.SchemaDefinition.avro(PRICED);
  expect(() => new msk.TopicSchema(stack, 'payments', { definition, versions, compatibility })).not.toThrow();
});

describe('SchemaVersions.fromDirectory', () => {
  test('has the definition with the highest number', () => {
    const directory = aDirectory({
      'order-2.avsc': NOTED,
      'order-10.avsc': PRICED,
      'order-1.avsc': ID,
      '.gitkeep': '',
    });
    expect(msk.SchemaVersions.fromDirectory(directory).latest.text).toBe(PRICED);
  });

  test.each<[string, Files, RegExp]>([
    ['that is empty', { '.gitkeep': '' }, /'.*schema-\w+' has no file/],
    [
      'with another file',
      { 'v1.avsc': ID, 'README.md': '' },
      /README.md' must be a file that ends with .avsc, .json, .proto/,
    ],
    ['with two formats', { 'v1.avsc': ID, 'v2.json': '{}' }, /v1.avsc' and '.*v2.json' must have the same format/],
    [
      'with a file without a number',
      { 'v1.avsc': ID, 'order.avsc': ID },
      /order.avsc' must have one number.*v1.avsc, got 0/,
    ],
    ['with a file with two numbers', { '2024-05.avsc': ID }, /2024-05.avsc' must have one number in its name.*got 2/],
    ['with a number twice', { 'v1.avsc': ID, 'v01.avsc': ID }, /v01.avsc' and '.*v1.avsc' must not both be version 1/],
  ])('refuses a directory %s', (_, files, problem) => {
    const directory = aDirectory(files);
    expect(() => msk.SchemaVersions.fromDirectory(directory)).toThrow(problem);
    expect(() => msk.SchemaVersions.fromDirectory(directory)).toThrow(/at 'SchemaVersions':\n.*\[SchemaVersionFiles\]/);
  });

  test('refuses a directory that is not there, and one in another', () => {
    const directory = aDirectory({});
    fs.mkdirSync(path.join(directory, 'v1.avsc'));
    expect(() => msk.SchemaVersions.fromDirectory(directory)).toThrow(/v1.avsc' must be a file/);
    expect(() => msk.SchemaVersions.fromDirectory(path.join(directory, 'no'))).toThrow(/cannot be read \(ENOENT\)/);
  });

  test('refuses versions in another format than the definition', () => {
    expect(() => define(ID, { 'v1.json': '{}' })).toThrow(
      /'versions' are in JSON, but 'definition' is in AVRO \[SchemaVersionFiles\]/,
    );
  });

  test('refuses a version that is not a valid schema, even if it is not compared', () => {
    const problem = /'v1.avsc' of 'versions' is not a valid Avro schema: line 1.*\[SchemaSyntax\]/;
    expect(() => define(ID, { 'v1.avsc': '{' })).toThrow(problem);
    expect(() => define(ID, { 'v1.avsc': '{', 'v2.avsc': ID })).toThrow(problem);
    expect(() => define(ID, { 'v1.avsc': '{' }, 'NONE')).toThrow(problem);
  });
});
