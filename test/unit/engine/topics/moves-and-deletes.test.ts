import { propertiesOf, refusal, success } from '../../../../testkit/handling';
import { MemoryCluster } from '../../../../testkit/memory-cluster';
import { markOf, topicCalls } from '../../../../testkit/topic-calls';
import { CLUSTER_ARN } from '../../../../testkit/topics';

let cluster: MemoryCluster;
beforeEach(() => {
  cluster = new MemoryCluster();
});

const { create, remove, update } = topicCalls(() => cluster);

describe('Update to another name', () => {
  test('makes a new topic and leaves the old one', async () => {
    const made = await create();
    const updated = success(await update(made, { topicName: 'payments' }));
    expect(markOf(updated)).toBe('c');
    expect([...cluster.topics.keys()]).toEqual(['orders', 'payments']);
  });

  test('refuses to delete records by it', async () => {
    const made = await create();
    cluster.write('orders', 12);
    const { code, message } = refusal(await update(made, { topicName: 'payments', onReplace: 'delete' }));
    expect(code).toBe('ReplaceRefused');
    expect(message).toMatch(/'orders' would be replaced by 'payments' and deleted, along with 12 records/);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test.each([{ allowDataLoss: true }, { onReplace: 'retain' as const }])('goes on with %p', async (choice) => {
    const made = await create();
    cluster.write('orders', 12);
    success(await update(made, { topicName: 'payments', onReplace: 'delete', ...choice }));
    expect(cluster.topic('payments')).toBeDefined();
  });

  test.each([
    ['adopted', { onExisting: 'adopt', partitionCount: 4 }],
    ['recognised', {}],
  ] as const)('goes on when the old topic was %s, since its records will not go', async (_, spec) => {
    cluster.make('orders');
    const ours = await create(spec);
    cluster.write('orders', 12);
    const updated = success(await update(ours, { topicName: 'payments', onReplace: 'delete' }));
    success(await remove(ours, { stack: 'forward' }));
    expect([markOf(updated), cluster.topic('orders')?.records]).toEqual(['c', 12]);
  });

  test('refuses a name that is taken', async () => {
    const made = await create();
    cluster.make('payments', { records: 1 });
    expect(refusal(await update(made, { topicName: 'payments' })).code).toBe('TopicExists');
  });

  test.each([
    ['c', {}, () => undefined],
    ['a', { onExisting: 'adopt' as const }, () => cluster.make('orders', { partitionCount: 2 })],
    ['r', {}, () => cluster.make('orders')],
  ])('takes the old topic back in a rollback, with its mark %s', async (mark, spec, prepare) => {
    prepare();
    const made = await create(spec);
    cluster.write('orders', 12);
    const renamed = success(await update(made, { topicName: 'payments' }));
    const back = success(await update(renamed, { configs: { 'retention.ms': '1' } }, { stack: 'rollingBack' }));
    expect([markOf(made), back.physicalId]).toEqual([mark, made.physicalId]);
    expect(cluster.topic('orders')).toMatchObject({ records: 12, configs: { 'retention.ms': '1' } });
  });

  test('leaves a topic in a rollback that is not the one that was renamed, and stands for the new one', async () => {
    const made = await create();
    const renamed = success(await update(made, { topicName: 'payments' }));
    cluster.topics.delete('orders');
    cluster.make('orders', { partitionCount: 2, records: 7, configs: { 'retention.ms': '9' } });
    const before = cluster.state;
    const back = success(await update(renamed, { configs: { 'retention.ms': '1' } }, { stack: 'rollingBack' }));
    expect([back.physicalId, cluster.state]).toEqual([renamed.physicalId, before]);
    expect(back.attributes?.TopicName).toBe('payments');
    expect(back.warnings).toEqual([
      expect.stringMatching(/^TopicNotRolledBack: 'payments' was left.*'orders' that exists/),
    ]);
  });

  test.each([{}, { onExisting: 'adopt' as const }])(
    'writes to no topic that exists while nobody tells where the stack is going, with %p',
    async (choice) => {
      const made = await create();
      cluster.make('theirs', { records: 7, configs: { 'retention.ms': '604800000' } });
      const before = cluster.state;
      const spec = { topicName: 'theirs', partitionCount: 12, configs: { 'retention.ms': '1000' }, ...choice };
      expect(refusal(await update(made, spec, { stack: 'unknown' })).code).toBe('TopicExists');
      expect(cluster.state).toBe(before);
    },
  );
});

describe('Another Kafka cluster behind the address', () => {
  const elsewhere = { ...propertiesOf(), ClusterArn: CLUSTER_ARN.replace('events', 'other') };

  test('of the same cluster ARN is refused, and its topics stay as they are', async () => {
    const made = await create();
    cluster = new MemoryCluster();
    cluster.make('orders', { partitionCount: 1, records: 3 });
    const before = cluster.state;
    const { code, message } = refusal(await update(made, { configs: { 'retention.ms': '1' } }));
    expect(code).toBe('ClusterMismatch');
    expect(message).toMatch(/'orders' is on the Kafka cluster .* whose ARN has not changed\. Nothing was changed/);
    expect(cluster.state).toBe(before);
  });

  test.each(['rollingBack', 'unknown'] as const)(
    'of the same ARN is left alone when the stack is %s',
    async (stack) => {
      const made = await create();
      cluster = new MemoryCluster();
      cluster.make('orders', { partitionCount: 1, records: 3 });
      const before = cluster.state;
      const left = success(await update(made, { configs: { 'retention.ms': '1' } }, { stack }));
      expect([left.physicalId, cluster.state]).toEqual([made.physicalId, before]);
      expect(left.warnings).toEqual([expect.stringMatching(/^TopicNotRolledBack: .*another Kafka cluster answers/)]);
    },
  );

  test('of another declared ARN makes another topic', async () => {
    const made = await create();
    cluster = new MemoryCluster();
    expect(markOf(success(await update(made, {}, { oldProperties: elsewhere })))).toBe('c');
    const renamed = { topicName: 'other', onReplace: 'delete' as const };
    expect(refusal(await update(made, renamed, { oldProperties: elsewhere })).code).toBe('ReplaceRefused');
  });
});

describe('Delete', () => {
  test('deletes by topic ID', async () => {
    const made = await create();
    cluster.write('orders', 3);
    success(await remove(made));
    expect(cluster.topics.size).toBe(0);
  });

  test('succeeds twice', async () => {
    const made = await create();
    success(await remove(made));
    expect(success(await remove(made)).physicalId).toBe(made.physicalId);
  });

  test('leaves a topic of the same name and another ID', async () => {
    const made = await create();
    cluster.topics.clear();
    cluster.make('orders', { records: 1 });
    success(await remove(made));
    expect(cluster.topic('orders')?.records).toBe(1);
  });

  test('touches nothing on another cluster, even under the same topic ID', async () => {
    const made = await create();
    const topicId = cluster.topic('orders')?.topicId;
    cluster = new MemoryCluster();
    cluster.make('orders');
    Object.assign(cluster.topics.get('orders') ?? {}, { topicId });
    success(await remove(made));
    expect(cluster.writes).toEqual([]);
    expect(cluster.topics.size).toBe(1);
  });

  test.each([2, 3])('leaves an adopted topic of %i partitions, even an empty one', async (partitionCount) => {
    cluster.make('orders', { partitionCount });
    const adopted = await create({ onExisting: 'adopt' });
    success(await remove(adopted));
    expect(cluster.topic('orders')).toBeDefined();
  });

  test.each(['rollingBack', 'unknown'] as const)('keeps records when the stack is %s', async (stack) => {
    const made = await create();
    cluster.write('orders', 1);
    expect(success(await remove(made, { stack })).warnings).toEqual([expect.stringMatching(/^TopicKept/)]);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test('deletes an empty topic in a rollback', async () => {
    const made = await create();
    success(await remove(made, { stack: 'rollingBack' }));
    expect(cluster.topics.size).toBe(0);
  });

  test('keeps a recognised topic that holds records', async () => {
    await create();
    const recognised = await create();
    cluster.write('orders', 1);
    expect(success(await remove(recognised)).warnings).toHaveLength(1);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test('keeps what was written before a replacement is cleaned up, unless a template allows the loss', async () => {
    const made = await create();
    const renamed = async (allowDataLoss: boolean) =>
      success(await update(made, { topicName: `payments-${allowDataLoss}`, onReplace: 'delete', allowDataLoss }));
    const [kept, lost] = [await renamed(false), await renamed(true)];
    cluster.write('orders', 15);
    expect(success(await remove(made, { replacedBy: kept.physicalId })).warnings).toEqual([
      expect.stringMatching(/^TopicKept/),
    ]);
    expect(cluster.topic('orders')?.records).toBe(15);
    success(await remove(made, { replacedBy: lost.physicalId }));
    expect(cluster.topic('orders')).toBeUndefined();
  });

  test('cleans up an empty topic, and one whose own template allowed the loss', async () => {
    const made = await create();
    cluster.write('orders', 15);
    const properties = propertiesOf({ allowDataLoss: true });
    success(await remove(made, { replacedBy: 'kt1:c:x:y:payments', properties }));
    const empty = await create();
    success(await remove(empty, { replacedBy: 'kt1:c:x:y:payments' }));
    expect(cluster.topics.size).toBe(0);
  });

  test('keeps a topic whose contents nobody can tell, since a partition has no leader', async () => {
    const made = await create();
    cluster.offline.add('orders');
    expect(success(await remove(made, { stack: 'rollingBack' })).warnings).toEqual([
      expect.stringMatching(/^TopicKept: 'orders' has a partition without a leader/),
    ]);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test('reads properties that another version of the library wrote', async () => {
    const made = await create();
    success(await remove(made, { properties: { ...propertiesOf(), FromTheFuture: 'x' } }));
    expect(cluster.topics.size).toBe(0);
  });
});
