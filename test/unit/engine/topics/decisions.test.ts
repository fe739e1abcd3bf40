import type { TopicSpec } from '../../../../lib/model/wire/topic';
import { propertiesOf, refusal, success } from '../../../../testkit/handling';
import { MemoryCluster } from '../../../../testkit/memory-cluster';
import { markOf, topicCalls } from '../../../../testkit/topic-calls';
import { CLUSTER_ARN } from '../../../../testkit/topics';

let cluster: MemoryCluster;
beforeEach(() => {
  cluster = new MemoryCluster();
});

const { create, remove, send, update } = topicCalls(() => cluster);

describe('Create', () => {
  test('makes the topic as declared, marked as created', async () => {
    const made = await create({ partitionCount: 6, configs: { 'retention.ms': '1000' } });
    expect(cluster.topic('orders')).toMatchObject({
      partitionCount: 6,
      replicationFactor: 3,
      configs: { 'retention.ms': '1000' },
    });
    expect(made.physicalId).toBe(`kt1:c:${cluster.clusterId}:${cluster.topic('orders')?.topicId}:orders`);
    expect(made.attributes).toEqual({
      TopicName: 'orders',
      TopicArn: `${CLUSTER_ARN.replace(':cluster/', ':topic/')}/orders`,
      TopicId: cluster.topic('orders')?.topicId,
      PartitionCount: '6',
    });
  });

  test('recognises an identical, empty topic, when the same event comes twice', async () => {
    const first = await create();
    const second = await create();
    expect(cluster.writes).toEqual(['CreateTopics']);
    expect([markOf(first), markOf(second)]).toEqual(['c', 'r']);
  });

  test('recognises it by what its configs mean, however they are written', async () => {
    const configs = { 'min.cleanable.dirty.ratio': '0.50', 'cleanup.policy': 'compact, delete' };
    cluster.make('orders', { configs: { ...configs, 'cleanup.policy': 'delete,compact' } });
    expect(markOf(await create({ configs }))).toBe('r');
    expect(cluster.writes).toEqual([]);
  });

  test('takes no ID for its own: the topic of an earlier event may be there', async () => {
    const made = await create({ partitionCount: 6 });
    expect(refusal(await send({ physicalId: made.physicalId })).code).toBe('TopicExists');
  });

  test('refuses a topic that exists with other partitions, and changes nothing', async () => {
    cluster.make('orders', { partitionCount: 6 });
    const { code, message } = refusal(await send({}));
    expect(code).toBe('TopicExists');
    expect(message).toMatch(
      /'orders' already exists \(6 partitions, replication factor 3\).*Nothing was changed.*'onExisting' to adopt/,
    );
    expect(cluster.writes).toEqual([]);
  });

  test('refuses an identical topic whose contents nobody can tell, since a partition has no leader', async () => {
    cluster.make('orders');
    cluster.offline.add('orders');
    const { code, message } = refusal(await send({}));
    expect([code, message]).toEqual(['TopicExists', expect.stringContaining('a partition without a leader')]);
  });

  test('warns of replicas that are not in sync from the start', async () => {
    cluster.outOfSync.push(3);
    expect((await create()).warnings).toEqual([
      expect.stringMatching(/^UnderReplicated: .*'orders'.* on broker 3 that/),
    ]);
  });

  test.each([{ configs: { 'retention.ms': '5' } }, { replicationFactor: 2 }, { records: 1 }])(
    'refuses a topic that exists with %p',
    async (live) => {
      cluster.make('orders', live);
      expect(refusal(await send({})).code).toBe('TopicExists');
    },
  );

  test('adopts a topic when told to: sets declared configs, grows it, and leaves the others', async () => {
    cluster.make('orders', { partitionCount: 2, records: 7, configs: { 'segment.ms': '9', 'retention.ms': '5' } });
    const adopted = await create({ onExisting: 'adopt', configs: { 'retention.ms': '6' } });
    expect(markOf(adopted)).toBe('a');
    expect(cluster.topic('orders')).toMatchObject({
      partitionCount: 3,
      records: 7,
      configs: { 'segment.ms': '9', 'retention.ms': '6' },
    });
  });

  test.each([{ partitionCount: 4 }, { replicationFactor: 2 }])(
    'refuses to adopt a topic with %p before any write',
    async (live) => {
      cluster.make('orders', { records: 1, ...live });
      expect(
        refusal(await send({ properties: propertiesOf({ onExisting: 'adopt', configs: { 'retention.ms': '6' } }) }))
          .code,
      ).toBe('AdoptionRefused');
      expect(cluster.writes).toEqual([]);
    },
  );
});

