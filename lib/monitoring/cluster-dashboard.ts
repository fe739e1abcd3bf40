import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type MonitoredCluster, monitoredCluster, type MonitoredClusterProps } from './metrics/monitored-cluster';
import facts from '../model/facts/metrics.json';
import { mergeOf, seriesFor, unitOf } from '../model/rules/metrics';
import { ClusterMetrics } from './metrics/cluster-metrics';
import { MonitoringLevel } from './metrics/monitoring-level';

/** Which cluster the dashboard shows. */
export interface ClusterDashboardProps extends MonitoredClusterProps {
  /**
   * Name of the dashboard.
   *
   * @default - CloudFormation makes one
   */
  readonly dashboardName?: string;
}

/** One graph: metrics of one unit. */
interface Panel {
  readonly title: string;
  readonly metrics: readonly string[];
  /**
   * A line for each of them.
   *
   * @default - as the section has it
   */
  readonly per?: Per;
}

type Per = 'cluster' | 'Broker ID' | 'Client Authentication' | 'Topic' | 'Consumer Group';

interface Section {
  readonly title: string;
  readonly per: Per;
  readonly panels: readonly Panel[];
}

const partsOf = (request: string) =>
  ['RequestQueue', 'Local', 'ResponseQueue', 'ResponseSend'].map((part) => `${request}${part}TimeMsMean`);

/** First what a person on call needs. What a cluster does not send is left out, and a graph with nothing in it as well. */
const SECTIONS: readonly Section[] = [
  {
    title: 'Cluster',
    per: 'cluster',
    panels: [
      {
        title: 'Health',
        metrics: [
          'OfflinePartitionsCount',
          'UnderReplicatedPartitions',
          'UnderMinIsrPartitionCount',
          'ActiveControllerCount',
        ],
      },
      { title: 'Traffic', metrics: ['BytesInPerSec', 'BytesOutPerSec'] },
      { title: 'Records in', metrics: ['MessagesInPerSec'] },
      { title: 'Largest lag in records', metrics: ['MaxOffsetLag'] },
      { title: 'Largest lag in seconds', metrics: ['EstimatedMaxTimeLag'] },
      { title: 'Fullest disk', metrics: ['KafkaDataLogsDiskUsed'] },
      { title: 'Storage', metrics: ['StorageUsed'] },
      { title: 'Least CPU left', metrics: ['CpuIdle'] },
      { title: 'Fullest heap', metrics: ['HeapMemoryAfterGC'] },
      { title: 'Least memory left', metrics: ['MemoryFree'] },
      { title: 'Connections', metrics: ['ConnectionCount'] },
      {
        title: 'Connections of clients by authentication',
        metrics: ['ClientConnectionCount'],
        per: 'Client Authentication',
      },
      { title: 'New connections', metrics: ['ConnectionCreationRate'] },
      { title: 'Slowest requests', metrics: ['ProduceTotalTimeMsMean', 'FetchConsumerTotalTimeMsMean'] },
      { title: 'Where produce requests wait longest', metrics: partsOf('Produce') },
      { title: 'Where fetch requests wait longest', metrics: partsOf('FetchConsumer') },
      { title: 'Throttling', metrics: ['ProduceThrottleTime', 'FetchThrottleTime', 'RequestThrottleTime'] },
      { title: 'Least left of threads', metrics: ['RequestHandlerAvgIdlePercent', 'NetworkProcessorAvgIdlePercent'] },
      {
        title: 'Conversions for old clients',
        metrics: ['ProduceMessageConversionsPerSec', 'FetchMessageConversionsPerSec'],
      },
    ],
  },
  {
    title: 'By broker',
    per: 'Broker ID',
    panels: [
      'BytesInPerSec',
      'BytesOutPerSec',
      'KafkaDataLogsDiskUsed',
      'CpuIdle',
      'ConnectionCount',
      'PartitionCount',
      'LeaderCount',
      'ProduceTotalTimeMsMean',
    ].map((name) => ({ title: name, metrics: [name] })),
  },
  {
    title: 'By topic',
    per: 'Topic',
    panels: ['BytesInPerSec', 'BytesOutPerSec', 'MessagesInPerSec'].map((name) => ({ title: name, metrics: [name] })),
  },
  {
    title: 'By consumer group',
    per: 'Consumer Group',
    panels: ['SumOffsetLag', 'EstimatedMaxTimeLag'].map((name) => ({ title: name, metrics: [name] })),
  },
];

