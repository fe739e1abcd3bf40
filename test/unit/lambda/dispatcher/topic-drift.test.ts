import { formatIdentity } from '../../../../engine/topics/identity';
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
      aws.measured.map(({ dimensions, value }) => [dimensions.Difference ?? dimensions['Cluster Name'], value]),
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
  ])('fails with %s when nobody can tell', async (code, happen) => {
    happen();
    await expect(differences()).rejects.toThrow(new RegExp(`^${code}`));
  });
});
