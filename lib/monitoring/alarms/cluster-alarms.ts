import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  type MonitoredCluster,
  monitoredCluster,
  type MonitoredClusterProps,
  surelySending,
} from '../metrics/monitored-cluster';
import { type Finding, finding } from '../../model/finding';
import { brokerIdFindings } from '../../model/rules/broker-ids';
import { metricFindings } from '../../model/rules/metrics';
import { isKnown, refuse, shown } from '../../internal/validation';
import { CLUSTER_ALARMS } from './alarm-table';
import { type AlarmActionProps, addAlarmActions, alarmsElsewhereFindings, repeatable } from './alarm-actions';
import { type AlarmRow, describeAlarm, guidePage } from './alarm-row';
import { ClusterMetrics } from '../metrics/cluster-metrics';
import type { ClusterMetricOptions } from '../metrics/metric-options';
import { STATISTICS } from '../metrics/metric-query';
import { checked } from '../../internal/signatures/checked';

/** Properties of the alarms of a cluster. */
export interface ClusterAlarmsProps extends MonitoredClusterProps, AlarmActionProps {
  /**
   * Thresholds that replace the defaults, by alarm ID, such as `{ DataDiskFull: 70 }`.
   *
   * @default - the thresholds of the alarm reference, for the type of cluster and the instance type
   */
  readonly thresholds?: { [alarm: string]: number };

  /**
   * IDs of alarms to omit, such as `TopicWarnings`.
   *
   * @default - none
   */
  readonly without?: string[];

  /**
   * Creates separate alarms for brokers 1 to N. They name the broker, carry the actions, and detect a broker that stopped
   * sending metrics. Once brokers have been removed, or the cluster has been upgraded to Express brokers in place, the IDs have gaps:
   * set `brokerIds` in its place.
   *
   * @default - one alarm covers all brokers and evaluates the worst of them
   */
  readonly perBroker?: number;

  /**
   * The same for the brokers with these IDs, which are whole numbers from 1 on. `aws kafka list-nodes` lists them. It cannot be
   * combined with `perBroker`.
   *
   * @default - the brokers that `perBroker` counts
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-remove-broker.html
   */
  readonly brokerIds?: number[];

  /**
   * Actions to run when the cluster becomes unhealthy, which is when the first of its critical alarms goes off.
   *
   * @default - none, besides the actions of each critical alarm
   */
  readonly unhealthyActions?: cloudwatch.IAlarmAction[];
}

const OPERATORS = {
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
};

/**
 * Creates CloudWatch alarms for a cluster. Their number does not depend on the number of brokers, since one Metrics Insights
 * query per metric finds the worst broker. Alarms whose metric needs a higher monitoring level than the cluster's are omitted.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-cw-alarms.html
 */
@checked('ClusterAlarms')
export class ClusterAlarms extends Construct {
  /** All alarms, except `unhealthy`. */
  public readonly alarms: cloudwatch.IAlarm[] = [];

  /** Composite alarm that is on while a critical alarm is on. Undefined if there are none, as for a Serverless cluster. */
  public readonly unhealthy?: cloudwatch.IAlarm;

  private readonly cluster: MonitoredCluster;
  private readonly metrics: ClusterMetrics;

  public constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    const monitored = monitoredCluster(this, props);
    this.cluster = surelySending(monitored);
    refuse(this, [...alarmsElsewhereFindings(this, props.cluster), ...optionFindings(this.cluster, props)]);
    this.metrics = ClusterMetrics._of(this, monitored);
    const rows = CLUSTER_ALARMS.filter((row) => applies(row, this.cluster, props));
    const critical = rows.filter(({ severity }) => severity === 'critical');
    const defined = new Map(rows.filter(isForWholeCluster).map((row) => [row, this.defineForCluster(row, props)]));
    for (const broker of brokersOf(props)) {
      for (const row of rows.filter(isPerBroker)) this.defineAlarm(row, props, String(broker));
    }
    this.unhealthy = this.defineUnhealthy(
      critical.flatMap((row) => defined.get(row) ?? []),
      props,
    );
  }

  /** The alarm for all brokers has no actions if each broker has an alarm of its own. */
  private defineForCluster(row: AlarmRow, props: ClusterAlarmsProps): cloudwatch.Alarm {
    const hasNoActions = brokersOf(props).length > 0 && isPerBroker(row);
    return this.defineAlarm(row, hasNoActions ? { thresholds: props.thresholds } : props);
  }

  private defineAlarm(row: AlarmRow, props: ClusterAlarmsProps, brokerId?: string): cloudwatch.Alarm {
    const id = brokerId === undefined ? row.id : `${row.id}Broker${brokerId}`;
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: this.metricOf(row, brokerId),
      threshold: thresholdOf(row, this.cluster, props) ?? 0, // rows without a threshold do not apply
      comparisonOperator: OPERATORS[row.comparison],
      evaluationPeriods: row.evaluationPeriods,
      treatMissingData: row.missing,
      alarmDescription: describe(row, this.cluster.clusterName, brokerId),
    });
    addAlarmActions(alarm, row.severity, props);
    this.alarms.push(alarm);
    return alarm;
  }

  private metricOf(row: AlarmRow, brokerId?: string): cloudwatch.IMetric {
    const { metricName, namespace, per, periodMinutes, worst } = row;
    const period = Duration.minutes(periodMinutes);
    if (!namespace) {
      const options = { ...metricOptionsOf(row), brokerId, statistic: STATISTICS[worst], period };
      return this.metrics.metric(metricName, options);
    }
    const dimensionsMap = per === 'account' ? undefined : { 'Cluster Name': this.cluster.clusterName };
    return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic: STATISTICS[worst], period });
  }

  private defineUnhealthy(critical: cloudwatch.Alarm[], { unhealthyActions = [] }: ClusterAlarmsProps) {
    if (critical.length === 0) return undefined;
    const rules = critical.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM));
    const alarm = new cloudwatch.CompositeAlarm(this, 'Unhealthy', {
      alarmRule: cloudwatch.AlarmRule.anyOf(...rules),
      alarmDescription: `Kafka cluster ${this.cluster.clusterName} is unhealthy: at least one critical alarm is in state ALARM.`,
    });
    alarm.addAlarmAction(...unhealthyActions.map(repeatable));
    return alarm;
  }
}

