import { Deployment } from './support/deployment';
import type { Scenario } from './support/scenario';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start();
});

afterAll(() => deployment?.stop());

const ORDERS = { partitionCount: 9, other: { 'retention.ms': '604800000' } };
/** The longest name that Kafka accepts. The response to CloudFormation must still fit in 4096 bytes. */
const LONGEST = 'n'.repeat(249);
const FIRST: Scenario = {
  topics: { orders: ORDERS, 'orders.dlq': { destroy: true }, longest: { topicName: LONGEST } },
  bootstrapBrokers: true,
};
const change = (orders: object, more: Partial<Scenario> = {}): Scenario => ({
  ...FIRST,
  ...more,
  topics: { ...FIRST.topics, ...more.topics, orders: { ...ORDERS, ...orders } },
});

// the tests depend on each other: each continues where the previous one ended
describe('By the real cdk, a stack with topics', () => {
  test('deploys, and the topics are on the brokers', async () => {
    await deployment.deploy(FIRST);
    const [orders, dlq] = [await deployment.topic('orders'), await deployment.topic('orders.dlq')];
    expect(orders).toMatchObject({ partitions: 9, replicationFactor: 3, configs: { 'retention.ms': '604800000' } });
    expect(dlq).toMatchObject({ partitions: 3, replicationFactor: 3, configs: {} });
    expect(await deployment.topic(LONGEST)).toMatchObject({ partitions: 3 });
  });

  test('writes nothing to the brokers when only the reconcile token changed', async () => {
    const before = await deployment.writes();
    expect(await deployment.deploy(change({ reconcileToken: '2' }))).toMatch(/UPDATE_COMPLETE|✅/);
    expect(await deployment.writes()).toEqual(before);
  });

  test('mends what somebody changed by hand when the reconcile token changes, and only then', async () => {
    const byHand = { set: { 'retention.ms': '1', 'segment.ms': '60000' } };
    await (await deployment.inspector()).alterConfigs('orders', byHand);
    expect(await deployment.deploy(change({ reconcileToken: '2' }))).toContain('(no changes)');
    expect(await deployment.topic('orders')).toMatchObject({ configs: byHand.set });
    await deployment.deploy(change({ reconcileToken: '3' }));
    const configs = { ...byHand.set, ...ORDERS.other };
    expect(await deployment.topic('orders')).toMatchObject({ configs });
    await (await deployment.inspector()).alterConfigs('orders', { remove: ['segment.ms'] });
  });

  test('grows from 9 to 10 partitions, and sets and resets configs', async () => {
    await (await deployment.inspector()).produce('orders', 50);
    const other = { 'retention.bytes': '1073741824' };
    await deployment.deploy(change({ reconcileToken: '3', partitionCount: 10, other }));
    const { configs, latestOffset, partitions } = (await deployment.topic('orders')) ?? {};
    expect([partitions, configs, latestOffset]).toEqual([10, other, 50]);
  });

  test('is rolled back when an update is refused, with the partitions that were added', async () => {
    const refused = { 'orders.dlq': { destroy: true, partitionCount: 2 } };
    const { code, output } = await deployment.tryToDeploy(change({ partitionCount: 12 }, { topics: refused }));
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/PartitionDecrease: topic 'orders.dlq' has 3 partitions but 2 were requested/),
    ]);
    expect(await deployment.stackStatus('Platform')).toBe('UPDATE_ROLLBACK_COMPLETE');
    const orders = await deployment.topic('orders');
    expect([10, 12]).toContain(orders?.partitions);
    expect(orders?.latestOffset).toBe(50);
  });

  test('goes on after the rollback', async () => {
    await deployment.deploy(change({ partitionCount: 12 }));
    expect(await deployment.topic('orders')).toMatchObject({ partitions: 12, latestOffset: 50 });
  });

  test('deletes the one of two topics that may go', async () => {
    const { 'orders.dlq': _, ...topics } = change({ partitionCount: 12 }).topics;
    await deployment.deploy({ ...FIRST, topics });
    expect(await deployment.topic('orders.dlq')).toBeUndefined();
    expect(await deployment.topic('orders')).toBeDefined();
  });

  test('is destroyed, with its cluster and its brokers', async () => {
    await deployment.destroy();
    expect(deployment.standIn.clusters).toEqual([]);
  });
});
