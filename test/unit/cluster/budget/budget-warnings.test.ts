import { Annotations as Notes, Size, type Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../../lib';
import { aCluster, anExpressCluster, aServerlessCluster, Match } from '../../../../testkit/stacks';

const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('cdk-msk:Budget'))
    .map(({ entry }) => entry.data as string);

type Defined = { cluster: msk.ProvisionedCluster | msk.ExpressCluster | msk.ServerlessCluster; stack: Stack };

const warned = ({ cluster, stack }: Defined, options: msk.ClusterBudgetOptions) => {
  cluster.budget(options);
  return warningsOf(stack);
};

/** Traffic of one topic that stores nothing, and that nobody else declares. */
const traffic = (rest: Partial<msk.TopicTraffic>): msk.ClusterBudgetOptions => ({
  topics: [{ topicName: 'orders', ingressMBps: 0, partitionCount: 60, stored: Size.gibibytes(0), ...rest }],
});

describe('The budget of Standard brokers', () => {
  // three kafka.m7g.large: 78.75 MB/s to the volume and 117 MB/s to the network each, of which 80 % may be used
  test.each([
    ['volumes with three replicas', { ingressMBps: 63, consumerGroups: 0 }, { ingressMBps: 63.1, consumerGroups: 0 }],
    ['the network', { ingressMBps: 63, egressMBps: 154.8 }, { ingressMBps: 63, egressMBps: 154.9 }],
    [
      'volumes with two replicas',
      { ingressMBps: 94.5, consumerGroups: 0, replicationFactor: 2 },
      { ingressMBps: 94.6, consumerGroups: 0, replicationFactor: 2 },
    ],
  ])('warns of more throughput than %s have', (_what, last, first) => {
    expect(warned(aCluster(), traffic(last))).toEqual([]);
    expect(warned(aCluster(), traffic(first))).toEqual([expect.stringContaining('cdk-msk:BudgetThroughput')]);
  });

  test("has the limit of the example in AWS's article: 800 MB/s on three kafka.m5.12xlarge with two consumer groups", () => {
    const storage = msk.BrokerStorage.local(Size.gibibytes(1000), { provisionedThroughputMiBps: 1000 });
    const large = () => aCluster({ instanceType: msk.BrokerInstanceType.M5_12XLARGE, storage });
    expect(warned(large(), traffic({ ingressMBps: 800, consumerGroups: 2 }))).toEqual([]);
    expect(warned(large(), traffic({ ingressMBps: 801, consumerGroups: 2 }))).toEqual([
      expect.stringMatching(
        /^the throughput of the volumes that the budget needs is 2403 MB\/s, but .* has 2400 MB\/s/,
      ),
    ]);
  });

  test('counts 250 MiB/s for a volume whose throughput is not provisioned', () => {
    const large = () => aCluster({ instanceType: msk.BrokerInstanceType.M5_12XLARGE });
    const [last, first] = [209.7, 209.8]; // 3 x 250 x 1.048576 x 80 % / 3
    expect(warned(large(), traffic({ ingressMBps: last }))).toEqual([]);
    expect(warned(large(), traffic({ ingressMBps: first }))).toHaveLength(1);
  });

  test('judges the highest rate, and as much of the capacity as it is told', () => {
    const high = { ...traffic({ ingressMBps: 31.5, consumerGroups: 0 }), peakFactor: 2 };
    expect(warned(aCluster(), high)).toEqual([]);
    expect(warned(aCluster(), { ...high, peakFactor: 2.1 })).toHaveLength(1);
    expect(warned(aCluster(), { ...high, maxUtilizationPercent: 79 })).toHaveLength(1);
  });

  test('warns of more records than the volumes hold with headroom, and says what would fit', () => {
    const stored = (gibibytes: number) => traffic({ stored: Size.gibibytes(gibibytes) });
    expect(warned(aCluster(), stored(83))).toEqual([]); // 83 x 3 replicas x 120 % of 3 x 100 GiB
    expect(warned(aCluster(), { ...stored(100), storageHeadroomPercent: 0 })).toEqual([]);
    expect(warned(aCluster(), stored(84))).toEqual([
      expect.stringMatching(
        /^the storage of the volumes .* is 302.4 GiB, but 3 x kafka.m7g.large with 100 GiB each has 300 GiB; 3 x kafka.* with 101 GiB each would fit .*BudgetStorage/,
      ),
    ]);
  });

  test('counts the size to which volumes grow', () => {
    const growing = () => aCluster({ storageAutoscaling: msk.StorageAutoscaling.upTo(Size.gibibytes(200)) });
    expect(warned(growing(), traffic({ stored: Size.gibibytes(166) }))).toEqual([]);
    expect(warned(growing(), traffic({ stored: Size.gibibytes(167) }))).toHaveLength(1);
  });

  test.each([
    ['connections', 9000, 9001],
    ['connectionsPerSecond', 300, 301],
  ])('warns of more %s with IAM than %d', (prop, last, first) => {
    expect(warned(aCluster(), { [prop]: last })).toEqual([]);
    expect(warned(aCluster(), { [prop]: first })).toEqual([expect.stringContaining('cdk-msk:BudgetConnections')]);
  });

  test('does not judge connections without IAM, which have no published limit', () => {
    const authentication = [msk.ClientAuthentication.scram()];
    expect(warned(aCluster({ authentication }), { connections: 100_000, connectionsPerSecond: 1000 })).toEqual([]);
  });

  test('warns of partitions that only the budget names', () => {
    expect(warned(aCluster(), traffic({ partitionCount: 900 }))).toEqual([]); // 3 x 900 + 300 of 3 x 1000
    expect(warned(aCluster(), traffic({ partitionCount: 901 }))).toEqual([
      expect.stringContaining('cdk-msk:BudgetPartitions'),
    ]);
  });

  test('leaves partitions of declared topics to the rule about them', () => {
    const { cluster, stack } = aCluster();
    cluster.addTopic('orders', { partitionCount: 901 });
    expect(warned({ cluster, stack }, {})).toEqual([]);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('PartitionsAboveRecommended'));
  });

  test('is not judged on an instance type without published figures', () => {
    const unknown = aCluster({ instanceType: msk.BrokerInstanceType.of('kafka.m9g.large') });
    expect(warned(unknown, traffic({ ingressMBps: 10_000 }))).toEqual([]);
  });
});

