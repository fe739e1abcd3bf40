/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import { aRealCluster, type RealCluster } from '../../../testkit/real-cluster';
import { type Give, GrantedClient, policyOf, refusalOf } from './granted-client';
import * as javascript from './javascript-client';
import { type Proof, PROOFS } from './proofs';
import { firstRefusal, prove } from './prove';

let real: RealCluster;
let client: GrantedClient;

beforeAll(async () => {
  real = await aRealCluster();
  for (const topic of ['orders', 'orders-dlq', 'enriched']) {
    await real.inspector.createTopic(topic, { partitions: 2 });
    await real.set.settled();
    await real.inspector.produce(topic, 10);
  }
  client = await GrantedClient.start(real);
});

afterAll(() => real?.stop());

describe.each(PROOFS)('$verb', (proof) => prove(proof, () => client));

/** No transactions: this client sends a version of AddPartitionsToTxn for brokers only, which has no IAM action. */
describe('A JavaScript client', () => {
  const may = (give: Give) => client.may(policyOf(give));

  test('writes idempotently with produce, and to no other topic', async () => {
    await may((grants, role) => grants.topic('orders').produce(role));
    await javascript.produce(client, 'orders');
    expect(await javascript.isRefused(javascript.produce(client, 'orders-dlq'))).toBe(true);
  });

  test('reads and commits with consume, and in no other group', async () => {
    await may((grants, role) => grants.topic('orders').consume(role, 'js'));
    await javascript.consume(client, 'orders', 'js');
    expect(Object.keys(await client.run('groupOffsets', { group: 'js' }))).toHaveLength(1);
    expect(await javascript.isRefused(javascript.consume(client, 'orders', 'other'))).toBe(true);
  });

  test('sees configs with describe, and no other topic', async () => {
    await may((grants, role) => grants.topic('orders').describe(role));
    await javascript.describe(client, 'orders');
    expect(await javascript.isRefused(javascript.describe(client, 'orders-dlq'))).toBe(true);
  });
});

describe('A Kafka Streams app with a store', () => {
  beforeAll(async () => {
    await real.inspector.createTopic('clicks', { partitions: 2 });
    await real.set.settled();
    await real.inspector.produce('clicks', 10);
  });

  const give: Give = (grants, role) =>
    grants
      .runStreams(role, 'counting')
      .combine(grants.topic('clicks').consume(role, 'counting'))
      .combine(grants.topic('enriched').produce(role));
  const run = (applicationId: string, count: number) =>
    client.run<number>('runStreams', { applicationId, topic: 'clicks', to: 'enriched', count });

  test('makes its internal topics, keeps its store and processes exactly once', async () => {
    await client.may(policyOf(give));
    expect(await run('counting', 10)).toBeGreaterThanOrEqual(10);
    const internal = (await real.inspector.topics()).map(({ name }) => name).filter((name) => /^counting-/.test(name));
    expect(internal.sort()).toEqual(['counting-counts-changelog', 'counting-counts-repartition']);
  });

  test('goes on while a broker is killed and comes back', async () => {
    const running = run('counting', 60);
    const producing = real.inspector.run('produceIdempotently', { topic: 'clicks', count: 60, pauseMs: 20 });
    await real.set.kill(3);
    await real.set.restart(3);
    await producing;
    expect(await running).toBeGreaterThanOrEqual(60);
    await real.set.settled();
  });

  test('is refused under another application ID', async () => {
    expect(await refusalOf(() => run('other', 1))).toMatch(/AUTHORIZATION_FAILED/);
  });
});

describe('While a broker is killed and comes back', () => {
  test('producing and consuming go on with the same permissions', async () => {
    const give: Give = (grants, role) =>
      grants.topic('orders').produce(role).combine(grants.topic('orders').consume(role, 'steady'));
    await client.may(policyOf(give));
    const before = await client.run<number>('topicOffset', { topic: 'orders' });
    const producing = client.run<number>('produceIdempotently', { topic: 'orders', count: 400, pauseMs: 20 });
    await real.set.kill(2);
    await client.run('consumeInGroup', { topic: 'orders', group: 'steady', count: 10 });
    await real.set.restart(2);
    expect(await producing).toBe(400);
    await real.set.settled();
    await client.run('consumeInGroup', { topic: 'orders', group: 'steady', count: 400 });
    expect(await client.run<number>('topicOffset', { topic: 'orders' })).toBeGreaterThan(before);
  });
});

/** Creates topics with three replicas, which is impossible while a broker is down. */
const makesTopics = ({ verb }: Proof) => /manage|Streams|produceAndConsume/.test(verb);

describe('While a broker is down', () => {
  beforeAll(() => real.set.kill(2));

  afterAll(async () => {
    await real.set.restart(2);
    await real.set.settled();
  });

  test.each(PROOFS.filter((proof) => !makesTopics(proof)))('$verb keeps what it promises', async (proof) => {
    await client.may(policyOf(proof.give));
    expect(await firstRefusal(proof, client)).toBeUndefined();
  });
});