const PER_BROKER: readonly AlarmRow['per'][] = ['broker', 'authentication', 'silence'];
const isPerBroker = ({ per }: AlarmRow) => PER_BROKER.includes(per);
const isForWholeCluster = ({ per }: AlarmRow) => per !== 'silence';

/** The IDs of the brokers that have alarms of their own. */
const brokersOf = ({ brokerIds, perBroker = 0 }: ClusterAlarmsProps): readonly number[] =>
  brokerIds ?? Array.from({ length: perBroker }, (_, index) => index + 1);

const metricOptionsOf = ({ per }: AlarmRow): ClusterMetricOptions =>
  per === 'authentication' ? { clientAuthentication: 'IAM' } : {};

const thresholdOf = (row: AlarmRow, { instanceType }: MonitoredCluster, { thresholds = {} }: ClusterAlarmsProps) =>
  thresholds[row.id] ?? row.threshold(instanceType);

function applies(row: AlarmRow, cluster: MonitoredCluster, props: ClusterAlarmsProps): boolean {
  if (props.without?.includes(row.id) || notSentFindings(row, cluster).length > 0) return false;
  return thresholdOf(row, cluster, props) !== undefined;
}

/** Why the cluster does not send what the alarm evaluates. */
function notSentFindings(row: AlarmRow, cluster: MonitoredCluster): Finding[] {
  if (row.namespace) return [];
  if (row.kind && row.kind !== cluster.kind) {
    return [
      finding(
        'AlarmOfOtherKind',
        `the alarm is only for ${row.kind} clusters, but this cluster is ${cluster.kind}; remove the threshold`,
      ),
    ];
  }
  return metricFindings(cluster, row.metricName, row.per === 'authentication' ? ['Client Authentication'] : []);
}

/** Alarms and brokers that the props name but that the cluster cannot have. */
function optionFindings(cluster: MonitoredCluster, props: ClusterAlarmsProps): Finding[] {
  const { thresholds = {}, without = [] } = props;
  const rowOf = (id: string) => CLUSTER_ALARMS.find((row) => row.id === id);
  const unknown = [...Object.keys(thresholds), ...without].filter((id) => !rowOf(id));
  const notSent = Object.keys(thresholds).flatMap((id) => {
    const row = rowOf(id);
    const findings = row ? notSentFindings(row, cluster) : [];
    return findings.map((finding) => ({
      ...finding,
      message: `'thresholds' contains '${id}', which this cluster does not have: ${finding.message}`,
    }));
  });
  const ids = CLUSTER_ALARMS.map(({ id }) => id).join(', ');
  return [
    ...unknown.map((id) =>
      finding(
        'AlarmUnknown',
        `'thresholds' or 'without' contains '${id}', which is not the ID of an alarm; the IDs are ${ids}`,
      ),
    ),
    ...notSent,
    ...brokerFindings(props, cluster),
  ];
}

/**
 * More alarms do not fit into a stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_PER_BROKER = 500;

function brokerFindings({ brokerIds, perBroker = 0 }: ClusterAlarmsProps, { kind }: MonitoredCluster): Finding[] {
  const prop = brokerIds ? 'brokerIds' : 'perBroker';
  if (kind === 'serverless' && (brokerIds || perBroker > 0)) {
    const message = `'${prop}' must not be set for a Serverless cluster, which has no visible brokers; remove it`;
    return [finding('AlarmOfOtherKind', message)];
  }
  if (brokerIds && perBroker !== 0) {
    const message = `'brokerIds' and 'perBroker' cannot be combined, got ${perBroker} for 'perBroker'; remove it`;
    return [finding('BrokerIds', message)];
  }
  if (brokerIds) return brokerIdFindings(brokerIds.map(shown));
  const got = isKnown(perBroker) ? perBroker : 'a token';
  if (Number.isInteger(got) && perBroker >= 0 && perBroker <= MOST_PER_BROKER) return [];
  return [
    finding(
      'PerBrokerRange',
      `'perBroker' must be a whole number from 0 to ${MOST_PER_BROKER} that is known at synthesis, got ${got}`,
    ),
  ];
}

const PROJECT = 'https://github.com/cdk-msk/cdk-msk/blob/main/docs';

/** Page that explains an alarm. */
export const linkOf = ({ namespace, page }: AlarmRow): string => (namespace ? `${PROJECT}/${page}` : guidePage(page));

function describe(row: AlarmRow, clusterName: string, brokerId?: string): string {
  const where = brokerId === undefined ? clusterName : `${clusterName}, broker ${brokerId}`;
  return describeAlarm(where, { ...row, link: linkOf(row) });
}
