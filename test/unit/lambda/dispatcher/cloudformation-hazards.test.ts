import type { ResourceEvent } from '../../../../lambda/dispatcher/context/event';
import { Refusal } from '../../../../engine/refusal';
import { parseIdentity } from '../../../../engine/topics/identity';
import type { KafkaPorts } from '../../../../engine/kafka/ports';
import type { TopicSpec } from '../../../../lib/model/wire/topic';
import { FakeAws } from '../../../../testkit/fake-aws';
import { MemoryCluster } from '../../../../testkit/memory-cluster';
import { change, creation, removal } from '../../../../testkit/topic-events';

let cluster: MemoryCluster;
let aws: FakeAws;
/** Lets a test intercept requests between the worker and the brokers. */
let between: (port: KafkaPorts) => KafkaPorts;
beforeEach(() => {
  cluster = new MemoryCluster();
  between = (port) => port;
  aws = new FakeAws(() => between(cluster.connect()));
});

const send = (event: Partial<ResourceEvent>) => aws.send(event);
const twiceAtOnce = (event: Partial<ResourceEvent>) => Promise.all([send(event), send(event)]);
const create = async (spec: Partial<TopicSpec> = {}) => (await send(creation(spec))).PhysicalResourceId;
const refused = (event: Partial<ResourceEvent>) =>
  send(event).then(
    () => 'success',
    (error: Error) => error.message,
  );
const topicIds = (answers: { PhysicalResourceId: string }[]) =>
  new Set(answers.map(({ PhysicalResourceId }) => parseIdentity(PhysicalResourceId)?.topicId));
const count = (request: string) => cluster.carriedOut.filter((one) => one === request).length;

