import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aStack } from '../../../testkit/stacks';

type Format = 'avro' | 'json' | 'protobuf';

const define = (format: Format, text: string) => () =>
  new msk.TopicSchema(aStack(), 'orders', { definition: msk.SchemaDefinition[format](text) });

const record = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'Order', fields });
const draft = (version: string, rest: object = {}) =>
  JSON.stringify({ $schema: `http://json-schema.org/${version}/schema#`, ...rest });
const proto = (body: string, syntax = 'proto3') => `syntax = "${syntax}";\n${body}`;

describe('A schema that is one', () => {
  test.each<[string, Format, string]>([
    [
      'Avro with logical types',
      'avro',
      record({ name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } }),
    ],
    ['Avro that names itself', 'avro', record({ name: 'next', type: ['null', 'Order'], default: null })],
    ['Avro that is a name', 'avro', '"string"'],
    ['JSON Schema draft-04', 'json', draft('draft-04', { id: 'http://x/y', minimum: 1, exclusiveMinimum: true })],
    ['JSON Schema draft-06', 'json', draft('draft-06', { exclusiveMinimum: 1 })],
    ['JSON Schema draft-07', 'json', draft('draft-07', { if: { type: 'string' } })],
    ['JSON Schema by https', 'json', '{"$schema":"https://json-schema.org/draft-07/schema"}'],
    ['JSON Schema with keywords and formats of its own', 'json', '{"team":"billing","format":"iban"}'],
    ['JSON Schema that refers elsewhere', 'json', '{"$ref":"https://example.com/order.json"}'],
    ['proto3', 'protobuf', proto('message Order { message Line { int32 n = 1; } repeated Line lines = 1; }')],
    ['proto2', 'protobuf', proto('message Order { required string id = 1; }', 'proto2')],
    [
      'Protocol Buffers with a well-known type',
      'protobuf',
      proto('import "google/protobuf/timestamp.proto"; message Order { google.protobuf.Timestamp at = 1; }'),
    ],
    [
      'Protocol Buffers with a type of another file',
      'protobuf',
      proto('import "google/type/money.proto"; message Order { google.type.Money sum = 1; }'),
    ],
  ])('is taken: %s', (_, format, text) => {
    expect(define(format, text)).not.toThrow();
  });
});

describe('A schema that only the Java library takes', () => {
  test.each<[string, Format, string]>([
    ['Avro in a namespace with a hyphen', 'avro', '{"type":"record","name":"Order","namespace":"my-team","fields":[]}'],
    ['Avro with a comment', 'avro', '/* an order */ "string"'],
    ['JSON Schema with a value twice', 'json', '{"enum":["a","a"]}'],
  ])('is a warning: %s', (_, format, text) => {
    const stack = aStack();
    new msk.TopicSchema(stack, 'orders', { definition: msk.SchemaDefinition[format](text) });
    Annotations.fromStack(stack).hasWarning('/Stack/orders', Match.stringLikeRegexp('cdk-msk:SchemaDoubtful'));
  });
});

describe('A schema that is none is refused', () => {
  test.each<[string, Format, string, RegExp]>([
    [
      'no JSON',
      'avro',
      '{\n"type": "record",\n"name": Order }',
      /not a valid Avro schema: line 3: it is not valid JSON: Object value expected/,
    ],
    [
      'no JSON from the start',
      'avro',
      'type: record\nname: Order\n',
      /line 1: it is not valid JSON: JSON value expected/,
    ],
    ['half of it', 'avro', '{\n"type":', /line 2: it is not valid JSON/],
    [
      'a name twice',
      'avro',
      record({ name: 'a', type: 'int' }, { name: 'a', type: 'int' }),
      /the field 'a' is defined twice/,
    ],
    ['a type that nobody knows', 'avro', record({ name: 'a', type: 'integer' }), /undefined type name: integer/],
    [
      'a default of another type',
      'avro',
      record({ name: 'a', type: 'int', default: 'x' }),
      /the default of the field 'a' must be a whole number of 32 bits.* \(int\), got "x"/,
    ],
    [
      'a record without fields',
      'avro',
      '{"type":"record","name":"Order"}',
      /a record must have a list of fields, got nothing/,
    ],
  ])('Avro: %s', (_, format, text, reason) => {
    expect(define(format, text)).toThrow(reason);
    expect(define(format, text)).toThrow(/\[SchemaSyntax\]/);
  });

  test.each<[string, string, RegExp]>([
    [
      'no JSON',
      '{\n"description": "An order",\n"type": object }',
      /not a valid JSON Schema: line 3: it is not valid JSON/,
    ],
    ['no JSON, in short', '{a}', /not a valid JSON Schema: (line 1: )?it is not valid JSON/],
    ['no object', '["a"]', /it must be an object/],
    [
      'a type that nobody knows',
      '{"properties":{"id":{"type":"text"}}}',
      /'\/properties\/id\/type' must be equal to one/,
    ],
    ['another draft', draft('draft/2020-12'), /'\$schema' must be draft-04, draft-06 or draft-07/],
    [
      'a keyword of a later draft',
      draft('draft-04', { minimum: 1, exclusiveMinimum: 3 }),
      /'\/exclusiveMinimum' must be boolean/,
    ],
    ['a reference to nothing', '{"$ref":"#/definitions/line"}', /can't resolve reference #\/definitions\/line/],
    ['a pattern that is none', '{"pattern":"["}', /'\/' has the pattern '\[': a '\[' is not closed/],
  ])('JSON Schema: %s', (_, text, reason) => {
    expect(define('json', text)).toThrow(reason);
    expect(define('json', text)).toThrow(/\[SchemaSyntax\]/);
  });

  test.each<[string, string, RegExp]>([
    [
      'no number of a field',
      proto('message Order {\n  string id = ;\n}'),
      /not a valid Protocol Buffers schema: line 3: illegal id ';'/,
    ],
    ['a number twice', proto('message Order { string a = 1; string b = 1; }'), /duplicate id 1/],
    ['a type that nobody knows', proto('message Order { text id = 1; }'), /no such Type or Enum 'text' in Type .Order/],
    ['nothing', proto(''), /it declares nothing/],
    ['an edition', 'edition = "2023"; message Order {}', /'proto2' or 'proto3', got an edition/],
    [
      'a group',
      proto('message Order { optional group Line = 1 {} }', 'proto2'),
      /does not support groups, got 'Order.Line'/,
    ],
    ['room for extensions', proto('message Order { extensions 9; }', 'proto2'), /'extensions' in 'Order'/],
    [
      'an extension',
      proto('message Order {} extend Order { optional int32 z = 9; }', 'proto2'),
      /does not support extensions, got 'z'/,
    ],
  ])('Protocol Buffers: %s', (_, text, reason) => {
    expect(define('protobuf', text)).toThrow(reason);
    expect(define('protobuf', text)).toThrow(/\[SchemaSyntax\]/);
  });
});
