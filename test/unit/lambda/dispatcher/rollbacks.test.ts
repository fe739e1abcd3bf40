import type { ResourceEvent } from '../../../../lambda/dispatcher/context/event';
import { Refusal } from '../../../../engine/refusal';
import { parseIdentity } from '../../../../engine/topics/identity';
import type { RequestName } from '../../../../engine/kafka/requests';
import type { TopicSpec } from '../../../../lib/model/wire/topic';
import { FakeAws } from '../../../../testkit/fake-aws';
import { always, MemoryCluster } from '../../../../testkit/memory-cluster';
import { change, creation, removal } from '../../../../testkit/topic-events';

let cluster: MemoryCluster;
let aws: FakeAws;
beforeEach(() => {
  cluster = new MemoryCluster();
  aws = new FakeAws(() => cluster.connect());
});

const create = async (spec: Partial<TopicSpec> = {}) => (await aws.send(creation(spec))).PhysicalResourceId;
const markOf = (physicalId: string) => parseIdentity(physicalId)?.mark;
const outcome = (event: Partial<ResourceEvent>) =>
  aws.send(event).then(
    ({ PhysicalResourceId }) => PhysicalResourceId,
    (error: Error) => error.message.split(':')[0],
  );
const ROLLING_BACK = [
  ['rolls back', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  ['has a status that nobody tells', undefined],
] as const;

describe('An Update with Old 6, New 3 and 6 live', () => {
  const event = (id: string) => change(id, { partitionCount: 6 }, { partitionCount: 3 });

  test('is a wish to shrink when the stack goes forward, and is refused', async () => {
    const id = await create({ partitionCount: 6 });
    expect(await outcome(event(id))).toBe('PartitionDecrease');
  });

  test.each(ROLLING_BACK)('keeps the partitions and warns when the stack %s', async (_, status) => {
    const id = await create({ partitionCount: 6 });
    aws.status = status;
    expect(await outcome(event(id))).toBe(id);
    expect(cluster.topic('orders')?.partitionCount).toBe(6);
    expect(aws.warnings).toEqual([
      expect.stringMatching(/^PartitionsKept: .*keeps its 6 partitions although 3 are declared/),
    ]);
  });
});

describe('An Update that is still running when its stack rolls back', () => {
  const before = { configs: { 'retention.ms': '1' } };
  const after = { partitionCount: 6, configs: { 'retention.ms': '9', 'segment.ms': '9' } };

  /** Lets something happen to the stack before the worker begins. */
  const meanwhile = (happen: () => Promise<unknown>) => {
    const invoke = aws.invoke.bind(aws);
    let isFirst = true;
    aws.invoke = async (functionArn, call) => {
      if (isFirst) {
        isFirst = false;
        await happen();
      }
      return invoke(functionArn, call);
    };
  };

  test('is undone, though its rollback has already come and gone', async () => {
    const id = await create(before);
    meanwhile(() => {
      aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      return aws.send(change(id, after, before));
    });
    expect(await outcome(change(id, before, after))).toBe(id);
    expect(cluster.topic('orders')?.configs).toEqual(before.configs);
  });

  test.each(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'])('is undone in %s', async (status) => {
    const id = await create(before);
    meanwhile(() => Promise.resolve((aws.status = status)));
    expect(await outcome(change(id, before, after))).toBe(id);
    expect(cluster.topic('orders')?.configs).toEqual(before.configs);
  });

  test('leaves a new topic that it made for another name, and the old one', async () => {
    const id = await create(before);
    meanwhile(() => Promise.resolve((aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS')));
    await outcome(change(id, before, { ...after, topicName: 'payments' }));
    expect(cluster.topic('orders')?.configs).toEqual(before.configs);
    expect(cluster.topic('payments')).toMatchObject(after);
  });

  test('stays when nobody tells the status any more', async () => {
    const id = await create(before);
    meanwhile(() => Promise.resolve((aws.status = undefined)));
    expect(await outcome(change(id, before, after))).toBe(id);
    const silent = () => Promise.reject(new Refusal('AwsThrottled', 'busy', { fix: 'wait' }));
    meanwhile(() => Promise.resolve(Object.assign(aws, { stackStatus: silent })));
    aws.status = 'UPDATE_IN_PROGRESS';
    expect(await outcome(change(id, after, { ...after, partitionCount: 7 }))).toBe(id);
    expect(cluster.topic('orders')).toMatchObject({ ...after, partitionCount: 7 });
  });
});

describe('The rollback of an Update', () => {
  beforeEach(() => {
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
  });
  const before = { configs: { 'retention.ms': '1' } };
  const after = { partitionCount: 6, configs: { 'retention.ms': '9', 'segment.ms': '9' } };

  test('that was half applied goes by what is live, not by Old and New', async () => {
    aws.status = 'UPDATE_IN_PROGRESS';
    const id = await create(before);
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    cluster.topics.get('orders')?.configs.set('retention.ms', '9').set('segment.ms', '9');
    expect(await outcome(change(id, after, before))).toBe(id);
    expect(cluster.topic('orders')).toMatchObject({ partitionCount: 3, configs: { 'retention.ms': '1' } });
    expect(Object.keys(cluster.topic('orders')?.configs ?? {})).toEqual(['retention.ms']);
  });

  test('that was refused before any write writes nothing', async () => {
    aws.status = 'UPDATE_IN_PROGRESS';
    const id = await create(before);
    expect(await outcome(change(id, before, { ...after, replicationFactor: 2 }))).toBe('ReplicationFactorChange');
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await outcome(change(id, { ...after, replicationFactor: 2 }, before))).toBe(id);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test('with another replication factor than the live one succeeds with a warning', async () => {
    cluster.make('orders', { replicationFactor: 2 });
    const id = `kt1:c:${cluster.clusterId}:${cluster.topic('orders')?.topicId}:orders`;
    expect(await outcome(change(id, { replicationFactor: 2 }, {}))).toBe(id);
    expect(aws.warnings).toEqual([expect.stringMatching(/^ReplicationFactorDiffers/)]);
  });

  test('whose topic vanished makes it again', async () => {
    const id = `kt1:c:${cluster.clusterId}:AbcdefghijklmnopqrstuA:orders`;
    const made = await outcome(change(id, after, before));
    expect(parseIdentity(made)).toMatchObject({ mark: 'c', topicId: cluster.topic('orders')?.topicId });
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicVanished/)]);
  });
});

describe('What stands in the way of going back', () => {
  /** Each obstacle with the expected text of the error. */
  const OBSTACLES: [string, RegExp, () => void][] = [
    ['another topic took its name', /collides with existing topic: or_ders/, () => takeName()],
    ['a value is no longer taken', /InvalidConfig/, () => refuse('IncrementalAlterConfigs', 'INVALID_CONFIG')],
    ['a permission is gone', /NotAuthorized/, () => refuse('Metadata', 'TOPIC_AUTHORIZATION_FAILED')],
    ['the worker ends', /WorkerFailed/, () => endWorker()],
  ];
  const refuse = (request: RequestName, error: string) =>
    cluster.mishaps.push(...always({ request, error, detail: 'no' }));
  const endWorker = () =>
    Object.assign(aws, { invoke: () => Promise.reject(new Refusal('WorkerFailed', 'it ended', { fix: 'try' })) });
  const takeName = () => {
    cluster.topics.delete('or.ders');
    cluster.make('or_ders', { records: 3 });
  };
  const OLD = { topicName: 'or.ders', configs: { 'retention.ms': '1' } };
  const NEW = { topicName: 'or.ders', partitionCount: 6 };
  const BACK = { topicName: 'or.ders', configs: { 'retention.ms': '2' } };

  test.each(OBSTACLES)('is left there with a warning: %s', async (_, words, obstruct) => {
    const id = await create(OLD);
    obstruct();
    const left = cluster.state;
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await outcome(change(id, NEW, BACK))).toBe(id);
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicNotRolledBack: 'or.ders' was left as it is/)]);
    expect(aws.warnings[0]).toMatch(words);
    expect(cluster.state).toBe(left);
  });

  test.each(OBSTACLES)('is refused when the stack goes forward, or nobody tells: %s', async (_, words, obstruct) => {
    const id = await create(OLD);
    obstruct();
    for (const status of ['UPDATE_IN_PROGRESS', undefined]) {
      aws.status = status;
      const refused = aws.send(change(id, NEW, BACK));
      await expect(refused).rejects.toThrow(words);
    }
  });

  test('is refused when another topic than that of the ID would have to come back', async () => {
    const id = await create({ topicName: 'payments' });
    takeName();
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await outcome(change(id, { topicName: 'payments' }, OLD))).toBe('InvalidName');
  });
});