describe('The same event twice at once', () => {
  test('of a Create makes one topic, and both answers name it', async () => {
    const answers = await twiceAtOnce(creation({ configs: { 'retention.ms': '1000' } }));
    expect(topicIds(answers)).toEqual(new Set([cluster.topic('orders')?.topicId]));
    expect(count('CreateTopics')).toBe(1);
  });

  test('of an Update grows the topic once, and both answers carry the same ID', async () => {
    const id = await create();
    const grown = { partitionCount: 10, configs: { 'retention.ms': '1' } };
    const answers = await twiceAtOnce(change(id, {}, grown));
    expect(answers.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([id, id]);
    expect(cluster.topic('orders')).toMatchObject(grown);
    expect(count('CreatePartitions')).toBe(1);
  });

  test('of an Update to another name makes one topic, and both answers name it', async () => {
    const id = await create();
    const answers = await twiceAtOnce(change(id, {}, { topicName: 'payments', onReplace: 'delete' }));
    expect(topicIds(answers)).toEqual(new Set([cluster.topic('payments')?.topicId]));
    expect(count('CreateTopics')).toBe(2);
  });

  test('of an Update whose topic vanished makes one topic again', async () => {
    const id = await create();
    cluster.topics.clear();
    const answers = await twiceAtOnce(change(id, {}, {}));
    expect(topicIds(answers)).toEqual(new Set([cluster.topic('orders')?.topicId]));
    expect(count('CreateTopics')).toBe(2);
  });

  test('of a Delete deletes once, and both succeed', async () => {
    const id = await create();
    const answers = await twiceAtOnce(removal(id));
    expect(answers).toEqual([{ PhysicalResourceId: id }, { PhysicalResourceId: id }]);
    expect([cluster.topics.size, count('DeleteTopics')]).toEqual([0, 1]);
  });
});

describe('The same event twice in a row', () => {
  test('changes nothing the second time, whatever it is', async () => {
    const id = await create();
    const renamed = change(id, {}, { topicName: 'payments', onReplace: 'delete' });
    const grown = change(id, {}, { partitionCount: 10, configs: { 'retention.ms': '1' } });
    for (const event of [grown, renamed, removal(id)]) {
      const first = await send(event);
      const writes = cluster.writes.length;
      expect(topicIds([await send(event)])).toEqual(topicIds([first]));
      expect(cluster.writes).toHaveLength(writes);
    }
  });
});

describe('A Create that failed', () => {
  test('does not delete a topic that was there before, by the Delete that may follow', async () => {
    cluster.make('orders', { records: 9 });
    expect(await refused(creation())).toMatch(/^TopicExists/);
    const ids = ['AWSCDK::CustomResourceProviderFramework::CREATE_FAILED', 'Shop-Orders-1QXABC2DEFGH', ''];
    for (const id of ids) await send(removal(id));
    expect(cluster.topic('orders')?.records).toBe(9);
  });

  const failsAfterCreation = (meanwhile: () => void) => {
    between = (port) => {
      const created = port.topics.createTopics.bind(port.topics);
      port.topics.createTopics = async (topics) => {
        const ids = await created(topics);
        const views = port.topics.views.bind(port.topics);
        meanwhile();
        const fault = () => Promise.reject(new TypeError('a fault of ours'));
        port.cluster.view = fault;
        port.topics.views = (refs, broker) => (broker || refs.some((ref) => 'name' in ref) ? fault() : views(refs));
        return ids;
      };
      return port;
    };
  };

  test('in a later step removes what it made, by topic ID', async () => {
    failsAfterCreation(() => undefined);
    expect(await refused(creation())).toMatch(/^Unexpected: TypeError: a fault of ours/);
    expect(cluster.writes).toEqual(['CreateTopics', 'DeleteTopics']);
    expect(cluster.topics.size).toBe(0);
  });

  test('in a later step keeps what it made when somebody has written to it', async () => {
    failsAfterCreation(() => cluster.write('orders', 1));
    await refused(creation());
    expect(cluster.topic('orders')?.records).toBe(1);
  });

  test('in a later step leaves a topic that somebody made again under the name', async () => {
    failsAfterCreation(() => cluster.make('orders'));
    await refused(creation());
    expect(cluster.topics.size).toBe(1);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });
});

describe('A late Create', () => {
  test.each([
    ...['ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_COMPLETE'],
    ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'IMPORT_IN_PROGRESS'],
  ])('is refused when the stack is in %s, and makes nothing', async (status) => {
    aws.status = status;
    expect(await refused(creation())).toMatch(new RegExp(`^LateCreate: the stack is in ${status}.*deploy again`));
    expect(cluster.requests).toEqual([]);
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'SOMETHING_NEW', undefined])(
    'is no late one when the stack is in %s',
    async (status) => {
      aws.status = status;
      await create();
      expect(cluster.topics.size).toBe(1);
    },
  );

  test('that still ran when CloudFormation gave up leaves a topic that the next Create recognises', async () => {
    const [late] = await Promise.all([create(), send(removal('Shop-Orders-1QXABC2DEFGH'))]);
    const next = await create();
    expect(topicIds([{ PhysicalResourceId: next }])).toEqual(topicIds([{ PhysicalResourceId: late }]));
    expect(parseIdentity(next)?.mark).toBe('r');
  });
});

