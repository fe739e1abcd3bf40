/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import { aRealCluster, type RealCluster } from '../../../testkit/real-cluster';
import { type Give, GrantedClient, policyOf, refusalOf } from './granted-client';
import type { Proof } from './proofs';
import { prove } from './prove';

/** Has the groups of KIP-848, KIP-932 and KIP-1071. The other grants are proven on 3.9. */
const KAFKA = '4.4.0';
const FEATURES = ['group.version', 'share.version', 'streams.version'];
/** Members notice each other quickly, and one broker is enough. */
const QUICK = {
  ...Object.fromEntries(
    ['consumer', 'share', 'streams'].flatMap((kind) => [
      [`group.${kind}.min.heartbeat.interval.ms`, 200],
      [`group.${kind}.heartbeat.interval.ms`, 200],
    ]),
  ),
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
};

let real: RealCluster;
let client: GrantedClient;

beforeAll(async () => {
  real = await aRealCluster({ kafkaVersion: KAFKA, brokers: 1, serverProperties: QUICK });
  const { inspector, set } = real;
  for (const name of FEATURES) await inspector.run('enableFeature', { name });
  for (const topic of ['orders', 'orders-dlq', 'enriched']) {
    await inspector.createTopic(topic, { partitions: 2 });
    await set.settled();
    await inspector.produce(topic, 10);
  }
  client = await GrantedClient.start(real);
});

afterAll(() => real?.stop());

const consumer = (command: string, topic: string, group: string) => (one: GrantedClient) =>
  one.run(command, { topic, group, protocol: 'consumer' });

const CONSUMER: Proof = {
  verb: 'topic.consume, in a group of the consumer protocol',
  give: (grants, role) => grants.topic('orders').consume(role, 'billing'),
  promises: {
    'reads and commits': consumer('consumeInGroup', 'orders', 'billing'),
    'shares the group': consumer('shareGroup', 'orders', 'billing'),
    'sees its offsets': (one) => one.run('groupOffsets', { group: 'billing' }),
  },
  beyond: {
    'another group': consumer('consumeInGroup', 'orders', 'billing-2'),
    'another topic': consumer('consumeInGroup', 'orders-dlq', 'billing'),
  },
};

const share = (topic: string, group: string) => (one: GrantedClient) => one.run('consumeAsShare', { topic, group });

const SHARE: Proof = {
  verb: 'topic.consume, in a share group',
  give: (grants, role) => grants.topic('orders').consume(role, 'workers'),
  /** Records that no attempt before has acknowledged. */
  prepare: async () => {
    const config = { name: 'share.auto.offset.reset', value: 'earliest' };
    await real.inspector.run('setGroupConfig', { group: 'workers', ...config });
    await real.inspector.produce('orders', 5);
  },
  promises: { 'reads and acknowledges': share('orders', 'workers') },
  beyond: { 'another group': share('orders', 'workers-2'), 'another topic': share('orders-dlq', 'workers') },
};

describe.each([CONSUMER, SHARE])('$verb', (proof) => prove(proof, () => client));

const APP = { topic: 'orders', to: 'enriched', count: 10 };
const INTERNAL = ['counts-changelog', 'counts-repartition'];

describe.each(['classic', 'streams'])('cluster.runStreams, with the %s protocol', (protocol) => {
  const applicationId = `counting-${protocol}`;
  const give: Give = (grants, role) =>
    grants
      .runStreams(role, applicationId)
      .combine(grants.topic('orders').consume(role, applicationId))
      .combine(grants.topic('enriched').produce(role));
  const run = (id: string) => client.run<number>('runStreams', { applicationId: id, ...APP, protocol });

  test('lets an app with a store process exactly once', async () => {
    await client.may(policyOf(give));
    expect(await run(applicationId)).toBeGreaterThanOrEqual(APP.count);
    const topics = (await real.inspector.topics()).map(({ name }) => name);
    expect(topics).toEqual(expect.arrayContaining(INTERNAL.map((suffix) => `${applicationId}-${suffix}`)));
  });

  test('refuses another application ID', async () => {
    await client.may(policyOf(give));
    expect(await refusalOf(() => run('other'))).toMatch(/AUTHORIZATION_FAILED/);
  });
});