describe('Update', () => {
  test('that changes nothing writes nothing, and asks for two things', async () => {
    const made = await create({ configs: { 'retention.ms': '1000' } });
    cluster.requests.length = 0;
    const updated = success(await update(made, { configs: { 'retention.ms': ' 1000 ' }, nonce: '2' }));
    expect(cluster.requests).toEqual(['Metadata', 'DescribeConfigs']);
    expect(updated.physicalId).toBe(made.physicalId);
  });

  test.each([
    ['min.cleanable.dirty.ratio', '1', '1'],
    ['min.cleanable.dirty.ratio', '0.0001', '1e-4'],
    ['cleanup.policy', 'compact,delete', 'delete, compact'],
    ['cleanup.policy', 'compact', 'compact,compact'],
  ])('writes nothing if %s is %s and declared as %s', async (key, live, declared) => {
    const made = await create({ configs: { [key]: live } });
    expect(success(await update(made, { configs: { [key]: declared }, nonce: '2' })).warnings).toEqual([]);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test.each([
    ['3', '4'],
    ['9', '10'],
  ])('grows from %s to %s partitions', async (from, to) => {
    const made = await create({ partitionCount: Number(from) });
    const updated = success(await update(made, { partitionCount: Number(to) }));
    expect(cluster.topic('orders')?.partitionCount).toBe(Number(to));
    expect(updated).toMatchObject({ physicalId: made.physicalId, attributes: { PartitionCount: to } });
  });

  test('asks for new partitions once, after the brokers have validated the configs', async () => {
    const made = await create();
    cluster.requests.length = 0;
    success(await update(made, { partitionCount: 204, configs: { 'retention.ms': '1' } }));
    expect(cluster.writes).toEqual(['IncrementalAlterConfigs', 'CreatePartitions', 'IncrementalAlterConfigs']);
    expect(cluster.carriedOut.slice(1)).toEqual(['CreatePartitions', 'IncrementalAlterConfigs']);
  });

  test('adds more partitions than brokers accept at once in several requests', async () => {
    const made = await create();
    cluster.requests.length = 0;
    success(await update(made, { partitionCount: 20_004 }));
    expect(cluster.writes).toEqual(['CreatePartitions', 'CreatePartitions', 'CreatePartitions']);
    expect(cluster.topic('orders')?.partitionCount).toBe(20_004);
  });

  test('warns when a compacted topic grows, and not when another one does', async () => {
    cluster.make('orders', { records: 1, configs: { 'cleanup.policy': 'delete,compact' } });
    const adopted = await create({ onExisting: 'adopt' });
    const warningsOf = async (spec: Partial<TopicSpec>) => success(await update(adopted, spec)).warnings;
    expect(await warningsOf({ partitionCount: 4 })).toEqual([expect.stringMatching(/^CompactedTopicGrown: 'orders'/)]);
    expect(await warningsOf({ partitionCount: 4, nonce: '2' })).toEqual([]);
    expect(await warningsOf({ partitionCount: 5, configs: { 'cleanup.policy': 'delete' } })).not.toContainEqual(
      expect.stringMatching(/^CompactedTopicGrown/),
    );
  });

  test('refuses fewer partitions before any write', async () => {
    const made = await create({ partitionCount: 6 });
    const { code, message } = refusal(await update(made, { partitionCount: 3, configs: { 'retention.ms': '1' } }));
    expect(code).toBe('PartitionDecrease');
    expect(message).toMatch(/has 6 partitions but 3 were requested.*Nothing was changed.*6 or more/);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test.each(['rollingBack', 'unknown'] as const)('keeps the partitions when the stack is %s', async (stack) => {
    const made = await create({ partitionCount: 6 });
    const { warnings } = success(
      await update(made, { partitionCount: 3, configs: { 'retention.ms': '1' } }, { stack }),
    );
    expect(warnings).toEqual([expect.stringMatching(/^PartitionsKept/)]);
    expect(cluster.topic('orders')).toMatchObject({ partitionCount: 6, configs: { 'retention.ms': '1' } });
  });

  test('keeps the partitions when told to', async () => {
    const made = await create({ partitionCount: 6 });
    const { warnings } = success(await update(made, { partitionCount: 3, onPartitionDecrease: 'keep' }));
    expect(warnings).toEqual([expect.stringMatching(/^PartitionsKept/)]);
  });

  test('refuses another replication factor, with the recipe', async () => {
    const made = await create();
    const { code, message } = refusal(await update(made, { replicationFactor: 2 }));
    expect(code).toBe('ReplicationFactorChange');
    expect(message).toContain('kafka-reassign-partitions.sh');
  });

  test('takes another replication factor that the topic already has', async () => {
    cluster.make('orders', { replicationFactor: 2, records: 1 });
    const adopted = await create({ onExisting: 'adopt', replicationFactor: 2 });
    expect(success(await update(adopted, { replicationFactor: 2 })).warnings).toEqual([]);
  });

  test('warns of a replication factor that somebody else changed', async () => {
    cluster.make('orders', { replicationFactor: 2, records: 1 });
    const adopted = await create({ onExisting: 'adopt', replicationFactor: 2 });
    expect(success(await update(adopted, { nonce: '1' })).warnings).toEqual([
      expect.stringMatching(/^ReplicationFactorDiffers/),
    ]);
  });

  test('sets declared configs, resets those that are not declared any more, and leaves others', async () => {
    const made = await create({ configs: { 'retention.ms': '1', 'segment.ms': '2' } });
    cluster.topics.get('orders')?.configs.set('flush.ms', '3');
    const oldProperties = propertiesOf({ configs: { 'retention.ms': '1', 'segment.ms': '2' } });
    success(await update(made, { configs: { 'retention.ms': '9' } }, { oldProperties }));
    expect(cluster.topic('orders')?.configs).toEqual({ 'retention.ms': '9', 'flush.ms': '3' });
  });

  test('resets what nobody declared when told to be exact, but no throttle of replication', async () => {
    const made = await create();
    const throttle = 'leader.replication.throttled.replicas';
    cluster.topics.get('orders')?.configs.set('flush.ms', '3').set(throttle, '*');
    success(await update(made, { configDrift: 'exact' }));
    expect(cluster.topic('orders')?.configs).toEqual({ [throttle]: '*' });
  });

  describe('of a topic with a config that Kafka has removed', () => {
    const REMOVED = 'message.timestamp.difference.max.ms';
    const adopt = async () => {
      cluster.make('orders', { records: 1, configs: { [REMOVED]: '1000', 'flush.ms': '3' } });
      cluster.removedConfigs.add(REMOVED);
      return create({ onExisting: 'adopt' });
    };

    test('leaves it when no config changes', async () => {
      const adopted = await adopt();
      expect(success(await update(adopted, { partitionCount: 4 })).warnings).toEqual([]);
      expect(cluster.topic('orders')?.configs).toEqual({ [REMOVED]: '1000', 'flush.ms': '3' });
    });

    test.each(['forward', 'rollingBack'] as const)('resets it along with a change, when %s', async (stack) => {
      const updated = success(await update(await adopt(), { configs: { 'retention.ms': '9' } }, { stack }));
      expect(updated.warnings).toEqual([expect.stringMatching(`^StaleConfigReset: '${REMOVED}' was set on 'orders'`)]);
      expect(cluster.topic('orders')?.configs).toEqual({ 'retention.ms': '9', 'flush.ms': '3' });
    });

    test('hands on the refusal when it is declared', async () => {
      const answer = await update(await adopt(), { configs: { [REMOVED]: '1000' } });
      expect(refusal(answer)).toMatchObject({ code: 'InvalidConfig', message: expect.stringContaining(REMOVED) });
    });
  });

  test('makes a topic that vanished again, with a warning and a new ID', async () => {
    const made = await create();
    cluster.topics.clear();
    const updated = success(await update(made, {}));
    expect(updated.warnings).toEqual([expect.stringMatching(/^TopicVanished/)]);
    expect(updated.physicalId).not.toBe(made.physicalId);
    expect(success(await remove(made)).physicalId).toBe(made.physicalId);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test.each(['rollingBack', 'unknown'] as const)(
    'leaves a topic that somebody made again as it is when the stack is %s',
    async (stack) => {
      const made = await create();
      cluster.make('orders', { partitionCount: 2, records: 5 });
      const before = cluster.state;
      const left = success(await update(made, { configs: { 'retention.ms': '1' } }, { stack }));
      expect([left.physicalId, cluster.state]).toEqual([made.physicalId, before]);
      expect(left.warnings).toEqual([expect.stringMatching(/^TopicNotRolledBack: .*deleted and created again/)]);
    },
  );

  test('warns of a partition without a leader, and does not wait for one', async () => {
    const made = await create();
    cluster.offline.add('orders');
    const { warnings } = success(await update(made, { configs: { 'retention.ms': '1' } }));
    expect(warnings).toEqual([expect.stringMatching(/^PartitionOffline: 'orders' has a partition without a leader/)]);
  });

  test('names the value of others that it overwrites or resets, since no rollback can restore it', async () => {
    const made = await create({ configs: { 'retention.ms': '1' } });
    cluster.topics.get('orders')?.configs.set('retention.ms', '31536000000').set('flush.ms', '3');
    const oldProperties = propertiesOf({ configs: { 'retention.ms': '1' } });
    const call = { oldProperties };
    const { warnings } = success(await update(made, { configs: { 'retention.ms': '2' }, configDrift: 'exact' }, call));
    expect(warnings).toEqual([
      expect.stringMatching(/^ConfigOverwritten: 'orders' had retention.ms=31536000000, .*; it is 2 now/),
      expect.stringMatching(/^ConfigOverwritten: 'orders' had flush.ms=3, .*; it is the default now/),
    ]);
  });

  test('takes a topic that somebody made again as adopted', async () => {
    const made = await create();
    cluster.make('orders', { partitionCount: 2, records: 5 });
    const updated = success(await update(made, {}));
    expect([markOf(updated), updated.warnings[0]]).toEqual(['a', expect.stringMatching(/^TopicMadeAgain/)]);
    success(await remove(made));
    expect(cluster.topic('orders')).toMatchObject({ partitionCount: 3, records: 5 });
  });
});
