import { Deployment } from './support/deployment';
import type { Scenario, ScenarioTopic } from './support/scenario';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start();
});

afterAll(() => deployment?.stop());

/** One of the brokers is the controller, and rarely the one that the worker asks first. */
const withTopics = (topics: Record<string, ScenarioTopic>): Scenario => ({
  kafkaVersion: '3.9.x',
  topics,
});

// the tests depend on each other: each continues where the previous one ended
describe('By the real cdk, a cluster with ZooKeeper', () => {
  test('gets its topics', async () => {
    await deployment.deploy(withTopics({ orders: {}, brief: { destroy: true } }));
    expect(await deployment.topic('orders')).toMatchObject({ partitions: 3, replicationFactor: 3 });
    expect(await deployment.topic('brief')).toBeDefined();
    const [zookeeper] = deployment.standIn.clusters[0].nodes;
    expect(zookeeper.ports).toEqual({ ZOOKEEPER: expect.any(Number) });
  });

  test('grows one, configures it and loses the other', async () => {
    await deployment.deploy(withTopics({ orders: { partitionCount: 5, other: { 'retention.ms': '1000' } } }));
    expect(await deployment.topic('orders')).toMatchObject({ partitions: 5, configs: { 'retention.ms': '1000' } });
    expect(await deployment.topic('brief')).toBeUndefined();
  });

  test('goes away with them', async () => {
    await deployment.destroy();
    expect(deployment.standIn.clusters).toEqual([]);
  });
});
