import { CfnParameter, Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../../lib';
import metricFacts from '../../../../lib/model/facts/metrics.json';
import { aCluster, aStack } from '../../../../testkit/stacks';

const { PER_BROKER, PER_TOPIC_PER_BROKER } = msk.MonitoringLevel;
const events = (props: Partial<msk.ProvisionedClusterProps> = {}) =>
  aCluster({ clusterName: 'events', ...props }).cluster;
const metricsOf = (attributes: msk.ClusterMetricsAttributes) =>
  msk.ClusterMetrics.fromClusterName(aStack(), 'events', attributes);

/** All metric names, as MSK spells them. */
const OFFICIAL_NAMES = [metricFacts.standard, metricFacts.express].flatMap((levels) =>
  Object.values(levels).flatMap((sets) => sets.flatMap(({ names }) => names)),
);
const NOT_NAMED = ['constructor', 'metric'];

/** The one series that a metric reads. */
const seriesOf = (metric: cloudwatch.IMetric) => metric.toMetricConfig().metricStat;
/** The expression of a metric, and the expressions inside it. */
function expressionsOf(metric: cloudwatch.IMetric): string[] {
  const math = metric.toMetricConfig().mathExpression;
  return math ? [math.expression, ...Object.values(math.usingMetrics).flatMap(expressionsOf)] : [];
}
const FROM_BROKERS = `FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name") WHERE "Cluster Name" = 'events'`;

describe('The metrics of a cluster', () => {
  test('read what is sent for the cluster as one series, by its maximum', () => {
    expect(seriesOf(events().metrics.offlinePartitionsCount())).toMatchObject({
      namespace: 'AWS/Kafka',
      metricName: 'OfflinePartitionsCount',
      dimensions: [{ name: 'Cluster Name', value: 'events' }],
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
  });

  test('read what brokers have each for itself by the worst of them', () => {
    expect(expressionsOf(events().metrics.kafkaDataLogsDiskUsed())).toEqual([
      `SELECT MAX(KafkaDataLogsDiskUsed) ${FROM_BROKERS}`,
    ]);
    expect(expressionsOf(events().metrics.cpuIdle())).toEqual([`SELECT MIN(CpuIdle) ${FROM_BROKERS}`]);
  });

  test('read traffic of all brokers together, as a rate over any period', () => {
    const sum = `SELECT SUM(BytesInPerSec) ${FROM_BROKERS}`;
    expect(expressionsOf(events().metrics.bytesInPerSec())).toEqual(['sum / 5', sum]);
    expect(expressionsOf(events().metrics.bytesInPerSec({ period: Duration.minutes(1) }))).toEqual([sum]);
  });

  test('read one broker by its own series', () => {
    const { dimensions, statistic } = seriesOf(events().metrics.bytesInPerSec({ brokerId: '2' }))!;
    expect(dimensions).toEqual([
      { name: 'Broker ID', value: '2' },
      { name: 'Cluster Name', value: 'events' },
    ]);
    expect(statistic).toBe('Average');
  });

  test('read a topic over all brokers', () => {
    const metric = events().metrics.bytesOutPerSec({ topicName: 'orders', period: Duration.minutes(1) });
    expect(expressionsOf(metric)).toEqual([
      `SELECT SUM(BytesOutPerSec) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name", Topic) WHERE "Cluster Name" = 'events' AND Topic = 'orders'`,
    ]);
  });

  test('take the statistic that is asked for', () => {
    expect(expressionsOf(events().metrics.connectionCount({ statistic: 'Average' }))).toEqual([
      `SELECT AVG(ConnectionCount) ${FROM_BROKERS}`,
    ]);
    expect(seriesOf(events().metrics.cpuIdle({ brokerId: '1', statistic: 'p90' }))!.statistic).toBe('p90');
    expect(() => events().metrics.cpuIdle({ statistic: 'p90' })).toThrow(/got 'p90' \[MetricStatistic\]/);
  });

  test('of Serverless are sums that become rates', () => {
    const serverless = metricsOf({ kind: msk.ClusterKind.SERVERLESS });
    expect(expressionsOf(serverless.metric('BytesInPerSec'))).toEqual([
      'sum / 5',
      `SELECT SUM(BytesInPerSec) FROM SCHEMA("AWS/Kafka", "Cluster Name", Topic) WHERE "Cluster Name" = 'events'`,
    ]);
    const { usingMetrics } = serverless
      .metric('BytesInPerSec', { topicName: 'orders' })
      .toMetricConfig().mathExpression!;
    expect(seriesOf(usingMetrics.sum)).toMatchObject({ statistic: 'Sum' });
  });

  test('never ask for a unit, under which CloudWatch might find nothing', () => {
    expect(seriesOf(events().metrics.activeControllerCount())!.unitFilter).toBeUndefined();
  });

  test.each(Object.getOwnPropertyNames(msk.ClusterMetrics.prototype).filter((name) => !NOT_NAMED.includes(name)))(
    '%s is named as MSK names it',
    (method) => {
      const name = OFFICIAL_NAMES.find((one) => one.toLowerCase() === method.toLowerCase())!;
      const kind = name === 'StorageUsed' ? msk.ClusterKind.EXPRESS : msk.ClusterKind.STANDARD;
      const metrics = metricsOf({ kind }) as unknown as Record<string, () => cloudwatch.IMetric>;
      const metric = metrics[method]();
      expect(JSON.stringify([seriesOf(metric), expressionsOf(metric)])).toMatch(new RegExp(`\\b${name}\\b`));
    },
  );
});

describe('A metric is refused', () => {
  test('below the monitoring level that sends it, with that level', () => {
    expect(() => events().metrics.produceThrottleTime()).toThrow(
      /'ProduceThrottleTime' requires monitoring level PER_BROKER or higher, but the cluster has DEFAULT; .*\[MetricNeedsLevel\]/,
    );
    expect(() => events({ monitoringLevel: PER_BROKER }).metrics.produceThrottleTime()).not.toThrow();
  });

  test('below the level that sends it by topic', () => {
    const asked = { topicName: 'orders' };
    expect(() => events({ monitoringLevel: PER_BROKER }).metrics.messagesInPerSec(asked)).toThrow(
      /with Topic requires monitoring level PER_TOPIC_PER_BROKER or higher/,
    );
    expect(() => events({ monitoringLevel: PER_TOPIC_PER_BROKER }).metrics.messagesInPerSec(asked)).not.toThrow();
  });

  test('when the kind of cluster does not send it, with the kinds that do', () => {
    const express = metricsOf({ kind: msk.ClusterKind.EXPRESS });
    expect(() => express.metric('KafkaDataLogsDiskUsed')).toThrow(
      /'KafkaDataLogsDiskUsed' is sent by Standard brokers, but not by Express brokers \[MetricOfOtherKind\]/,
    );
    expect(() => events().metrics.metric('StorageUsed')).toThrow(
      /sent by Express brokers, but not by Standard brokers/,
    );
  });

  test('when the cluster keeps its metadata otherwise', () => {
    expect(() => events().metrics.metric('ZooKeeperSessionState')).toThrow(
      /but this cluster uses KRaft \[MetricOfOtherMetadata\]/,
    );
    expect(() =>
      events({ kafkaVersion: msk.KafkaVersion.V3_9_X }).metrics.metric('ZooKeeperSessionState'),
    ).not.toThrow();
  });

  test('when MSK has none of the name', () => {
    expect(() => events().metrics.metric('DiskUsed')).toThrow(
      /'DiskUsed' is not an MSK metric known to .*\[MetricUnknown\]/,
    );
  });

  test('when it has no such dimension', () => {
    expect(() => events().metrics.activeControllerCount({ brokerId: '1' })).toThrow(
      /'ActiveControllerCount' has the dimensions Cluster Name, but Broker ID was requested \[MetricDimension\]/,
    );
  });
});

describe('The metrics of other clusters', () => {
  const l1 = (props: object = {}) =>
    new CfnCluster(aStack(), 'L1', {
      clusterName: 'legacy',
      kafkaVersion: '3.9.x.kraft',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: ['a', 'b', 'c'], instanceType: 'kafka.m7g.large' },
      ...props,
    });

  test('of an L1 know its name, level and metadata', () => {
    const cluster = l1({ enhancedMonitoring: 'DEFAULT' });
    const metrics = msk.ClusterMetrics.fromCluster(cluster);
    expect(seriesOf(metrics.metric('GlobalTopicCount'))!.dimensions).toEqual([
      { name: 'Cluster Name', value: 'legacy' },
    ]);
    expect(() => metrics.metric('FetchThrottleTime')).toThrow(/MetricNeedsLevel/);
    expect(() => metrics.metric('ZooKeeperSessionState')).toThrow(/MetricOfOtherMetadata/);
  });

  test('of an L1 with Express brokers know their kind', () => {
    const brokerNodeGroupInfo = { clientSubnets: ['a', 'b', 'c'], instanceType: 'express.m7g.large' };
    const cluster = l1({ brokerNodeGroupInfo });
    expect(() => msk.ClusterMetrics.fromCluster(cluster).metric('CPUCreditBalance')).toThrow(/MetricOfOtherKind/);
  });

  test('are not judged by a level that nobody knows', () => {
    expect(() => metricsOf({}).metric('FetchThrottleTime')).not.toThrow();
    const stack = aStack();
    const cluster = l1({ enhancedMonitoring: new CfnParameter(stack, 'Level').valueAsString });
    expect(() => msk.ClusterMetrics.fromCluster(cluster).metric('FetchThrottleTime')).not.toThrow();
  });

  test('are judged by the attributes that are given, rather than by the construct', () => {
    const cluster = l1({ enhancedMonitoring: 'DEFAULT' });
    const metrics = msk.ClusterMetrics.fromCluster(cluster, { monitoringLevel: PER_BROKER });
    expect(() => metrics.fetchThrottleTime()).not.toThrow();
  });

  test('report what is refused on the cluster, or on the scope where only the name is known', () => {
    const attributes = { monitoringLevel: msk.MonitoringLevel.DEFAULT };
    expect(() => msk.ClusterMetrics.fromCluster(l1(), attributes).fetchThrottleTime()).toThrow(/'Stack\/L1'/);
    expect(() => metricsOf(attributes).fetchThrottleTime()).toThrow(/'Stack'/);
  });

  test('need a cluster or its name, where either will do', () => {
    expect(() => msk.ClusterDashboard.rows(aStack(), {})).toThrow(/\[WatchedClusterUnclear\]/);
  });
});

describe('The metrics of a topic', () => {
  const orders = () => events().addTopic('orders');

  test('are those of its cluster, by its name', () => {
    expect(expressionsOf(orders().metrics.bytesInPerSec({ period: Duration.minutes(1) }))[0]).toMatch(
      /Topic = 'orders'$/,
    );
    expect(() => orders().metrics.messagesInPerSec()).toThrow(/MetricNeedsLevel/);
  });

  test('have the lag of a group in records and in seconds', () => {
    expect(seriesOf(orders().metrics.lag('billing'))).toMatchObject({
      metricName: 'SumOffsetLag',
      statistic: 'Maximum',
      dimensions: [
        { name: 'Cluster Name', value: 'events' },
        { name: 'Consumer Group', value: 'billing' },
        { name: 'Topic', value: 'orders' },
      ],
    });
    expect(seriesOf(orders().metrics.timeLag('billing'))).toMatchObject({ metricName: 'EstimatedMaxTimeLag' });
  });

  test('refuse the lag of a group whose name MSK leaves out', () => {
    expect(() => orders().metrics.lag('billing:eu')).toThrow(/\[GroupWithoutLag\]/);
    expect(() => orders().metrics.lag('bücher')).toThrow(/\[GroupWithoutLag\]/);
    expect(() => orders().metrics.lag('billing-eu')).not.toThrow();
    expect(() => orders().metrics.lag(new CfnParameter(aStack(), 'Group').valueAsString)).not.toThrow();
  });
});
