import type { WorkerCall } from '../../../engine/calls';
import { parseIdentity } from '../../../engine/topics/identity';
import { KafkaFailure } from '../../../engine/kafka/kafka-failure';
import type { TopicSpec } from '../../../lib/model/wire/topic';
import { aCall, handling, propertiesOf, refusal, success } from '../../../testkit/handling';
import { always, MemoryCluster } from '../../../testkit/memory-cluster';

let cluster: MemoryCluster;
beforeEach(() => {
  cluster = new MemoryCluster();
});

const send = (call: Partial<WorkerCall> = {}) => handling(aCall(call), () => cluster.connect());
const update = (physicalId: string, spec: Partial<TopicSpec> = {}) => ({
  requestType: 'Update' as const,
  physicalId,
  oldProperties: propertiesOf(),
  properties: propertiesOf(spec),
});
const grace = (permissionGraceSeconds: number) => ({ properties: propertiesOf({ permissionGraceSeconds }) });

describe('A request without a known outcome', () => {
  const LOST = { request: 'CreateTopics', error: 'NO_ANSWER', uncertain: true } as const;

  test('is looked at again: a Create that was carried out succeeds, marked as created by us', async () => {
    cluster.mishaps.push({ ...LOST, carriedOut: true });
    const made = success(await send());
    expect(parseIdentity(made.physicalId)?.mark).toBe('c');
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test('is asked again when it was not carried out', async () => {
    cluster.mishaps.push(LOST);
    expect(parseIdentity(success(await send()).physicalId)?.mark).toBe('c');
    expect(cluster.writes).toEqual(['CreateTopics', 'CreateTopics']);
  });

  test.each(['NOT_CONTROLLER', 'REQUEST_TIMED_OUT'])('may be one that says %s', async (error) => {
    cluster.mishaps.push({ request: 'CreateTopics', error, carriedOut: true });
    success(await send());
    expect(cluster.topics.size).toBe(1);
  });

  test('is told when it stays unknown to the end, and that trying again is safe', async () => {
    cluster.mishaps.push(...always(LOST));
    const { code, message } = refusal(await send());
    expect(code).toBe('OutcomeUnknown');
    expect(message).toMatch(/did not confirm in time.*it may still be carried out.*deploy again.*safe/);
  });

  test('is told along with what was changed before it', async () => {
    const { physicalId } = success(await send());
    const port = cluster.connect();
    port.topics.alterConfigs = (_, validateOnly) =>
      validateOnly
        ? Promise.resolve([undefined])
        : Promise.reject(new KafkaFailure('IncrementalAlterConfigs', 'NO_ANSWER', '', { uncertain: true }));
    const call = aCall(update(physicalId, { partitionCount: 4, configs: { 'retention.ms': '1' } }));
    expect(refusal(await handling(call, () => port)).message).toMatch(
      /^OutcomeUnknown: .* Changed: partitions of 'orders' from 3 to 4, the rest is unknown, it may still be carried out\./,
    );
  });

  test.each([
    ['CreateTopics', 'THROTTLING_QUOTA_EXCEEDED'],
    ['Metadata', 'NETWORK_EXCEPTION'],
  ] as const)('is none where %s was refused with %s: nothing was changed', async (request, error) => {
    cluster.mishaps.push(...always({ request, error }));
    expect(refusal(await send()).message).toMatch(/^OutcomeUnknown: .* Nothing was changed\./);
  });

  test('grows once, though the answer was lost', async () => {
    const made = success(await send());
    cluster.mishaps.push({ request: 'CreatePartitions', error: 'NO_ANSWER', uncertain: true, carriedOut: true });
    success(await send(update(made.physicalId, { partitionCount: 4 })));
    expect(cluster.topic('orders')?.partitionCount).toBe(4);
  });

  test('finds that somebody else grew the topic further meanwhile, and decides anew', async () => {
    const made = success(await send());
    const port = cluster.connect();
    const grow = port.topics.growTopics.bind(port.topics);
    port.topics.growTopics = (growths) => {
      Object.assign(cluster.topics.get('orders') ?? {}, { partitionCount: 9 });
      return grow(growths);
    };
    const answer = await handling(aCall(update(made.physicalId, { partitionCount: 4 })), () => port);
    expect(refusal(answer)).toEqual({
      code: 'PartitionDecrease',
      message: expect.stringContaining('has 9 partitions'),
    });
  });

  test('deletes once, though the answer was lost', async () => {
    const made = success(await send());
    cluster.mishaps.push({ request: 'DeleteTopics', error: 'NO_ANSWER', uncertain: true, carriedOut: true });
    success(await send({ requestType: 'Delete', physicalId: made.physicalId }));
    expect(cluster.topics.size).toBe(0);
  });

  test('is waited for on every broker, as if it had been answered', async () => {
    const { physicalId } = success(await send());
    const port = cluster.connect();
    port.topics.growTopics = async (growths) => {
      await cluster.connect().topics.growTopics(growths);
      cluster.lag = 9;
      throw new KafkaFailure('CreatePartitions', 'NO_ANSWER', '', { uncertain: true });
    };
    const call = aCall(update(physicalId, { partitionCount: 4 }));
    success(await handling(call, () => port));
    expect(cluster.lag).toBe(0);
  });
});

describe('A topic that the same event has made already', () => {
  test('is waited for on every broker, too', async () => {
    cluster.make('orders');
    const port = cluster.connect();
    const contents = port.topics.contents.bind(port.topics);
    port.topics.contents = async (names) => {
      cluster.lag = 9;
      return contents(names);
    };
    success(await handling(aCall(), () => port));
    expect(cluster.lag).toBe(0);
  });
});

describe('A view that lags behind', () => {
  test('does not make a topic that exists already', async () => {
    cluster.make('orders', { records: 1 });
    cluster.lag = 1;
    expect(refusal(await send()).code).toBe('TopicExists');
  });

  test('does not count as absence in an Update', async () => {
    const made = success(await send());
    cluster.lag = 1;
    const answer = await send(update(made.physicalId));
    expect(success(answer).warnings).toEqual([]);
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test('does not count as absence in a Delete', async () => {
    const made = success(await send());
    cluster.lag = 1;
    success(await send({ requestType: 'Delete', physicalId: made.physicalId }));
    expect(cluster.topics.size).toBe(0);
  });

  test('is warned of when it lasts', async () => {
    const create = async () => {
      cluster.mishaps.push({ request: 'Metadata', error: 'NO_ANSWER' });
      return success(await send());
    };
    expect((await create()).warnings).toEqual([]);
    cluster = new MemoryCluster();
    const port = cluster.connect();
    const created = port.topics.createTopics.bind(port.topics);
    port.topics.createTopics = async (topics) => {
      const ids = await created(topics);
      cluster.lag = 1_000_000;
      return ids;
    };
    expect(success(await handling(aCall(), () => port)).warnings).toEqual([expect.stringMatching(/^SlowBrokers/)]);
  });
});

describe('A refusal to authorize', () => {
  const DENIED = { request: 'CreateTopics', error: 'TOPIC_AUTHORIZATION_FAILED' } as const;

  test('is tried again for the grace period, since policies take time', async () => {
    cluster.mishaps.push(...always(DENIED).slice(0, 20));
    success(await send(grace(120)));
    expect(cluster.topics.size).toBe(1);
  });

  test('is told with the missing action and the ARN when it lasts', async () => {
    cluster.mishaps.push(...always(DENIED));
    const { code, message } = refusal(await send(grace(120)));
    expect(code).toBe('NotAuthorized');
    expect(message).toMatch(
      /'orders': the worker's role does not allow kafka-cluster:CreateTopic on arn:aws:kafka:us-east-1:000000000000:topic\/events\/[-0-9]+\/orders/,
    );
  });

  test.each([
    ['Metadata', 'kafka-cluster:DescribeTopic'],
    ['DescribeConfigs', 'kafka-cluster:DescribeTopicDynamicConfiguration'],
    ['IncrementalAlterConfigs', 'kafka-cluster:AlterTopicDynamicConfiguration'],
    ['CreatePartitions', 'kafka-cluster:AlterTopic'],
  ] as const)('to %s names %s', async (request, action) => {
    const made = success(await send());
    cluster.mishaps.push(...always({ request, error: 'TOPIC_AUTHORIZATION_FAILED' }));
    const answer = await send(update(made.physicalId, { partitionCount: 4, configs: { 'retention.ms': '1' } }));
    expect(refusal(answer).message).toContain(action);
  });

  test('to delete names the action', async () => {
    const made = success(await send());
    cluster.mishaps.push(...always({ request: 'DeleteTopics', error: 'TOPIC_AUTHORIZATION_FAILED' }));
    const answer = await send({ requestType: 'Delete', physicalId: made.physicalId, properties: propertiesOf() });
    expect(refusal(answer).message).toContain('kafka-cluster:DeleteTopic');
  });

  test('at once without a grace period', async () => {
    cluster.mishaps.push(
      ...always({
        request: 'Metadata',
        as: 'SaslAuthenticate',
        error: 'SASL_AUTHENTICATION_FAILED',
        detail: '[id]: Access denied',
      }),
    );
    const { code, message } = refusal(await send(grace(0)));
    expect(code).toBe('NotAuthenticated');
    expect(message).toMatch(/refused to authenticate the worker's role \(\[id\]: Access denied\)/);
    expect(cluster.requests).toHaveLength(1);
  });
});

describe('Brokers that do not answer', () => {
  test('are told after the patience of the dispatcher, which looks for the reason', async () => {
    cluster.mishaps.push(...always({ request: 'Metadata', error: 'NO_ANSWER', detail: 'b-1:9098: ETIMEDOUT' }));
    const { code, message } = refusal(await send());
    expect(code).toBe('Unreachable');
    expect(message).toContain('b-1:9098: ETIMEDOUT');
  });

  test('are waited for as long as the deadline allows once they have answered', async () => {
    const port = cluster.connect();
    const create = port.topics.createTopics.bind(port.topics);
    port.topics.createTopics = (topics) => {
      port.topics.createTopics = create;
      cluster.mishaps.push(...always({ request: 'Metadata', error: 'NO_ANSWER' }).slice(0, 60));
      cluster.mishaps.push({ request: 'CreateTopics', error: 'NOT_CONTROLLER' });
      return create(topics);
    };
    success(await handling(aCall(), () => port));
    expect(cluster.topics.size).toBe(1);
  });
});

describe('Fewer brokers than the cluster has', () => {
  const SCARCE = { error: 'INVALID_REPLICATION_FACTOR', detail: 'only 2 broker(s) are registered.' } as const;
  const bootstrapBrokers = 'b-1:9098,b-2:9098,b-3:9098';

  test('are waited for in a Create, since one may be restarting', async () => {
    cluster.mishaps.push(...always({ request: 'CreateTopics', ...SCARCE }).slice(0, 100));
    success(await send({ bootstrapBrokers }));
    expect(cluster.topics.size).toBe(1);
  });

  test('are waited for when a topic grows: they were enough when it was made', async () => {
    const { physicalId } = success(await send());
    cluster.mishaps.push({ request: 'CreatePartitions', ...SCARCE });
    success(await send(update(physicalId, { partitionCount: 4 })));
    expect(cluster.topic('orders')?.partitionCount).toBe(4);
  });

  test('are told when they stay fewer', async () => {
    cluster.mishaps.push(...always({ request: 'CreateTopics', ...SCARCE }));
    expect(refusal(await send({ bootstrapBrokers }))).toEqual({
      code: 'NotEnoughBrokers',
      message: expect.stringMatching(/only 2 broker\(s\).*Nothing was changed.*deploy again when all brokers are up/),
    });
  });

  test('are told at once where the cluster is not known to have as many as asked', async () => {
    const spec = { replicationFactor: 4 };
    expect(refusal(await send({ bootstrapBrokers, properties: propertiesOf(spec) })).code).toBe('NotEnoughBrokers');
    expect(cluster.writes).toEqual(['CreateTopics']);
  });

  test('are waited for where all are away', async () => {
    cluster.mishaps.push({ request: 'CreateTopics', ...SCARCE, detail: 'All brokers are currently fenced.' });
    success(await send());
  });
});

describe('A refusal that no second try cures', () => {
  test.each([
    [
      { replicationFactor: 4 },
      'NotEnoughBrokers',
      /only 3 broker\(s\) are registered\. Nothing was changed\. To fix: .*'replicationFactor'/,
    ],
    [{ topicName: 'or_ders' }, 'InvalidName', /collides with existing topic: or.ders.*'topicName'/],
    [{ configs: { 'unknown.key': '1' } }, 'InvalidConfig', /'unknown.key'.*'configs'/],
  ])('of %p is %s', async (spec, expected, words) => {
    cluster.make('or.ders');
    const { code, message } = refusal(await send({ properties: propertiesOf(spec) }));
    expect(code).toBe(expected);
    expect(message).toMatch(words);
    expect(cluster.topics.size).toBe(1);
  });

  test.each([
    ['INVALID_PARTITIONS', 'Number of partitions must be larger than 0.', 'InvalidPartitions', "'partitionCount'"],
    ['TLS_REFUSED', 'self-signed certificate', 'TlsRefused', 'certificate'],
    ['POLICY_VIOLATION', 'too many', 'PolicyViolation', 'fewer partitions now and more in a later deployment'],
    ['UNSUPPORTED_VERSION', 'too old', 'KafkaRefused', "follow the broker's message"],
  ])('%s (%s) is told as %s', async (error, detail, code, words) => {
    cluster.mishaps.push({ request: 'CreateTopics', error, detail });
    const told = refusal(await send());
    expect(told).toEqual({ code, message: expect.stringMatching(new RegExp(`${detail}.*To fix: .*${words}`)) });
    expect(cluster.requests.filter((request) => request === 'CreateTopics')).toHaveLength(1);
  });

  test('of a Delete of what is no topic of ours is NotOurs, and asks no broker', async () => {
    expect(refusal(await send({ requestType: 'Delete', physicalId: 'Shop-Orders-1ABC' })).code).toBe('NotOurs');
    expect(cluster.requests).toEqual([]);
  });

  test('of a deletion that the brokers do not allow says so', async () => {
    const made = success(await send());
    cluster.mishaps.push({ request: 'DeleteTopics', error: 'TOPIC_DELETION_DISABLED' });
    const { code, message } = refusal(await send({ requestType: 'Delete', physicalId: made.physicalId }));
    expect([code, message]).toEqual(['DeletionDisabled', expect.stringContaining("'delete.topic.enable'")]);
  });

  test('says what was changed before it', async () => {
    const made = success(await send());
    cluster.mishaps.push({ request: 'CreatePartitions', error: 'LEADER_NOT_AVAILABLE' });
    const port = cluster.connect();
    const alter = port.topics.alterConfigs.bind(port.topics);
    port.topics.alterConfigs = (changes, validateOnly) => {
      if (!validateOnly)
        cluster.mishaps.push({ request: 'IncrementalAlterConfigs', error: 'POLICY_VIOLATION', detail: 'too long' });
      return alter(changes, validateOnly);
    };
    const call = aCall(update(made.physicalId, { partitionCount: 4, configs: { 'retention.ms': '1' } }));
    expect(refusal(await handling(call, () => port)).message).toMatch(
      /PolicyViolation.*Changed: partitions of 'orders' from 3 to 4\./,
    );
  });

  test.each([
    ['CreatePartitions', 'POLICY_VIOLATION', 'PolicyViolation'],
    ['IncrementalAlterConfigs', 'INVALID_CONFIG', 'InvalidConfig'],
  ] as const)('of %s, with %s, changes neither partitions nor configs', async (request, error, code) => {
    const made = success(await send());
    cluster.mishaps.push({ request, error });
    const answer = await send(update(made.physicalId, { partitionCount: 4, configs: { 'retention.ms': '1' } }));
    expect(refusal(answer)).toEqual({ code, message: expect.stringContaining('Nothing was changed') });
    expect(cluster.topic('orders')).toMatchObject({ partitionCount: 3, configs: {} });
  });
});

describe('Properties that are no topic', () => {
  test.each([
    [{ PartitionCount: 'nine' }, 'InvalidProperty'],
    [{ Partitions: '3' }, 'UnknownProperty'],
    [{ TopicName: 'a b' }, 'InvalidTopic'],
    [{ Configs: { 'min.insync.replicas': '0' } }, 'InvalidTopic'],
  ])('%p are refused before any broker is asked', async (wrong, code) => {
    expect(refusal(await send({ properties: { ...propertiesOf(), ...wrong } })).code).toBe(code);
    expect(cluster.requests).toEqual([]);
  });

  test('cost at most 1000 bytes of words', async () => {
    const { message } = refusal(
      await send({ properties: { ...propertiesOf(), TopicName: 'ä'.repeat(5000), Configs: { a: 'x'.repeat(9000) } } }),
    );
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1000);
  });

  test('with warnings of the rules say them', async () => {
    const { warnings } = success(await send({ properties: propertiesOf({ configs: { 'min.insync.replicas': '3' } }) }));
    expect(warnings).toEqual([expect.stringMatching(/^MinIsrEqualsRf/)]);
  });
});

describe('A request that comes while its connection authenticates again', () => {
  test.each(['Metadata', 'DescribeConfigs', 'CreateTopics'] as const)('(%s) is sent again', async (request) => {
    cluster.mishaps.push({ request, error: 'ILLEGAL_SASL_STATE' });
    success(await send());
    expect(cluster.carriedOut).toEqual(['CreateTopics']);
  });
});
