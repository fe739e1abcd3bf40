import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { differenceOf, type KnownEnvironment, ownEnvironment } from '../../internal/environment';
import { isKnown, knownText, refuse } from '../../internal/validation';
import facts from '../../model/facts/metrics.json';
import { type Finding, finding } from '../../model/finding';
import {
  dimensionFindings,
  groupFindings,
  type Merge,
  mergeOf,
  metricFindings,
  type MetricSeries,
  periodFindings,
  seriesFor,
} from '../../model/rules/metrics';
import type { ClusterMetricOptions } from './metric-options';
import type { MonitoredCluster } from './monitored-cluster';
import { rememberQuery } from './query-alarms';

/**
 * A metric of a cluster. Where the brokers send one series each, a Metrics Insights query combines them, so that it works for
 * three brokers and for sixty.
 *
 * @param scope construct that reports what is refused
 */
export function metricOf(
  scope: IConstruct,
  cluster: MonitoredCluster,
  name: string,
  options: ClusterMetricOptions,
): cloudwatch.IMetric {
  const values = dimensionsOf(cluster.clusterName, options);
  const asked = Object.keys(values).filter((dimension) => dimension !== 'Cluster Name');
  const group = knownText(options.consumerGroup);
  const own = [
    ...dimensionFindings(Object.entries(values).filter(([, value]) => isKnown(value))),
    ...periodFindings(options.period?.toSeconds({ integral: false })),
  ];
  refuse(scope, [...metricFindings(cluster, name, asked), ...groupFindings(group), ...own]);
  const series = seriesFor(cluster, name, asked) as MetricSeries; // else refused
  const { environment = {} } = cluster;
  const reading: Reading = {
    ...{ name, values, series, environment },
    ...defaultsFor(cluster, name, series),
    ...chosen(options),
  };
  if (series.dimensions.every((dimension) => dimension in values)) return oneSeries(reading);
  refuse(scope, statisticFindings(reading));
  return manySeries(scope, reading);
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
  readonly environment: KnownEnvironment;
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

/** The statistics of CloudWatch, by the function of Metrics Insights. */
export const STATISTICS: Readonly<Record<Merge, string>> = { MAX: 'Maximum', MIN: 'Minimum', SUM: 'Sum' };

/** Traffic of one broker is an average; that of many, and all that Serverless sends of it, is a sum. */
function defaultsFor({ kind }: MonitoredCluster, name: string, { dimensions }: MetricSeries) {
  const merge = mergeOf(name);
  const perMinute = merge === 'SUM' && (kind === 'serverless' || dimensions.includes('Broker ID'));
  return { statistic: STATISTICS[merge], perMinute, period: Duration.minutes(5) };
}

const chosen = ({ label, period, statistic }: ClusterMetricOptions) => ({
  ...(label !== undefined && { label }),
  ...(period && { period }),
  ...(statistic !== undefined && { statistic, perMinute: false }),
});

function oneSeries(reading: Reading): cloudwatch.IMetric {
  const { environment, label, name, perMinute, period, series, statistic, values } = reading;
  const summed = perMinute && !series.dimensions.includes('Broker ID');
  const metric = new cloudwatch.Metric({
    namespace: facts.namespace,
    metricName: name,
    dimensionsMap: values,
    statistic: perMinute && !summed ? 'Average' : statistic,
    period,
    ...environment,
    label, // none unless it is asked for: an alarm on a metric with a label is an alarm on an expression
  });
  return summed ? perMinuteOf(metric, period, label ?? name) : metric;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html */
function manySeries(scope: IConstruct, reading: Reading): cloudwatch.IMetric {
  const { environment, name, label = name, perMinute, period, series, statistic, values } = reading;
  const schema = series.dimensions.map(quoted).join(', ');
  const where = Object.entries(values).map(([dimension, value]) => `${quoted(dimension)} = '${value}'`);
  const expression = `SELECT ${FUNCTIONS[statistic]}(${name}) FROM SCHEMA("${facts.namespace}", ${schema}) WHERE ${where.join(' AND ')}`;
  rememberQuery(scope, expression, environment);
  const from = searchIn(scope, environment);
  const query = new cloudwatch.MathExpression({ expression, usingMetrics: {}, period, label, ...from });
  return perMinute ? perMinuteOf(query, period, label) : query;
}

/** Where a query of a dashboard in another Region or account is evaluated. An alarm does not accept these settings. */
export function searchIn(scope: IConstruct, environment: KnownEnvironment = {}) {
  if (differenceOf(environment, ownEnvironment(scope)) === undefined) return {};
  return { searchAccount: environment.account, searchRegion: environment.region };
}

/** A dimension as Metrics Insights wants it. */
export const quoted = (dimension: string) => (dimension.includes(' ') ? `"${dimension}"` : dimension);

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