describe('A Delete with an ID that is not ours', () => {
  test.each([
    ['invented by CloudFormation', 'Shop-Orders-1QXABC2DEFGH'],
    ['the marker of a failed Create', 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED'],
    ['the marker of no ID at all', 'AWSCDK::CustomResourceProviderFramework::MISSING_PHYSICAL_ID'],
    ['empty', ''],
    ['missing', undefined],
    ['the name of the topic', 'orders'],
    ['ours with a mark that nobody knows', 'kt1:x:cluster:topic:orders'],
    ['of another version', 'kt2:c:cluster:topic:orders'],
  ])('(%s) succeeds and asks no broker', async (_, PhysicalResourceId) => {
    cluster.make('orders');
    const answer = await send(removal(PhysicalResourceId));
    expect(answer).toEqual({ PhysicalResourceId: PhysicalResourceId ?? '' });
    expect([aws.calls, cluster.requests]).toEqual([[], []]);
  });
});

describe('A late copy', () => {
  test.each(['UPDATE_COMPLETE', 'CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'of an Update is refused when the stack is in %s, and changes nothing',
    async (status) => {
      const id = await create();
      const first = change(id, {}, { configs: { 'retention.ms': '1000' } });
      await send(first);
      await send(change(id, { configs: { 'retention.ms': '1000' } }, { configs: { 'retention.ms': '604800000' } }));
      aws.status = status;
      expect(await refused(first)).toMatch(new RegExp(`^LateUpdate: the stack is in ${status}.*Nothing was changed`));
      expect(cluster.topic('orders')?.configs).toEqual({ 'retention.ms': '604800000' });
    },
  );

  test.each(['UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'CREATE_COMPLETE', 'DELETE_COMPLETE'])(
    'of a Delete leaves even an empty topic when the stack is in %s, with a warning',
    async (status) => {
      const id = await create();
      aws.status = status;
      await send(removal(id));
      expect(cluster.topics.size).toBe(1);
      expect(aws.warnings).toEqual([expect.stringMatching(new RegExp(`^TopicKept: .* in ${status}`))]);
    },
  );

  test('of the Delete of a rollback keeps the records that the rollback had kept', async () => {
    const id = await create();
    cluster.write('orders', 3);
    aws.status = 'ROLLBACK_IN_PROGRESS';
    await send(removal(id));
    await send(removal(id));
    expect(cluster.topic('orders')?.records).toBe(3);
    expect(aws.warnings).toEqual(Array(2).fill(expect.stringMatching(/^TopicKept/)));
  });
});

describe('A status of the stack that AWS does not tell', () => {
  const silent = new Refusal('AwsRefused', 'cloudformation:DescribeStacks: AccessDenied', { fix: 'allow it' });

  test('is told as the reason, for any event, and nothing is changed', async () => {
    const id = await create();
    const theirs = { topicName: 'theirs', partitionCount: 12, configs: { 'retention.ms': '1000' } };
    cluster.make('theirs', { records: 7, configs: { 'retention.ms': '604800000' } });
    const before = cluster.state;
    Object.assign(aws, { stackStatus: () => Promise.reject(silent) });
    for (const event of [creation({ topicName: 'new' }), change(id, {}, theirs), removal(id)])
      expect(await refused(event)).toMatch(/^AwsRefused: cloudformation:DescribeStacks.*Nothing was changed/);
    expect(cluster.state).toBe(before);
  });
});

describe('Numbers', () => {
  test('as texts are compared as numbers: 10 is more than 9, and 9 less than 10', async () => {
    const id = await create({ partitionCount: 9 });
    await send(change(id, { partitionCount: 9 }, { partitionCount: 10 }));
    expect(cluster.topic('orders')?.partitionCount).toBe(10);
    expect(await refused(change(id, { partitionCount: 10 }, { partitionCount: 9 }))).toMatch(
      /^PartitionDecrease: .*has 10 partitions but 9 were requested/,
    );
  });

  test('of 64 bits stay texts from the event to the broker', async () => {
    await create({ configs: { 'retention.bytes': '9223372036854775807', 'flush.messages': '9007199254740993' } });
    expect(cluster.topic('orders')?.configs).toEqual({
      'retention.bytes': '9223372036854775807',
      'flush.messages': '9007199254740993',
    });
  });

  test.each(['true', 'false'])('and booleans as texts mean what they say: AllowDataLoss %s', async (AllowDataLoss) => {
    const id = await create();
    cluster.write('orders', 1);
    const renamed = change(id, {}, { topicName: 'payments', onReplace: 'delete' });
    const ResourceProperties = { ...renamed.ResourceProperties, AllowDataLoss };
    const outcome = await refused({ ...renamed, ResourceProperties });
    expect(outcome).toMatch(AllowDataLoss === 'true' ? /^success$/ : /^ReplaceRefused/);
  });
});

describe('Properties of another version of the library', () => {
  test('are refused when they are new and unknown, with the nearest known name', async () => {
    const event = creation();
    const ResourceProperties = { ...event.ResourceProperties, partitions: '3' };
    expect(await refused({ ...event, ResourceProperties })).toMatch(
      /^UnknownProperty: 'partitions' is not a property of a topic; did you mean 'PartitionCount'\?/,
    );
    expect(cluster.requests).toEqual([]);
  });

  test.each([{ FromTheFuture: 'x' }, { SchemaVersion: '7' }, { Configs: 'unreadable', PartitionCount: 'many' }])(
    'are passed over when they are old: %p',
    async (old) => {
      const id = await create();
      const event = change(id, {}, { partitionCount: 4 });
      const OldResourceProperties = { ...event.OldResourceProperties, ...old };
      expect((await send({ ...event, OldResourceProperties })).PhysicalResourceId).toBe(id);
      const removed = removal(id, { partitionCount: 4 });
      await send({ ...removed, ResourceProperties: { ...removed.ResourceProperties, ...old } });
      expect(cluster.topics.size).toBe(0);
    },
  );
});

describe('No event comes when no property changed', () => {
  test('so what a hand changed is mended when the reconcile token changes, and only then', async () => {
    const spec = { configs: { 'retention.ms': '1000' } };
    const id = await create({ ...spec, nonce: '1' });
    cluster.topics.get('orders')?.configs.set('retention.ms', '5').set('segment.ms', '7');
    await send(change(id, { ...spec, nonce: '1' }, { ...spec, nonce: '2' }));
    expect(cluster.topic('orders')?.configs).toEqual({ 'retention.ms': '1000', 'segment.ms': '7' });
  });
});

describe('A replacement', () => {
  test('is cleaned up without the records that arrived after it', async () => {
    const id = await create({ topicName: 'e8', onReplace: 'delete' });
    const replaced = change(id, { topicName: 'e8', onReplace: 'delete' }, { topicName: 'e9', onReplace: 'delete' });
    const { PhysicalResourceId: physicalId } = await send(replaced);
    cluster.write('e8', 15);
    aws.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    aws.resources = [{ logicalId: 'Orders', physicalId }];
    await send(removal(id, { topicName: 'e8', onReplace: 'delete' }));
    expect(cluster.topic('e8')?.records).toBe(15);
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicKept: 'e8' holds records/)]);
  });
});

