import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  ExecuteChangeSetCommand,
  GetTemplateSummaryCommand,
  type ResourceToImport,
} from '@aws-sdk/client-cloudformation';
import { App, CfnOutput, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { eventually } from '../brokers/support/scratch';
import { aCluster } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

let stage: Stage;
let topicArn: string;

/** A cluster, and a topic that is retained when it leaves the stack. */
const platform = (topic: boolean) => (app: App) => {
  const stack = stage.stack(app, 'Platform');
  const { attrArn } = aCluster(stack);
  new CfnOutput(stack, 'Arn', { value: attrArn });
  if (topic) aTopic(stack, attrArn);
};

function aTopic(stack: Stack, clusterArn: string, policy?: RemovalPolicy, partitionCount = 3): msk.CfnTopic {
  const topic = new msk.CfnTopic(stack, 'Orders', {
    clusterArn,
    topicName: 'orders',
    partitionCount,
    replicationFactor: 3,
  });
  topic.applyRemovalPolicy(policy ?? RemovalPolicy.RETAIN);
  return topic;
}

/** The template of another stack, with a parameter and anything else that a test defines. */
function shop(define: (stack: Stack) => void = () => undefined, value = 'x'): string {
  const app = new App({ analyticsReporting: false });
  const stack = stage.stack(app, 'Shop');
  new ssm.CfnParameter(stack, 'Own', { type: 'String', value });
  define(stack);
  return JSON.stringify(app.synth().getStackByName('Shop').template);
}

const clusterArn = () => topicArn.replace(':topic/', ':cluster/').replace(/\/orders$/, '');
const withTopic = (stack: Stack) => void aTopic(stack, clusterArn());

async function changeSet(TemplateBody: string, ...imported: Partial<ResourceToImport>[]): Promise<string> {
  const ResourcesToImport = imported.map((one) => ({
    ResourceType: 'AWS::MSK::Topic',
    LogicalResourceId: 'Orders',
    ResourceIdentifier: { TopicArn: topicArn },
    ...one,
  }));
  const asked = { StackName: 'Shop', ChangeSetName: 'bring', ChangeSetType: 'IMPORT', ResourcesToImport } as const;
  const { Id } = await stage.cloudFormation.send(new CreateChangeSetCommand({ ...asked, TemplateBody }));
  return Id!;
}

async function bring(TemplateBody: string, imported: Partial<ResourceToImport> = {}): Promise<string> {
  const ChangeSetName = await changeSet(TemplateBody, imported);
  const { Changes } = await stage.cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName }));
  expect(Changes).toMatchObject([{ ResourceChange: { Action: 'Import', LogicalResourceId: 'Orders' } }]);
  await stage.cloudFormation.send(new ExecuteChangeSetCommand({ ChangeSetName }));
  const status = async () => (await stage.describe('Shop')).StackStatus!;
  await eventually(async () => /^IMPORT_(ROLLBACK_)?COMPLETE$/.test(await status()));
  return status();
}

beforeAll(async () => {
  stage = await Stage.start();
  await stage.deploy(platform(true));
  const { Arn } = await stage.outputs('Platform');
  topicArn = `${Arn.replace(':cluster/', ':topic/')}/orders`;
  await stage.cloudFormation.send(new CreateStackCommand({ StackName: 'Shop', TemplateBody: shop() }));
  await eventually(async () => (await stage.describe('Shop')).StackStatus === 'CREATE_COMPLETE');
});

afterAll(() => stage?.stop());

