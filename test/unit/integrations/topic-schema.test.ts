import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CfnParameter, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import facts from '../../../lib/model/facts/iam.json';
import * as msk from '../../../lib';
import { aCluster, aStack, Match, propertiesOf } from '../../../testkit/stacks';

const ORDER = JSON.stringify({ type: 'record', name: 'Order', fields: [{ name: 'id', type: 'string' }] });

function aSchema(props: Partial<msk.TopicSchemaProps> = {}, stack: Stack = aStack()) {
  const schema = new msk.TopicSchema(stack, 'orders', { definition: msk.SchemaDefinition.avro(ORDER), ...props });
  return { schema, stack, template: () => Template.fromStack(stack) };
}

describe('TopicSchema', () => {
  test('has the name of its ID, in a registry of the stack, and takes what is backward compatible', () => {
    const { template } = aSchema();
    template().hasResourceProperties('AWS::Glue::Schema', {
      Name: 'orders',
      DataFormat: 'AVRO',
      Compatibility: 'BACKWARD',
      Registry: { Arn: { Ref: Match.stringLikeRegexp('^KafkaSchemas') } },
      SchemaDefinition: Match.absent(),
      Description: Match.absent(),
    });
    template().hasResourceProperties('AWS::Glue::SchemaVersion', {
      Schema: { SchemaArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^orders'), 'Arn'] } },
      SchemaDefinition: ORDER,
    });
  });

  test('hands every choice over', () => {
    const stack = aStack();
    const { template } = aSchema(
      {
        schemaName: 'shop.orders-value',
        registry: new glue.CfnRegistry(stack, 'Shop', { name: 'shop' }),
        compatibility: msk.SchemaCompatibility.FULL_ALL,
        description: 'Orders of the shop',
      },
      stack,
    );
    template().hasResourceProperties('AWS::Glue::Schema', {
      Name: 'shop.orders-value',
      Registry: { Arn: { Ref: 'Shop' } },
      Compatibility: 'FULL_ALL',
      Description: 'Orders of the shop',
    });
    template().resourceCountIs('AWS::Glue::Registry', 1);
  });

  test.each([
    ['json', 'JSON', '{"type":"object"}'],
    ['protobuf', 'PROTOBUF', 'syntax = "proto3"; message Order { string id = 1; }'],
  ] as const)('takes %s', (format, dataFormat, text) => {
    const { template } = aSchema({ definition: msk.SchemaDefinition[format](text) });
    template().hasResourceProperties('AWS::Glue::Schema', { DataFormat: dataFormat });
    template().hasResourceProperties('AWS::Glue::SchemaVersion', { SchemaDefinition: text });
  });

  test('shares the registry of the stack, under a name that no other stack has', () => {
    const { stack, template } = aSchema();
    new msk.TopicSchema(stack, 'payments', { definition: msk.SchemaDefinition.avro(ORDER) });
    expect(JSON.stringify(propertiesOf(template(), 'AWS::Glue::Registry').Name)).toMatch(/KafkaSchemas.*AWS::StackId/);
  });

  test('keeps every version', () => {
    const [version] = Object.values(
      aSchema({ removalPolicy: RemovalPolicy.DESTROY }).template().findResources('AWS::Glue::SchemaVersion'),
    );
    expect([version.DeletionPolicy, version.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });

  test.each([
    ['stays', undefined, 'RetainExceptOnCreate'],
    ['goes when it may', RemovalPolicy.DESTROY, 'Delete'],
  ])('%s, as the registry of the stack does', (_, removalPolicy, expected) => {
    const { template } = aSchema({ removalPolicy });
    template().hasResource('AWS::Glue::Schema', { DeletionPolicy: expected });
    template().hasResource('AWS::Glue::Registry', { DeletionPolicy: expected });
  });

  test.each([
    [RemovalPolicy.DESTROY, RemovalPolicy.RETAIN],
    [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY],
  ])('keeps the registry while one of its schemas stays: %s, %s', (first, second) => {
    const { stack, template } = aSchema({ removalPolicy: first });
    const definition = msk.SchemaDefinition.avro(ORDER);
    new msk.TopicSchema(stack, 'payments', { definition, removalPolicy: second });
    template().hasResource('AWS::Glue::Registry', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('TopicSchema grants', () => {
  const wanted = {
    read: facts.schemas.read,
    write: facts.schemas.write,
    register: facts.schemas.register,
  };

  test.each(Object.entries(wanted) as ['read' | 'write' | 'register', string[]][])(
    '%s on this schema and its registry only',
    (verb, actions) => {
      const { schema, stack, template } = aSchema();
      schema.grants[verb](new iam.User(stack, 'User'));
      const [{ Action, Resource }] = (
        propertiesOf(template(), 'AWS::IAM::Policy') as {
          PolicyDocument: { Statement: { Action: string | string[]; Resource: object[] }[] };
        }
      ).PolicyDocument.Statement;
      expect([Action].flat()).toEqual(actions);
      expect(Resource.map((arn) => JSON.stringify(arn))).toEqual([
        expect.stringMatching(/Ref.*KafkaSchemas/),
        expect.stringMatching(/orders.*Arn/),
      ]);
    },
  );
});

describe('TopicSchema.forEventSource', () => {
  const read = (options?: msk.SchemaEventSourceOptions) => {
    const { cluster, stack, template } = aCluster();
    const fn = new lambda.Function(stack, 'Billing', {
      code: lambda.Code.fromInline('exports.handler = () => undefined'),
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
    });
    const schemaRegistry = aSchema({}, stack).schema.forEventSource(options);
    const provisionedPollers = { minimumPollers: 1 };
    fn.addEventSource(new msk.TopicEventSource(cluster.addTopic('orders'), { schemaRegistry, provisionedPollers }));
    return template();
  };
  const configOf = (template: Template) =>
    (
      propertiesOf(template, 'AWS::Lambda::EventSourceMapping') as {
        AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: object };
      }
    ).AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig;

  test('decodes the value to JSON, and lets the function read the schema', () => {
    const template = read();
    expect(configOf(template)).toEqual({
      SchemaRegistryURI: { Ref: expect.stringMatching(/^KafkaSchemas/) },
      EventRecordFormat: 'JSON',
      SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
    });
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    for (const action of [...facts.schemas.read, ...facts.schemas.findRegistry]) expect(policies).toContain(action);
  });

  test('hands the choices over', () => {
    const { KEY, VALUE } = lambda.KafkaSchemaValidationAttribute;
    const template = read({ eventRecordFormat: lambda.EventRecordFormat.SOURCE, attributes: [KEY, VALUE] });
    expect(configOf(template)).toMatchObject({
      EventRecordFormat: 'SOURCE',
      SchemaValidationConfigs: [{ Attribute: 'KEY' }, { Attribute: 'VALUE' }],
    });
  });
});

describe('TopicSchema refuses', () => {
  test.each([
    ['x', ''],
    ['x'.repeat(255), 'x'.repeat(256)],
    ['a.b-c_d$e#9', 'a b'],
  ])('takes the name %p, not %p', (good, bad) => {
    expect(() => aSchema({ schemaName: good })).not.toThrow();
    expect(() => aSchema({ schemaName: bad })).toThrow(/\[SchemaName\]/);
  });

  test('a schema of more than 170,000 characters', () => {
    const padded = (length: number) => msk.SchemaDefinition.avro(ORDER + ' '.repeat(length - ORDER.length));
    expect(() => aSchema({ definition: padded(170_000) })).not.toThrow();
    expect(() => aSchema({ definition: padded(170_001) })).toThrow(/170,000 characters, got 170,001 \[SchemaLength\]/);
  });

  test('takes a name and a schema that are not known yet', () => {
    const stack = aStack();
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    const definition = msk.SchemaDefinition.protobuf(text('Definition'));
    expect(() => aSchema({ schemaName: text('Name'), definition }, stack)).not.toThrow();
  });
});

describe('SchemaDefinition from a file', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-schemas-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test.each([
    ['avroFile', ORDER],
    ['jsonFile', '{}'],
    ['protobufFile', 'syntax = "proto3"; message Order {}'],
  ] as const)('%s holds what is in it', (read, text) => {
    const file = path.join(folder, read);
    fs.writeFileSync(file, text);
    expect(msk.SchemaDefinition[read](file).text).toBe(text);
  });
});
