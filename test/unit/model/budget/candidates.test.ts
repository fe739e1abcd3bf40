import { Size } from 'aws-cdk-lib';
import * as msk from '../../../../lib';
import { aCluster, aStack, aVpc, ENVIRONMENT } from '../../../../testkit/stacks';

interface Found {
  kind: string;
  instanceType?: string;
  brokers?: number;
  volumeGiB?: number;
  monthlyCost?: number;
}

const ORDERS = { topicName: 'orders', ingressMBps: 1, partitionCount: 60, stored: Size.gibibytes(0) };

function budgetIn(
  region: string,
  options: Partial<msk.TopicTraffic>,
  props: Partial<msk.ProvisionedClusterProps> = {},
) {
  const { cluster } = aCluster(props, aStack({ env: { ...ENVIRONMENT, region } }));
  const budget = cluster.budget({ topics: [{ ...ORDERS, ...options }] });
  const { candidates, cheapest } = JSON.parse(budget.toJson()) as {
    candidates: Record<string, Found[]>;
    cheapest?: Found;
  };
  const brokersOf = (type: string) =>
    Object.values(candidates)
      .flat()
      .find(({ instanceType }) => instanceType === type)?.brokers;
  return { budget, candidates, cheapest, brokersOf };
}

const budgetOf = (options: Partial<msk.TopicTraffic>, props?: Partial<msk.ProvisionedClusterProps>) =>
  budgetIn('us-east-1', options, props);

describe('The smallest clusters that fit', () => {
  test("are six express.m7g.2xlarge in AWS's example of 100 MB/s with five consumer groups", () => {
    expect(budgetOf({ ingressMBps: 100, consumerGroups: 5 }).brokersOf('express.m7g.2xlarge')).toBe(6);
  });

  test("are three express.m7g.large in AWS's example of 45 MB/s in and 90 MB/s out", () => {
    expect(budgetOf({ ingressMBps: 45, consumerGroups: 2 }).brokersOf('express.m7g.large')).toBe(3);
  });

  test('have as many Standard brokers in each zone', () => {
    const [last, first] = [63, 63.1]; // what three kafka.m7g.large can store with three replicas
    const consumerGroups = 0;
    expect(budgetOf({ ingressMBps: last, consumerGroups }).brokersOf('kafka.m7g.large')).toBe(3);
    expect(budgetOf({ ingressMBps: first, consumerGroups }).brokersOf('kafka.m7g.large')).toBe(6);
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: aVpc(stack, 2) }, stack);
    const inTwo = cluster.budget({ topics: [{ ...ORDERS, ingressMBps: 63.1, consumerGroups }] });
    expect(inTwo.toJson()).toMatch(/"instanceType": "kafka.m7g.large",\s+"brokers": 4,/);
  });

  test('have volumes for the records with their replicas and headroom', () => {
    const [smallest] = budgetOf({ stored: Size.gibibytes(1000) }).candidates.standard;
    expect(smallest).toMatchObject({ instanceType: 'kafka.m7g.large', brokers: 3, volumeGiB: 1200 });
  });

  test('have more brokers if their volumes would be larger than 16384 GiB', () => {
    const stored = (gibibytes: number) => budgetOf({ stored: Size.gibibytes(gibibytes) }).brokersOf('kafka.m7g.large');
    expect([stored(13_653), stored(13_654)]).toEqual([3, 6]); // x 3 replicas x 120 % / 3 brokers
  });

  test('have no more brokers than the quota of a cluster', () => {
    const brokers = (partitionCount: number) => budgetOf({ partitionCount }).brokersOf('kafka.m7g.large');
    expect([brokers(19_900), brokers(19_901)]).toEqual([60, undefined]); // (60 x 1000 - 300) / 3
    const kafkaVersion = msk.KafkaVersion.of('3.8.x');
    expect(budgetOf({ partitionCount: 9_900 }, { kafkaVersion }).brokersOf('kafka.m7g.large')).toBe(30);
    expect(budgetOf({ partitionCount: 9_901 }, { kafkaVersion }).brokersOf('kafka.m7g.large')).toBeUndefined();
  });

  test('have a broker for each replica', () => {
    expect(budgetOf({ replicationFactor: 4 }).brokersOf('kafka.m7g.large')).toBe(6);
  });

  test('keep three replicas on Express brokers, whatever the topics have', () => {
    const brokers = (partitionCount: number) =>
      budgetOf({ partitionCount, replicationFactor: 2 }).brokersOf('express.m7g.large');
    expect([brokers(900), brokers(901)]).toEqual([3, 6]); // x 3 replicas + 300 of 1000 each
  });

  test('keep a replica of undeclared topics in each zone', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster } = aCluster({ vpc: aVpc(stack, 2) }, stack);
    expect(JSON.parse(cluster.budget({ topics: [ORDERS] }).toJson()).topics).toMatchObject([{ replicationFactor: 2 }]);
  });

  test('are not sought among types without published throughput', () => {
    expect(budgetOf({}).brokersOf('kafka.t3.small')).toBeUndefined();
  });

  test('include a Serverless cluster within its quotas', () => {
    expect(budgetOf({ ingressMBps: 200 }).candidates.serverless).toHaveLength(1);
    const { budget, candidates } = budgetOf({ ingressMBps: 200.1 });
    expect(candidates.serverless).toEqual([]);
    expect(budget.toTable()).toContain('Serverless: none fits');
  });

  test('include no Serverless cluster with more compacted partitions than its quota', () => {
    const serverless = (partitionCount: number) => {
      const { cluster } = aCluster();
      cluster.addTopic('state', { partitionCount, configs: { cleanupPolicy: msk.CleanupPolicy.COMPACT } });
      return JSON.parse(cluster.budget({}).toJson()).candidates.serverless;
    };
    expect(serverless(120)).toHaveLength(1);
    expect(serverless(121)).toEqual([]);
  });
});

describe('The cheapest cluster', () => {
  test('is the first of its kind, and the first of all', () => {
    const { candidates, cheapest } = budgetOf({});
    const costs = candidates.standard.map(({ monthlyCost = NaN }) => monthlyCost);
    expect(costs).toEqual([...costs].sort((one, other) => one - other));
    expect(cheapest).toMatchObject({ kind: 'standard', instanceType: 'kafka.m7g.large', brokers: 3, volumeGiB: 1 });
  });

  test('can be of another kind than the declared one', () => {
    const { budget, cheapest } = budgetOf({ stored: Size.gibibytes(10_000) });
    expect(cheapest).toMatchObject({ kind: 'express', instanceType: 'express.m7g.large' }); // it stores a record once
    expect(budget.toTable()).toContain('Cheapest: 3 x express.m7g.large');
  });

  test('is unknown without prices, and types are in the order of their vCPUs', () => {
    const { budget, candidates, cheapest } = budgetIn('eu-west-1', {});
    expect(cheapest).toBeUndefined();
    expect(candidates.standard[0].instanceType).toMatch(/[.]large$/);
    expect(candidates.standard.at(-1)?.instanceType).toBe('kafka.m5.24xlarge');
    expect(budget.toTable()).toContain('Cheapest: unknown without prices');
  });
});