const PERIOD = Duration.minutes(1);
const [WIDTH, HEIGHT] = [8, 6];

/**
 * A dashboard of one cluster: first what a person on call needs, then by broker, by topic and by consumer group. Its size
 * does not grow with the number of brokers.
 */
export class ClusterDashboard extends Construct {
  /** The same rows, for a dashboard of yours: `dashboard.addWidgets(...ClusterDashboard.rows(this, { cluster }))`. */
  public static rows(scope: Construct, props: MonitoredClusterProps): cloudwatch.IWidget[] {
    const monitored = monitoredCluster(scope, props);
    const cluster = { ...monitored, level: monitored.level ?? MonitoringLevel.DEFAULT.name };
    const metrics = ClusterMetrics._of(scope, monitored);
    return SECTIONS.flatMap((section) => {
      const graphs = section.panels.flatMap((panel) => graphOf(section, panel, cluster, metrics));
      if (graphs.length === 0) return [];
      const heading = new cloudwatch.TextWidget({ markdown: `## ${section.title}`, width: 24, height: 1 });
      return [heading, new cloudwatch.Row(...graphs)];
    });
  }

  public constructor(scope: Construct, id: string, props: ClusterDashboardProps) {
    super(scope, id);
    const dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      defaultInterval: Duration.hours(3), // as far back as Metrics Insights is always asked
    });
    dashboard.addWidgets(...ClusterDashboard.rows(this, props));
  }
}

function graphOf(
  section: Section,
  panel: Panel,
  cluster: MonitoredCluster,
  metrics: ClusterMetrics,
): cloudwatch.IWidget[] {
  const { per = section.per } = panel;
  const asked = per === 'cluster' ? [] : [per];
  const sent = panel.metrics.filter((name) => seriesFor(cluster, name, asked));
  if (sent.length === 0) return [];
  const graph = new cloudwatch.GraphWidget({
    title: panel.title,
    width: WIDTH,
    height: HEIGHT,
    left: sent.map((name) =>
      per === 'cluster' ? metrics.metric(name, { period: PERIOD, label: name }) : each(per, name, cluster),
    ),
    leftYAxis: { label: unitOf(sent[0]), showUnits: false, min: 0 },
    period: PERIOD,
    legendPosition: cloudwatch.LegendPosition.BOTTOM,
  });
  return [graph];
}

const READ = { MAX: 'MAX', MIN: 'MIN', SUM: 'SUM' } as const;

/** A line for each broker, topic or group, the largest first; a query draws a hundred at most. */
function each(dimension: string, name: string, cluster: MonitoredCluster): cloudwatch.IMetric {
  const series = seriesFor(cluster, name, [dimension]);
  const schema = series?.dimensions.map((one) => (one.includes(' ') ? `"${one}"` : one)).join(', ');
  const by = dimension.includes(' ') ? `"${dimension}"` : dimension;
  const read = READ[mergeOf(name)];
  const order = read === 'MIN' ? 'ASC' : 'DESC';
  return new cloudwatch.MathExpression({
    expression:
      `SELECT ${read}(${name}) FROM SCHEMA("${facts.namespace}", ${schema}) WHERE "Cluster Name" = '${cluster.clusterName}' ` +
      `GROUP BY ${by} ORDER BY ${read}() ${order} LIMIT 100`,
    usingMetrics: {},
    label: '',
    period: PERIOD,
  });
}
