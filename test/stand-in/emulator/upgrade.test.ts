import { CfnOutput, type App } from 'aws-cdk-lib';
import { AwsTools, type Question } from './support/aws-tools';
import { aCluster, type ClusterOptions } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const STANDARD = 'kafka.m7g.large';
const EXPRESS = 'express.m7g.large';
const BOTH = `${STANDARD},${EXPRESS}`;

let stage: Stage;
let tools: AwsTools;
let ClusterArn: string;

beforeAll(async () => {
  stage = await Stage.start();
  tools = await AwsTools.of(stage);
  await stage.deploy(platform());
  ({ Arn: ClusterArn } = await stage.outputs('Platform'));
});

afterAll(() => stage?.stop());

const platform =
  (options: ClusterOptions = {}) =>
  (app: App) => {
    const { attrArn, stack } = aCluster(stage.stack(app, 'Platform'), options);
    new CfnOutput(stack, 'Arn', { value: attrArn });
  };

const ask = async <Got>(name: string, given: object = {}) =>
  (await tools.kafka<[Got]>([name, { ClusterArn, ...given }]))[0];
const topic = (TopicName: string, more: object = {}): Question => [
  'create_topic',
  { ClusterArn, TopicName, PartitionCount: 2, ReplicationFactor: 3, ...more },
];

interface Described {
  readonly ClusterInfo: {
    readonly CurrentVersion: string;
    readonly Provisioned: { readonly BrokerNodeGroupInfo: Readonly<Record<string, unknown>> };
  };
}

async function nodes() {
  return (await ask<Described>('describe_cluster_v2')).ClusterInfo.Provisioned.BrokerNodeGroupInfo;
}

/** The answer, or the status and the message of a refusal. */
async function updateTo(TargetInstanceType: string, more: object = {}): Promise<unknown> {
  const { CurrentVersion } = (await ask<Described>('describe_cluster_v2')).ClusterInfo;
  return ask('update_broker_type', { CurrentVersion, TargetInstanceType, ...more });
}

const refused = (text: RegExp) => [400, expect.stringMatching(text) as string];
const begun = { ClusterArn: expect.any(String) as string, ClusterOperationArn: expect.any(String) as string };
const move = (TargetInstanceType: string, more: object = {}) =>
  ask<{ TopicReassignmentOperationArn: string }>('start_topic_reassignment', {
    ...{ TargetInstanceType, TopicsToInclude: ['.*'] },
    ...more,
  });

// the tests depend on each other: each continues where the previous one ended
describe('An upgrade from Standard to Express brokers in place', () => {
  test('is assessed, with what blocks it', async () => {
    const loose = Buffer.from('{"min.insync.replicas":"1"}').toString('base64');
    await tools.kafka(topic('orders'), topic('loose', { Configs: loose }));
    const { AssessmentArn } = await ask<{ AssessmentArn: string }>('create_assessment', {
      AssessmentType: 'UPDATE_BROKER_TYPE',
    });
    const [described, { Findings }] = await tools.kafka<[object, { Findings: object[] }]>(
      ['describe_assessment', { ClusterArn, AssessmentArn }],
      ['list_assessment_findings', { ClusterArn, AssessmentArn, Severity: 'ERROR' }],
    );
    expect(described).toMatchObject({
      Status: 'COMPLETE',
      Summary: { BySeverity: { ERROR: 1, INFO: 1 }, HasBlockingFindings: true, TotalFindings: 2 },
    });
    expect(Findings).toMatchObject([{ Category: 'TOPIC_CONFIGURATION', Resource: 'loose' }]);
  });

  test('lists its assessments until they are deleted', async () => {
    const { Assessments } = await ask<{ Assessments: { AssessmentArn: string }[] }>('list_assessments');
    const [{ AssessmentArn }] = Assessments;
    expect(await ask('delete_assessment', { AssessmentArn })).toEqual({ AssessmentArn, Status: 'DELETING' });
    expect(await ask('list_assessments')).toEqual({ Assessments: [] });
  });

  test('does not begin while something blocks it', async () => {
    expect(await updateTo(EXPRESS)).toEqual(refused(/first update the broker type to both types/));
    expect(await updateTo(BOTH)).toEqual(refused(/min.insync.replicas must be 2, not 1/));
    const Configs = Buffer.from('{"min.insync.replicas":"2"}').toString('base64');
    await ask('update_topic', { TopicName: 'loose', Configs });
    expect(await updateTo(BOTH)).toEqual(begun);
    expect(await nodes()).toMatchObject({ InstanceType: BOTH });
  });

  test('does not disturb a deployment of the template from before', async () => {
    await stage.deploy(platform({ enhancedMonitoring: 'PER_BROKER' }));
    expect(await nodes()).toMatchObject({ InstanceType: BOTH });
  });

  test('moves topics in groups, and describes how far it is', async () => {
    const { TopicReassignmentOperationArn } = await move(EXPRESS, { TopicsToExclude: ['loo.*'] });
    expect(await ask('describe_topic_reassignment', { TopicReassignmentOperationArn })).toMatchObject({
      ...{ Status: 'COMPLETE', TotalTopics: 1, MigratedPartitions: 2, TopicsToExclude: ['loo.*'] },
    });
    expect(await ask('list_topic_reassignments', { StatusFilter: 'PENDING' })).toEqual({ Reassignments: [] });
    expect(await ask('stop_topic_reassignment', { TopicReassignmentOperationArn })).toEqual(
      refused(/COMPLETE already/),
    );
  });

  test('ends only when the brokers that go have no topics', async () => {
    expect(await updateTo(EXPRESS)).toEqual(refused(/reassigned to express.m7g.large first: loose/));
    expect(await updateTo(STANDARD)).toEqual(refused(/reassigned to kafka.m7g.large first: orders/));
    await move(STANDARD);
    expect(await updateTo(STANDARD)).toEqual(begun);
    expect(await nodes()).toMatchObject({ InstanceType: STANDARD });
  });

  test('moves all topics by itself in AUTO, and ends in MANUAL', async () => {
    expect(await updateTo(BOTH, { TopicReassignment: 'AUTO' })).toEqual(begun);
    expect(await updateTo(EXPRESS)).toEqual(refused(/Set the topic reassignment to MANUAL first/));
    expect(await updateTo(BOTH, { TopicReassignment: 'MANUAL' })).toEqual(begun);
    expect(await updateTo(EXPRESS)).toEqual(begun);
    expect(await nodes()).toMatchObject({ InstanceType: EXPRESS });
    expect(await updateTo(STANDARD)).toEqual(refused(/can't move back to Standard brokers/));
  });

  test('leaves a cluster that a template with Express brokers takes over without a change', async () => {
    await stage.deploy(platform({ enhancedMonitoring: 'PER_BROKER', nodes: { instanceType: EXPRESS } }));
    expect((await stage.describe('Platform')).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await nodes()).toMatchObject({ InstanceType: EXPRESS });
  });
});
