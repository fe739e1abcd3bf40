import { formatIdentity } from '../../../../engine/topics/identity';
import type { ScheduledTopic } from '../../../../lib/model/wire/drift';
import type { TopicSpec } from '../../../../lib/model/wire/topic';
import { FakeAws } from '../../../../testkit/fake-aws';
import { propertiesOf } from '../../../../testkit/handling';
import { always, MemoryCluster } from '../../../../testkit/memory-cluster';

let cluster: MemoryCluster;
let aws: FakeAws;
beforeEach(() => {
  cluster = new MemoryCluster();
  aws = new FakeAws(() => cluster.connect());
});

/** A topic whose declaration matches what was created. */
function declared(
  spec: Partial<TopicSpec> = {},
  topicId = cluster.topic('orders')?.topicId ?? 'GoneGoneGoneGoneGoneGo',
) {
  const PhysicalId = formatIdentity({ mark: 'c', clusterId: cluster.clusterId, topicId, name: 'orders' });
  return { ...propertiesOf(spec), PhysicalId };
}

async function differences(topic = declared()) {
  await aws.sendDrift({ Report: 'TopicDrift', Topics: [topic] });
  return aws.lines.find(({ message }) => message.startsWith('topic '))?.fields?.differences;
}

describe('The report of drift', () => {
  test('says that a topic is as declared, and measures zero', async () => {
    cluster.make('orders');
    expect(await differences()).toEqual([]);
    expect(aws.lines.map(({ message }) => message)).toContain('topic is as declared');
    expect(aws.measured.map(({ value }) => value)).toEqual(aws.measured.map(() => 0));
  });

  test('tells configs that were set, changed or taken away by hand', async () => {
    cluster.make('orders', { configs: { 'retention.ms': '5', 'segment.ms': '7' } });
    const spec = { configs: { 'retention.ms': '9', 'cleanup.policy': 'compact' } } as const;
    expect(await differences(declared({ ...spec, configDrift: 'exact' }))).toEqual([
      {
        kind: 'Configs',
        text: 'retention.ms=9 declared, 5 live; cleanup.policy=compact declared, nothing live; segment.ms not declared, 7 live',
      },
    ]);
  });

  test('tells a config that Kafka has removed when it is to go', async () => {
    cluster.make('orders', { configs: { 'message.format.version': '3.0' } });
    cluster.removedConfigs.add('message.format.version');
    const text = 'message.format.version not declared, a value that brokers no longer know live';
    expect(await differences(declared({ configDrift: 'exact' }))).toEqual([{ kind: 'Configs', text }]);
  });

  test('takes a value that brokers print in another way for the same', async () => {
    cluster.make('orders', { configs: { 'min.cleanable.dirty.ratio': '1', 'cleanup.policy': 'delete,compact' } });
    const configs = { 'min.cleanable.dirty.ratio': '1', 'cleanup.policy': 'compact,delete' };
    expect(await differences(declared({ configs, configDrift: 'exact' }))).toEqual([]);
  });

  test('passes over configs that nobody declared, unless drift is to go', async () => {
    cluster.make('orders', { configs: { 'segment.ms': '7' } });
    expect(await differences()).toEqual([]);
  });

  test.each([2, 4])('tells another number of partitions, %i', async (partitionCount) => {
    cluster.make('orders', { partitionCount });
    expect(await differences()).toEqual([{ kind: 'PartitionCount', text: `3 declared, ${partitionCount} live` }]);
  });

  test('tells another replication factor', async () => {
    cluster.make('orders', { replicationFactor: 2 });
    expect(await differences()).toEqual([{ kind: 'ReplicationFactor', text: '3 declared, 2 live' }]);
  });

  test('tells a topic that has gone', async () => {
    expect(await differences()).toEqual([{ kind: 'Missing', text: 'the topic does not exist' }]);
  });

  test('tells a topic that somebody made again', async () => {
    cluster.make('orders');
    const topic = declared({}, 'OldOldOldOldOldOldOldO');
    expect(await differences(topic)).toEqual([expect.objectContaining({ kind: 'MadeAgain' })]);
  });

  test('tells that another cluster answers', async () => {
    const topic = declared();
    cluster = new MemoryCluster();
    expect(await differences(topic)).toEqual([expect.objectContaining({ kind: 'OtherCluster' })]);
  });

  test('tells a value that no topic can have', async () => {
    expect(await differences(declared({ partitionCount: 0 }))).toEqual([
      { kind: 'Refused', text: expect.stringMatching(/^InvalidTopic: 'partitionCount'/) },
    ]);
  });

  test('tells an ID that is not ours', async () => {
    expect(await differences({ ...declared(), PhysicalId: 'Shop-Orders-1ABC' })).toEqual([
      { kind: 'Refused', text: expect.stringMatching(/^NotOurs/) },
    ]);
  });

  test('measures how many topics differ, of the cluster and by kind', async () => {
    cluster.make('orders', { partitionCount: 4, replicationFactor: 2 });
    await differences();
    const measured = Object.fromEntries(
      aws.measured
        .filter(({ name }) => name === 'TopicDrift')
        .map(({ dimensions, value }) => [dimensions.Difference ?? dimensions['Cluster Name'], value]),
    );
    expect(measured).toMatchObject({ events: 1, PartitionCount: 1, ReplicationFactor: 1, Configs: 0 });
  });

  test('writes nothing', async () => {
    cluster.make('orders', { partitionCount: 1, configs: { 'segment.ms': '7' } });
    await differences(declared({ configs: { 'retention.ms': '9' }, configDrift: 'exact' }));
    expect(cluster.writes).toEqual([]);
  });

  test('looks again when a broker does not answer', async () => {
    cluster.make('orders');
    cluster.mishaps.push({ request: 'Metadata', error: 'NO_ANSWER' });
    expect(await differences()).toEqual([]);
  });

  test.each([
    ['Unreachable', () => cluster.mishaps.push(...always({ request: 'Metadata', error: 'NO_ANSWER' }))],
    ['ClusterNotFound', () => (aws.brokers = undefined)],
    ['NoListener', () => (aws.brokers = {})],
    ['Unexpected', () => (aws.bootstrapBrokers = () => Promise.reject(new TypeError('a mistake')))],
  ])('logs %s and measures the topic when nobody can compare it', async (code, happen) => {
    happen();
    expect(await differences()).toBeUndefined();
    expect(reasons()).toEqual([expect.stringMatching(new RegExp(`^${code}`))]);
    expect(sums()).toEqual({ TopicDriftFailed: 1, TopicDrift: 0 });
  });

  test('measures zero failures when all topics are compared', async () => {
    cluster.make('orders');
    await differences();
    expect(aws.measured).toContainEqual({
      name: 'TopicDriftFailed',
      value: 0,
      dimensions: { 'Cluster Name': 'events' },
    });
  });
});

