import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  ListImportsCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { App, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, type Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Script } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';
import { aScripted, someThings } from './support/things';

jest.setTimeout(TEST_LIMIT_MS);

const WAIT = { maxWaitTime: 30, minDelay: 1, maxDelay: 1 };

describe('CloudFormation', () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  beforeEach(() => script.begin());

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  describe('exports', () => {
    const producer = (app: App, value: string, exported = true) => {
      const stack = stage.stack(app, 'Producer');
      new CfnResource(stack, 'Any', { type: 'AWS::CloudFormation::WaitConditionHandle' });
      if (exported) new CfnOutput(stack, 'Out', { value, exportName: 'shared' });
    };
    const consumer = (app: App) => {
      const stack = stage.stack(app, 'Consumer');
      new CfnResource(stack, 'Any', { type: 'AWS::CloudFormation::WaitConditionHandle' });
      new CfnOutput(stack, 'Seen', { value: Fn.importValue('shared'), exportName: 'back' });
    };

    /** Why the stack itself was rolled back. The CDK reports only the reasons of resources. */
    async function reasons(stackName: string): Promise<(string | undefined)[]> {
      const events = await stage.events(stackName);
      const rollbacks = events.filter(({ ResourceStatus }) => /^(UPDATE_)?ROLLBACK_IN_PROGRESS$/.test(ResourceStatus!));
      return rollbacks.map(({ ResourceStatusReason }) => ResourceStatusReason);
    }

    afterAll(async () => {
      await stage.destroy(consumer);
      await stage.destroy((app) => producer(app, ''));
    });

    test('are imported, and kept while they are', async () => {
      await stage.deploy((app) => producer(app, 'one'));
      await stage.deploy(consumer);

      expect(await stage.outputs('Consumer')).toEqual({ Seen: 'one' });
      await stage.refused((app) => producer(app, 'two'));
      await stage.refused((app) => producer(app, '', false));
      expect(await reasons('Producer')).toEqual([
        'Export shared cannot be updated as it is in use by Consumer',
        'Export shared cannot be deleted as it is in use by Consumer',
      ]);
      await expect(stage.destroy((app) => producer(app, ''))).rejects.toThrow('in use by Consumer');
      const { Imports } = await stage.cloudFormation.send(new ListImportsCommand({ ExportName: 'shared' }));
      expect(Imports).toEqual(['Consumer']);
    });

    test('may go both ways between two stacks', async () => {
      await stage.deploy((app) => {
        producer(app, 'one');
        new CfnOutput(app.node.findChild('Producer'), 'Back', { value: Fn.importValue('back') });
      });

      expect(await stage.outputs('Producer')).toMatchObject({ Back: 'one' });
      await stage.deploy((app) => producer(app, 'one'));
    });

    test('must be there, and there once', async () => {
      const importing = (app: App) => {
        const stack = stage.stack(app, 'Wrong');
        new CfnResource(stack, 'Any', { type: 'AWS::CloudFormation::WaitConditionHandle' });
        new CfnOutput(stack, 'Seen', { value: Fn.importValue('nowhere') });
      };
      const exporting = (app: App) => {
        const stack = stage.stack(app, 'Wrong');
        new CfnResource(stack, 'Any', { type: 'AWS::CloudFormation::WaitConditionHandle' });
        new CfnOutput(stack, 'Out', { value: 'x', exportName: 'shared' });
      };

      expect(await stage.refused(importing)).toContain('No export named nowhere found');
      await stage.refused(exporting);
      expect(await reasons('Wrong')).toEqual([
        expect.stringContaining('Export with name shared is already exported by stack Producer.'),
      ]);
    });
  });

  describe('templates', () => {
    /** The template of one stack, for a deployment without the CDK's deployment code. */
    function templateOf(define: (stack: Stack) => void): string {
      const app = new App({ analyticsReporting: false });
      define(stage.stack(app, 'Plain'));
      return JSON.stringify(app.synth().getStackByName('Plain').template);
    }

    const any = (stack: Stack, properties = {}) =>
      new CfnResource(stack, 'Any', {
        type: 'AWS::SSM::Parameter',
        properties: { Type: 'String', Value: 'x', ...properties },
      });

    describe('with parameters', () => {
      beforeAll(() => {
        const stored = { parameterName: '/stored', stringValue: 'from the store' };
        return stage.deploy((app) => void new ssm.StringParameter(stage.stack(app, 'Store'), 'P', stored));
      });

      const TemplateBody = () =>
        templateOf((stack) => {
          any(stack);
          const parameter = (id: string, type: string) => new CfnParameter(stack, id, { type });
          const second = Fn.select(1, parameter('Names', 'CommaDelimitedList').valueAsList);
          const stored = parameter('Stored', 'AWS::SSM::Parameter::Value<String>').valueAsString;
          const count = parameter('Count', 'Number').valueAsString;
          new CfnOutput(stack, 'All', { value: [second, stored, count].join(' ') });
        });
      const create = (values: Record<string, string>) => {
        const Parameters = Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        }));
        const StackName = 'Plain';
        return stage.cloudFormation.send(
          new CreateStackCommand({ StackName, TemplateBody: TemplateBody(), Parameters }),
        );
      };

      test.each([
        [{ Names: 'a', Stored: '/stored', Count: 'many' }, "Parameter 'Count' must be a number"],
        [{ Names: 'a' }, 'Parameters: [Count, Stored] must have values'],
        [{ Names: 'a', Other: '' }, 'Parameters: [Other] do not exist in the template'],
      ])('are refused with %j', async (values, reason) => {
        await expect(create(values)).rejects.toThrow(reason);
      });

      test('get their values by type', async () => {
        await create({ Names: 'a, b', Stored: '/stored', Count: '3' });
        await waitUntilStackCreateComplete({ client: stage.cloudFormation, ...WAIT }, { StackName: 'Plain' });

        expect(await stage.outputs('Plain')).toEqual({ All: 'b from the store 3' });
      });
    });

    test.each<[string, object, string]>([
      [
        'an unknown type',
        { Resources: { A: { Type: 'AWS::No::Type' } } },
        'Unrecognized resource types: [AWS::No::Type]',
      ],
      ['no resource', { Resources: {} }, 'At least one Resources member must be defined'],
      [
        'a reference to nothing',
        { Resources: { A: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'B' } } } } },
        'Unresolved resource dependencies [B]',
      ],
      [
        'a cycle',
        {
          Resources: { A: { Type: 'AWS::SNS::Topic', DependsOn: 'B' }, B: { Type: 'AWS::SNS::Topic', DependsOn: 'A' } },
        },
        'Circular dependency between resources: [A, B]',
      ],
      [
        'an attribute that a cluster does not have',
        {
          Resources: { A: { Type: 'AWS::MSK::Cluster' } },
          Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'BootstrapBrokers'] } } },
        },
        'resource A does not support attribute type BootstrapBrokers',
      ],
    ])('are refused with %s', async (_case, template, reason) => {
      const command = new CreateStackCommand({ StackName: 'Bad', TemplateBody: JSON.stringify(template) });

      await expect(stage.cloudFormation.send(command)).rejects.toThrow(reason);
    });

    test.each<[string, Record<string, unknown>, string]>([
      ['an unknown property', { Foo: 1 }, 'extraneous key [Foo] is not permitted'],
      ['a value that is not offered', { Tier: 'Golden' }, '#/Tier'],
      ['a missing property', { Value: undefined }, 'required key [Value] not found'],
    ])('are checked against the schema of the type: %s', async (_case, properties, reason) => {
      expect(await stage.refused((app) => void any(stage.stack(app, 'Checked'), properties))).toContain(reason);
    });

    describe('with intrinsic functions', () => {
      const Ref = (name: string) => ({ Ref: name });
      const values: [string, unknown, string][] = [
        ['Join', { 'Fn::Join': ['-', ['a', Ref('Any'), { 'Fn::GetAtt': ['Any', 'Type'] }]] }, 'a-/any-String'],
        [
          'Sub',
          { 'Fn::Sub': ['${Any} ${Any.Type} ${Own} ${!Any} ${AWS::Region}', { Own: 'x' }] },
          '/any String x ${Any} us-east-1',
        ],
        ['Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', Ref('Any')] }] }, 'any'],
        ['If', { 'Fn::If': ['Yes', 'yes', 'no'] }, 'yes'],
        ['Base64', { 'Fn::Base64': 'kafka' }, 'a2Fma2E='],
        ['FindInMap', { 'Fn::FindInMap': ['Sizes', Ref('AWS::Region'), 'Small'] }, 'm7g.large'],
        [
          'Cidr',
          { 'Fn::Join': [' ', { 'Fn::Cidr': ['10.1.0.0/16', 3, 12] }] },
          '10.1.0.0/20 10.1.16.0/20 10.1.32.0/20',
        ],
        ['GetAZs', { 'Fn::Join': [' ', { 'Fn::GetAZs': '' }] }, 'us-east-1a us-east-1b us-east-1c'],
        ['NoValue', { 'Fn::Join': [' ', ['a', Ref('AWS::NoValue'), 'b']] }, 'a b'],
      ];
      const template = {
        Mappings: { Sizes: { 'us-east-1': { Small: 'm7g.large' } } },
        Conditions: {
          East: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
          Yes: { 'Fn::And': [{ Condition: 'East' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] },
          No: { 'Fn::Not': [{ Condition: 'Yes' }] },
        },
        Resources: {
          Any: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/any', Type: 'String', Value: 'x' } },
          Absent: { Type: 'AWS::SSM::Parameter', Condition: 'No', Properties: { Type: 'String', Value: 'x' } },
        },
        Outputs: {
          ...Object.fromEntries(values.map(([name, Value]) => [name, { Value }])),
          Hidden: { Condition: 'No', Value: Ref('Absent') },
        },
      };

      test('give their values', async () => {
        const TemplateBody = JSON.stringify(template);
        await stage.cloudFormation.send(new CreateStackCommand({ StackName: 'Computed', TemplateBody }));
        await waitUntilStackCreateComplete({ client: stage.cloudFormation, ...WAIT }, { StackName: 'Computed' });

        expect(await stage.outputs('Computed')).toEqual(
          Object.fromEntries(values.map(([name, , value]) => [name, value])),
        );
      });
    });

    test('of an update that changes nothing are refused', async () => {
      const TemplateBody = templateOf((stack) => void any(stack, { Name: '/same' }));
      const { cloudFormation } = stage;
      await cloudFormation.send(new CreateStackCommand({ StackName: 'Same', TemplateBody }));
      await waitUntilStackCreateComplete({ client: cloudFormation, ...WAIT }, { StackName: 'Same' });
      await expect(cloudFormation.send(new UpdateStackCommand({ StackName: 'Same', TemplateBody }))).rejects.toThrow(
        'No updates are to be performed',
      );

      await cloudFormation.send(
        new UpdateStackCommand({ StackName: 'Same', TemplateBody: TemplateBody.replace('"x"', '"y"') }),
      );
      await waitUntilStackUpdateComplete({ client: cloudFormation, ...WAIT }, { StackName: 'Same' });
      await expect(cloudFormation.send(new ValidateTemplateCommand({ TemplateBody }))).resolves.toMatchObject({});
    });

    test('say in a change set what they replace', async () => {
      const body = (Name: string) => templateOf((stack) => void any(stack, { Name }));
      const { cloudFormation } = stage;
      await cloudFormation.send(new CreateStackCommand({ StackName: 'Changing', TemplateBody: body('/a') }));
      await waitUntilStackCreateComplete({ client: cloudFormation, ...WAIT }, { StackName: 'Changing' });
      const { Id } = await cloudFormation.send(
        new CreateChangeSetCommand({ StackName: 'Changing', ChangeSetName: 'c', TemplateBody: body('/b') }),
      );
      const { Changes } = await cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));

      expect(Changes).toMatchObject([
        {
          ResourceChange: { Action: 'Modify', LogicalResourceId: 'Any', PhysicalResourceId: '/a', Replacement: 'True' },
        },
      ]);
    });
  });

  describe('nested stacks', () => {
    const nested =
      (size: number, failing = false) =>
      (app: App) => {
        const parent = stage.stack(app, 'Parent');
        const child = new NestedStack(parent, 'Child');
        const [thing] = someThings(aScripted(child, script), { A: { Size: size } });
        new CfnOutput(parent, 'Thing', { value: thing.ref });
        if (failing) someThings(aScripted(parent, script), { Failing: {} })[0].node.addDependency(child);
      };

    test('are created, updated, rolled back and deleted with their parent', async () => {
      await stage.deploy(nested(1));
      expect(await stage.outputs('Parent')).toEqual({ Thing: 'A' });

      script.begin(({ LogicalResourceId, RequestType }) =>
        LogicalResourceId === 'Failing' && RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no' } : undefined,
      );
      await stage.refused(nested(2, true));
      await stage.destroy(nested(1));

      expect(script.lines().filter((line) => / A/.test(line))).toEqual(['Update A A', 'Update A A', 'Delete A A']);
      expect(script.events.filter(({ LogicalResourceId }) => LogicalResourceId === 'A')).toMatchObject([
        { ResourceProperties: { Size: '2' } },
        { ResourceProperties: { Size: '1' }, OldResourceProperties: { Size: '2' } },
        {},
      ]);
    });
  });
});
