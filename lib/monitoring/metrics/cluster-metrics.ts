import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import facts from '../../model/facts/metrics.json';
import { type Finding, finding } from '../../model/finding';
import {
  groupFindings,
  type Merge,
  mergeOf,
  metricFindings,
  type MetricSeries,
  seriesFor,
} from '../../model/rules/metrics';
import { refuse } from '../../internal/validation';
import { type Watched, watchedCluster, type WatchedClusterProps } from './watched-cluster';

/** Which of a cluster's values are read, and how. */
export interface ClusterMetricOptions {
  /**
   * The broker, such as `1`.
   *
   * @default - all brokers, seen as one
   */
  readonly brokerId?: string;

  /**
   * The topic.
   *
   * @default - all topics, seen as one
   */
  readonly topicName?: string;

  /**
   * The consumer group.
   *
   * @default - all groups, seen as one
   */
  readonly consumerGroup?: string;

  /**
   * The partition, such as `0`.
   *
   * @default - all partitions, seen as one
   */
  readonly partition?: string;

  /**
   * How clients say who they are, such as `IAM`.
   *
   * @default - all clients
   */
  readonly clientAuthentication?: string;

  /**
   * `Maximum`, `Minimum`, `Average` or `Sum`; where there is just one series, any statistic of CloudWatch.
   *
   * @default - what the metric is read by: the worst of what brokers have each for itself, all traffic and connections
   * together
   */
  readonly statistic?: string;

  /**
   * How long a time each value stands for.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * What a graph calls it.
   *
   * @default - the name of the metric
   */
  readonly label?: string;
}

/**
 * The metrics that a cluster sends to CloudWatch, under the names that Amazon MSK gives them. What comes from many brokers
 * is asked for by one query, so that it works for three of them and for sixty.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class ClusterMetrics {
  /** The metrics of any cluster: one of ours, an imported one, an L1, or one that is known by name only. */
  public static fromCluster(scope: IConstruct, props: WatchedClusterProps): ClusterMetrics {
    return new ClusterMetrics(scope, watchedCluster(scope, props));
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly cluster: Watched,
  ) {}

  /** Any metric; refused when a cluster of this kind, metadata and monitoring level does not send it. */
  public metric(name: string, options: ClusterMetricOptions = {}): cloudwatch.IMetric {
    const values = dimensionsOf(this.cluster.clusterName, options);
    const asked = Object.keys(values).filter((dimension) => dimension !== 'Cluster Name');
    const group = Token.isUnresolved(options.consumerGroup) ? undefined : options.consumerGroup;
    refuse(this.scope, [...metricFindings(this.cluster, name, asked), ...groupFindings(group)]);
    const series = seriesFor(this.cluster, name, asked) as MetricSeries; // else refused
    const reading: Reading = { name, values, series, ...readBy(this.cluster, name, series), ...given(options) };
    if (series.dimensions.every((dimension) => dimension in values)) return oneSeries(reading);
    refuse(this.scope, statisticFindings(reading));
    return manySeries(reading);
  }
}

interface Reading {
  readonly name: string;
  readonly values: Record<string, string>;
  readonly series: MetricSeries;
  readonly statistic: string;
  /** Whether the sum over a time is to be divided by its minutes, since MSK sends a value each minute. */
  readonly perMinute: boolean;
  readonly period: Duration;
  readonly label?: string;
}

const FUNCTIONS: Readonly<Record<string, string>> = { Maximum: 'MAX', Minimum: 'MIN', Average: 'AVG', Sum: 'SUM' };

function dimensionsOf(clusterName: string, options: ClusterMetricOptions): Record<string, string> {
  const all = {
    'Broker ID': options.brokerId,
    'Client Authentication': options.clientAuthentication,
    'Cluster Name': clusterName,
    'Consumer Group': options.consumerGroup,
    Partition: options.partition,
    Topic: options.topicName,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const STATISTICS: Readonly<Record<Merge, string>> = { MAX: 'Maximum', MIN: 'Minimum', SUM: 'Sum' };

/** Traffic of one broker is an average; that of many, and all that Serverless sends of it, is a sum. */
function readBy({ kind }: Watched, name: string, { dimensions }: MetricSeries) {
  const merge = mergeOf(name);
  const perMinute = merge === 'SUM' && (kind === 'serverless' || dimensions.includes('Broker ID'));
  return { statistic: STATISTICS[merge], perMinute, period: Duration.minutes(5) };
}

const given = ({ label, period, statistic }: ClusterMetricOptions) => ({
  ...(label !== undefined && { label }),
  ...(period && { period }),
  ...(statistic !== undefined && { statistic, perMinute: false }),
});

function oneSeries({ label, name, perMinute, period, series, statistic, values }: Reading): cloudwatch.IMetric {
  const summed = perMinute && !series.dimensions.includes('Broker ID');
  const metric = new cloudwatch.Metric({
    namespace: facts.namespace,
    metricName: name,
    dimensionsMap: values,
    statistic: perMinute && !summed ? 'Average' : statistic,
    period,
    label, // none unless it is asked for: an alarm on a metric with a label is an alarm on an expression
  });
  return summed ? perMinuteOf(metric, period, label ?? name) : metric;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html */
function manySeries({ name, label = name, perMinute, period, series, statistic, values }: Reading): cloudwatch.IMetric {
  const schema = series.dimensions.map(quoted).join(', ');
  const where = Object.entries(values).map(([dimension, value]) => `${quoted(dimension)} = '${value}'`);
  const query = new cloudwatch.MathExpression({
    expression: `SELECT ${FUNCTIONS[statistic]}(${name}) FROM SCHEMA("${facts.namespace}", ${schema}) WHERE ${where.join(' AND ')}`,
    usingMetrics: {},
    period,
    label,
  });
  return perMinute ? perMinuteOf(query, period, label) : query;
}

const quoted = (dimension: string) => (dimension.includes(' ') ? `"${dimension}"` : dimension);

function perMinuteOf(sum: cloudwatch.IMetric, period: Duration, label: string): cloudwatch.IMetric {
  const minutes = period.toMinutes({ integral: false });
  if (minutes === 1) return sum;
  return new cloudwatch.MathExpression({ expression: `sum / ${minutes}`, usingMetrics: { sum }, period, label });
}

function statisticFindings({ name, statistic }: Reading): Finding[] {
  if (statistic in FUNCTIONS) return [];
  const message = `'statistic' must be one of ${Object.keys(FUNCTIONS).join(', ')} for '${name}', which combines several series, got '${statistic}'`;
  return [finding('MetricStatistic', message)];
}