describe.each(['retain', 'delete'] as const)('A rename with OnReplace %s', (onReplace) => {
  const [OLD, NEW] = [
    { topicName: 'orders', onReplace },
    { topicName: 'payments', onReplace },
  ];
  /** The rename succeeds, something else in the stack fails, and the stack is rolled back. */
  const rename = async (records: { old: number; new: number }) => {
    const first = await create(OLD);
    const second = await outcome(change(first, OLD, NEW));
    if (records.old > 0) cluster.write('orders', records.old);
    if (records.new > 0) cluster.write('payments', records.new);
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const third = await outcome(change(second, NEW, OLD));
    aws.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    await aws.send(removal(second, NEW));
    return { first, second, third };
  };

  test('is rolled back: the old topic is taken back, and the new one goes when nobody has written to it', async () => {
    const { first, third } = await rename({ old: 7, new: 0 });
    expect(third).toBe(first);
    expect(cluster.topic('orders')?.records).toBe(7);
    expect([...cluster.topics.keys()]).toEqual(['orders']);
  });

  test('is rolled back: the new topic stays when it holds records, with a warning', async () => {
    await rename({ old: 7, new: 5 });
    expect([cluster.topic('orders')?.records, cluster.topic('payments')?.records]).toEqual([7, 5]);
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicKept: 'payments' holds records/)]);
  });

  test('that failed is rolled back without a trace, and recognises what it left at the next try', async () => {
    const id = await create(OLD);
    cluster.make('payments', { records: 1 });
    expect(await outcome(change(id, OLD, NEW))).toBe('TopicExists');
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await outcome(change(id, NEW, OLD))).toBe(id);
    aws.status = 'UPDATE_IN_PROGRESS';
    cluster.topics.delete('payments');
    cluster.make('payments');
    expect(markOf(await outcome(change(id, OLD, NEW)))).toBe('r');
  });

  test('goes forward: the Delete of the old topic comes only when it may go', async () => {
    const id = await create(OLD);
    const renamed = await outcome(change(id, OLD, NEW));
    aws.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    aws.resources = [{ logicalId: 'Orders', physicalId: renamed }];
    if (onReplace === 'delete') await aws.send(removal(id, OLD));
    expect([...cluster.topics.keys()]).toEqual(onReplace === 'delete' ? ['payments'] : ['orders', 'payments']);
  });
});

describe('A rename that would delete records', () => {
  const [OLD, NEW] = [{ topicName: 'orders' }, { topicName: 'payments', onReplace: 'delete' as const }];

  test('is refused also when nobody tells the status of the stack', async () => {
    const id = await create(OLD);
    cluster.write('orders', 1);
    aws.status = undefined;
    expect(await outcome(change(id, OLD, NEW))).toBe('ReplaceRefused');
  });

  test('is not refused in a rollback, which deletes only what is empty', async () => {
    const id = await create(NEW);
    cluster.write('payments', 1);
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(markOf(await outcome(change(id, NEW, { ...OLD, onReplace: 'delete' })))).toBe('c');
    aws.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    await aws.send(removal(id, NEW));
    expect(cluster.topic('payments')?.records).toBe(1);
  });
});

describe('The rollback of a first deployment', () => {
  test('deletes what the stack made when it is empty, and keeps what holds records', async () => {
    const empty = await create({ topicName: 'empty' });
    const written = await create({ topicName: 'written' });
    cluster.write('written', 3);
    aws.status = 'ROLLBACK_IN_PROGRESS';
    await aws.send(removal(empty));
    await aws.send(removal(written));
    expect([...cluster.topics.keys()]).toEqual(['written']);
  });
});