/** Why topics were not compared. */
const reasons = () =>
  aws.lines.filter(({ message }) => message === 'topic not compared').map(({ fields }) => fields?.reason);

/** What was measured of the cluster, whatever the kind of difference. */
const sums = () =>
  Object.fromEntries(
    aws.measured.filter(({ dimensions }) => !dimensions.Difference).map(({ name, value }) => [name, value]),
  );

/** The kinds of differences of each topic that was compared. */
const kinds = () =>
  aws.lines
    .filter(({ message }) => ['topic differs', 'topic is as declared'].includes(message))
    .map(({ fields }) => (fields?.differences as { kind: string }[]).map(({ kind }) => kind));

const send = (...Topics: ScheduledTopic[]) => aws.sendDrift({ Report: 'TopicDrift', Topics });

describe('One topic that cannot be compared', () => {
  beforeEach(() => cluster.make('orders'));

  test('is denied, and the others are compared without a wait', async () => {
    cluster.mishaps.push({ request: 'Metadata', error: 'TOPIC_AUTHORIZATION_FAILED' });
    await send(declared(), declared());
    expect(kinds()).toEqual([['Denied'], []]);
    expect(aws.time.now()).toBe(0);
    expect(sums()).toEqual({ TopicDriftFailed: 0, TopicDrift: 1 });
  });

  test.each([
    ['Authentication', 'ouija'],
    ['Worker', 'nobody'],
    ['ClusterArn', ''],
    ['Configs', 'none'],
  ])('has an unreadable %s, and the others are compared', async (property, value) => {
    await send({ ...declared(), [property]: value }, declared());
    expect(kinds().sort()).toEqual([[], ['Refused']]);
    expect(sums()).toEqual({ TopicDriftFailed: 0, TopicDrift: 1 });
    expect(aws.measured[0].dimensions).toEqual({ 'Cluster Name': 'events' });
  });

  test('has brokers that do not get further, and the others are compared', async () => {
    const busy = { request: 'Metadata', error: 'LEADER_NOT_AVAILABLE' } as const;
    cluster.mishaps.push(...Array.from({ length: 20 }, () => busy));
    await send(declared(), declared());
    expect(kinds()).toEqual([[]]);
    expect(reasons()).toEqual([expect.stringMatching(/^OutcomeUnknown/)]);
    expect(sums()).toEqual({ TopicDriftFailed: 1, TopicDrift: 0 });
  });

  test('belongs to a group without a usable secret, and the other group is compared', async () => {
    aws.brokers = { BootstrapBrokerStringSaslIam: 'b-1:9098', BootstrapBrokerStringSaslScram: 'b-1:9096' };
    const Secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_admin-AbCdEf';
    await send({ ...declared(), Authentication: 'scram', Secret }, declared());
    expect(kinds()).toEqual([[]]);
    expect(reasons()).toEqual([expect.stringMatching(/^InvalidSecret/)]);
    expect(sums()).toEqual({ TopicDriftFailed: 1, TopicDrift: 0 });
  });

  test('costs no further waits when no broker answers', async () => {
    cluster.mishaps.push(...always({ request: 'Metadata', error: 'NO_ANSWER' }));
    await send(...Array.from({ length: 50 }, () => declared()));
    expect(sums()).toEqual({ TopicDriftFailed: 50, TopicDrift: 0 });
    expect(aws.time.now()).toBeLessThanOrEqual(60_000);
  });
});