describe('A worker whose function is gone', () => {
  const gone = () => Promise.reject(new Refusal('WorkerGone', 'the function does not exist', { fix: 'restore it' }));

  test('fails a Delete by default, and keeps the topic when told to retain it', async () => {
    const id = await create();
    Object.assign(aws, { invoke: gone });
    expect(await refused(removal(id))).toMatch(/^WorkerGone/);
    await send(removal(id, { onUnreachable: 'retain' }));
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicKept: .*WorkerGone/)]);
    expect(cluster.topics.size).toBe(1);
  });
});

describe('Stack deletion, when the cluster', () => {
  const gone = { state: 'DELETING', securityGroupIds: [], subnetIds: [] };

  test.each([
    ['is gone', { brokers: undefined, clusterFacts: undefined }],
    ['is being deleted and has no listener any more', { brokers: {}, clusterFacts: gone }],
    ['is gone between two questions', { brokers: {}, clusterFacts: undefined }],
  ])('%s, succeeds and touches nothing', async (_, facts) => {
    const id = await create();
    aws.calls.length = 0;
    Object.assign(aws, facts);
    expect(await send(removal(id))).toEqual({ PhysicalResourceId: id });
    expect(aws.calls).toEqual([]);
  });

  test('has no listener for us any more, fails by default and says why', async () => {
    const id = await create();
    aws.brokers = {};
    expect(await refused(removal(id))).toMatch(/^NoListener/);
  });

  test('has no listener for us any more, leaves the topic when told to retain it, with a warning', async () => {
    const id = await create();
    aws.brokers = {};
    await send(removal(id, { onUnreachable: 'retain' }));
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicKept: .*NoListener/)]);
    expect(cluster.topics.size).toBe(1);
  });
});