describe('The budget of Express brokers', () => {
  test.each([
    ['in', { ingressMBps: 46.8 }, { ingressMBps: 46.9 }],
    ['out', { ingressMBps: 20, egressMBps: 93.6 }, { ingressMBps: 20, egressMBps: 93.7 }],
  ])('warns of more throughput %s than the brokers sustain', (_direction, last, first) => {
    expect(warned(anExpressCluster(), traffic(last))).toEqual([]);
    expect(warned(anExpressCluster(), traffic(first))).toEqual([expect.stringContaining('cdk-msk:BudgetThroughput')]);
  });

  test('judges the highest rate in both directions', () => {
    const twice = (options: Partial<msk.TopicTraffic>) => ({ ...traffic(options), peakFactor: 2 });
    expect(warned(anExpressCluster(), twice({ ingressMBps: 23.4, egressMBps: 46.8 }))).toEqual([]);
    expect(warned(anExpressCluster(), twice({ ingressMBps: 23.5, egressMBps: 46.8 }))).toHaveLength(1);
    expect(warned(anExpressCluster(), twice({ ingressMBps: 23.4, egressMBps: 46.9 }))).toHaveLength(1);
  });

  test('warns of more throughput than a partition has', () => {
    const onTwo = (ingressMBps: number) => traffic({ ingressMBps, partitionCount: 2 });
    expect(warned(anExpressCluster(), onTwo(30))).toEqual([]);
    expect(warned(anExpressCluster(), onTwo(30.1))).toEqual([
      expect.stringMatching(/increase the topic's 'partitionCount'.*cdk-msk:BudgetPartitionThroughput/),
    ]);
  });

  test('does not judge storage, which has no limit', () => {
    expect(warned(anExpressCluster(), traffic({ stored: Size.tebibytes(1000) }))).toEqual([]);
  });
});

describe('The budget of a Serverless cluster', () => {
  test.each([
    ['BudgetThroughput', { ingressMBps: 200 }, { ingressMBps: 200.1 }],
    ['BudgetThroughput', { ingressMBps: 1, egressMBps: 400 }, { ingressMBps: 1, egressMBps: 400.1 }],
    ['BudgetPartitions', { partitionCount: 2400 }, { partitionCount: 2401 }],
    ['BudgetPartitionThroughput', { ingressMBps: 10, partitionCount: 2 }, { ingressMBps: 10.1, partitionCount: 2 }],
    [
      'BudgetPartitionThroughput',
      { ingressMBps: 1, egressMBps: 20, partitionCount: 2 },
      { ingressMBps: 1, egressMBps: 20.1, partitionCount: 2 },
    ],
  ])('warns of more than a quota, as %s', (id, last, first) => {
    expect(warned(aServerlessCluster(), traffic(last))).toEqual([]);
    expect(warned(aServerlessCluster(), traffic(first))).toEqual([expect.stringContaining(`cdk-msk:${id}]`)]);
  });

  test.each([
    ['connections', 3000, 3001],
    ['connectionsPerSecond', 100, 101],
  ])('warns of more %s than %d', (prop, last, first) => {
    expect(warned(aServerlessCluster(), { [prop]: last })).toEqual([]);
    expect(warned(aServerlessCluster(), { [prop]: first })).toEqual([expect.stringContaining('BudgetConnections')]);
  });
});

describe('A budget', () => {
  test('warns of a topic that nobody declares, since it may be misspelt', () => {
    const budget = { topics: [{ topicName: 'oders', ingressMBps: 0 }] };
    expect(warned(aCluster(), budget)).toEqual([
      expect.stringMatching(/topic 'oders' of the budget is not declared.*cdk-msk:BudgetTopicUndeclared/),
    ]);
  });

  test('has warnings that can be acknowledged on the cluster', () => {
    const { cluster, stack } = aCluster();
    Notes.of(cluster).acknowledgeWarning('cdk-msk:BudgetStorage', 'Records are compressed; reviewed in May');
    expect(warned({ cluster, stack }, traffic({ stored: Size.gibibytes(84) }))).toEqual([]);
  });
});