// the tests depend on each other: each continues where the previous one ended
describe('A change set of type IMPORT', () => {
  test('takes nothing that another stack has', async () => {
    await expect(changeSet(shop(withTopic), {})).rejects.toThrow(/orders already exists in stack arn:.*Platform/);
    await stage.deploy(platform(false));
  });

  test.each<[string, () => string, Partial<ResourceToImport>[], string]>([
    ['nothing to import', () => shop(withTopic), [], 'ResourcesToImport must be specified'],
    ['what the template lacks', () => shop(), [{}], 'Resources [Orders] to import are not in the template'],
    ['another type', () => shop(withTopic), [{ ResourceType: 'AWS::MSK::Cluster' }], 'is a AWS::MSK::Topic'],
    [
      'a type that cannot be read',
      () => shop(),
      [{ LogicalResourceId: 'Own', ResourceType: 'AWS::SSM::Parameter' }],
      'ResourceTypes [AWS::SSM::Parameter] are not supported for Import',
    ],
    ['another identifier', () => shop(withTopic), [{ ResourceIdentifier: { Name: 'x' } }], 'identified by [TopicArn]'],
    [
      'no deletion policy',
      () => shop((stack) => (aTopic(stack, clusterArn()).cfnOptions.deletionPolicy = undefined)),
      [{}],
      'The following resources to import [Orders] must have DeletionPolicy',
    ],
    ['another change', () => shop(withTopic, 'y'), [{}], 'You have modified resources [Own] in your template'],
    [
      'another output',
      () =>
        shop((stack) => {
          withTopic(stack);
          new CfnOutput(stack, 'Out', { value: 'x' });
        }),
      [{}],
      'you cannot modify or add [Outputs]',
    ],
  ])('is refused with %s', async (_case, template, imported, reason) => {
    await expect(changeSet(template(), ...imported)).rejects.toThrow(reason);
  });

  test('is taken back when the resource is not there', async () => {
    const ResourceIdentifier = { TopicArn: topicArn.replace(/orders$/, 'clicks') };
    expect(await bring(shop(withTopic), { ResourceIdentifier })).toBe('IMPORT_ROLLBACK_COMPLETE');
    const reasons = (await stage.events('Shop')).map(({ ResourceStatusReason }) => ResourceStatusReason);
    expect(reasons.join()).toContain('Topic clicks does not exist.');
  });

  test('is taken back when the template has another name than the resource', async () => {
    const named = (stack: Stack) => {
      const group = new logs.CfnLogGroup(stack, 'Orders', { logGroupName: 'other' });
      group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    };
    const imported = { ResourceType: 'AWS::Logs::LogGroup', ResourceIdentifier: { LogGroupName: 'there' } };
    expect(await bring(shop(named), imported)).toBe('IMPORT_ROLLBACK_COMPLETE');
    const reasons = (await stage.events('Shop')).map(({ ResourceStatusReason }) => ResourceStatusReason);
    expect(reasons.join()).toContain('another LogGroupName than the resource to import: there');
  });

  test('brings in what is there, under its own name', async () => {
    expect(await bring(shop(withTopic))).toBe('IMPORT_COMPLETE');
    const { StackResourceDetail } = await stage.cloudFormation.send(
      new DescribeStackResourceCommand({ StackName: 'Shop', LogicalResourceId: 'Orders' }),
    );
    expect(StackResourceDetail).toMatchObject({ PhysicalResourceId: topicArn, ResourceStatus: 'UPDATE_COMPLETE' });
  });

  test('leaves a stack that is updated like any other', async () => {
    await stage.deploy((app) => {
      const stack = stage.stack(app, 'Shop');
      new ssm.CfnParameter(stack, 'Own', { type: 'String', value: 'x' });
      aTopic(stack, clusterArn(), RemovalPolicy.DESTROY, 6);
    });
    expect((await stage.describe('Shop')).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('tells a person by what a resource is found', async () => {
    const { ResourceIdentifierSummaries } = await stage.cloudFormation.send(
      new GetTemplateSummaryCommand({ StackName: 'Shop' }),
    );
    expect(ResourceIdentifierSummaries).toEqual([
      { ResourceType: 'AWS::MSK::Topic', LogicalResourceIds: ['Orders'], ResourceIdentifiers: ['TopicArn'] },
    ]);
  });
});
