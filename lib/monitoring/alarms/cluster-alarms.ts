import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type Watched, watchedCluster, type WatchedClusterProps } from '../metrics/watched-cluster';
import { type Finding, finding } from '../../model/finding';
import { metricFindings } from '../../model/rules/metrics';
import { isKnown, refuse } from '../../internal/validation';
import { CLUSTER_ALARMS } from './alarm-table';
import type { AlarmRow } from './alarm-row';
import { type ClusterMetricOptions, ClusterMetrics } from '../metrics/cluster-metrics';
import { MonitoringLevel } from '../metrics/monitoring-level';

/** Whom alarms tell. */
export interface AlarmActionProps {
  /**
   * What happens when an alarm goes off, such as a message to an SNS topic.
   *
   * @default - nothing but the alarm's state in the console
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when a critical alarm goes off: clients fail, or will soon.
   *
   * @default - that of `actions`
   */
  readonly criticalActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when a warning goes off: somebody should look at it in working hours.
   *
   * @default - that of `actions`
   */
  readonly warningActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm is over.
   *
   * @default - nothing
   */
  readonly okActions?: cloudwatch.IAlarmAction[];
}

/** What the alarms are about, and whom they tell. */
export interface ClusterAlarmsProps extends WatchedClusterProps, AlarmActionProps {
  /**
   * Other thresholds, by the ID of the alarm, such as `{ DataDiskFull: 70 }`.
   *
   * @default - those of the table, for the kind of cluster and instance type
   */
  readonly thresholds?: { [alarm: string]: number };

  /**
   * IDs of alarms that are left out, such as `TopicWarnings`.
   *
   * @default - none
   */
  readonly without?: string[];

  /**
   * So many brokers, with IDs from 1 on, have alarms each of its own, which then name the broker and take the actions. That
   * is where a broker is missed that sends nothing any more.
   *
   * @default - one alarm watches the worst of all brokers
   */
  readonly perBroker?: number;

  /**
   * What happens when the cluster becomes unhealthy: the first of its critical alarms goes off.
   *
   * @default - nothing but what the critical alarms do each for itself
   */
  readonly unhealthyActions?: cloudwatch.IAlarmAction[];
}

const OPERATORS = {
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
};
const STATISTICS = { MAX: 'Maximum', MIN: 'Minimum', SUM: 'Sum' };

/**
 * The alarms of a cluster, from one table. Their number does not grow with the number of brokers: what brokers send each
 * for itself is asked for by one Metrics Insights query, which judges the worst of them. Alarms whose metric comes at a
 * higher monitoring level than the cluster's are left out.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-cw-alarms.html
 */
export class ClusterAlarms extends Construct {
  /** All alarms, but for `unhealthy`. */
  public readonly alarms: cloudwatch.IAlarm[] = [];

  /** On while a critical alarm is on; undefined where there is none, as for a Serverless cluster. */
  public readonly unhealthy?: cloudwatch.IAlarm;

  private readonly cluster: Watched;
  private readonly metrics: ClusterMetrics;

  public constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    const told = watchedCluster(this, props);
    this.cluster = { ...told, level: told.level ?? MonitoringLevel.DEFAULT.name };
    refuse(this, wishFindings(this.cluster, props));
    this.metrics = ClusterMetrics.fromCluster(this, { ...props, clusterName: this.cluster.clusterName });
    const rows = CLUSTER_ALARMS.filter((row) => makesSense(row, this.cluster, props));
    const critical = rows.filter(({ severity }) => severity === 'critical');
    const defined = new Map(rows.filter(isOfCluster).map((row) => [row, this.defineFor(row, props)]));
    for (let broker = 1; broker <= (props.perBroker ?? 0); broker++) {
      for (const row of rows.filter(isOfBrokers)) this.defineOne(row, props, String(broker));
    }
    this.unhealthy = this.defineUnhealthy(
      critical.flatMap((row) => defined.get(row) ?? []),
      props,
    );
  }

  /** The alarm for all brokers has no action where each broker has its own. */
  private defineFor(row: AlarmRow, props: ClusterAlarmsProps): cloudwatch.Alarm {
    const quiet = (props.perBroker ?? 0) > 0 && isOfBrokers(row);
    return this.defineOne(row, quiet ? { thresholds: props.thresholds } : props);
  }

  private defineOne(row: AlarmRow, props: ClusterAlarmsProps, brokerId?: string): cloudwatch.Alarm {
    const id = brokerId === undefined ? row.id : `${row.id}Broker${brokerId}`;
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: this.metricOf(row, brokerId),
      threshold: thresholdOf(row, this.cluster, props) ?? 0, // a row without a threshold makes no sense
      comparisonOperator: OPERATORS[row.comparison],
      evaluationPeriods: row.evaluationPeriods,
      treatMissingData: row.missing,
      alarmDescription: describe(row, this.cluster.clusterName, brokerId),
    });
    takeActions(alarm, row.severity, props);
    this.alarms.push(alarm);
    return alarm;
  }

  private metricOf(row: AlarmRow, brokerId?: string): cloudwatch.IMetric {
    const { metricName, namespace, per, periodMinutes, worst } = row;
    const period = Duration.minutes(periodMinutes);
    if (!namespace) {
      const options = { ...askedOf(row), brokerId, statistic: STATISTICS[worst], period };
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
    alarm.addAlarmAction(...unhealthyActions);
    return alarm;
  }
}

/** Tells those whom an alarm of this severity is for. */
export function takeActions(alarm: cloudwatch.Alarm, severity: AlarmRow['severity'], props: AlarmActionProps): void {
  const { actions = [], criticalActions = actions, warningActions = actions, okActions = [] } = props;
  alarm.addAlarmAction(...(severity === 'critical' ? criticalActions : warningActions));
  alarm.addOkAction(...okActions);
}

const BY_BROKER: readonly AlarmRow['per'][] = ['broker', 'authentication', 'silence'];
const isOfBrokers = ({ per }: AlarmRow) => BY_BROKER.includes(per);
const isOfCluster = ({ per }: AlarmRow) => per !== 'silence';

const askedOf = ({ per }: AlarmRow): ClusterMetricOptions =>
  per === 'authentication' ? { clientAuthentication: 'IAM' } : {};

const thresholdOf = (row: AlarmRow, { instanceType }: Watched, { thresholds = {} }: ClusterAlarmsProps) =>
  thresholds[row.id] ?? row.threshold(instanceType);

function makesSense(row: AlarmRow, cluster: Watched, props: ClusterAlarmsProps): boolean {
  if (props.without?.includes(row.id) || unsentFindings(row, cluster).length > 0) return false;
  return thresholdOf(row, cluster, props) !== undefined;
}

/** Why the cluster sends nothing that the alarm could judge. */
function unsentFindings(row: AlarmRow, cluster: Watched): Finding[] {
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

/** What is asked for by name and cannot be. */
function wishFindings(
  cluster: Watched,
  { perBroker = 0, thresholds = {}, without = [] }: ClusterAlarmsProps,
): Finding[] {
  const rowOf = (id: string) => CLUSTER_ALARMS.find((row) => row.id === id);
  const unknown = [...Object.keys(thresholds), ...without].filter((id) => !rowOf(id));
  const unsent = Object.keys(thresholds).flatMap((id) => {
    const row = rowOf(id);
    const findings = row ? unsentFindings(row, cluster) : [];
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
    ...unsent,
    ...brokerFindings(perBroker, cluster),
  ];
}

function brokerFindings(perBroker: number, { kind }: Watched): Finding[] {
  if (perBroker > 0 && kind === 'serverless') {
    return [
      finding(
        'AlarmOfOtherKind',
        "'perBroker' must not be set for a Serverless cluster, which has no visible brokers; remove it",
      ),
    ];
  }
  const got = isKnown(perBroker) ? perBroker : 'a token';
  if (Number.isInteger(got) && perBroker >= 0) return [];
  return [
    finding('PerBrokerRange', `'perBroker' must be a whole number of 0 or more that is known at synthesis, got ${got}`),
  ];
}

const DEVELOPER_GUIDE = 'https://docs.aws.amazon.com/msk/latest/developerguide';
const PROJECT = 'https://github.com/cdk-msk/cdk-msk/blob/main/docs';

/** Where more is said about an alarm. */
export const linkOf = ({ namespace, page }: AlarmRow): string =>
  namespace ? `${PROJECT}/${page}` : `${DEVELOPER_GUIDE}/${page}.html`;

function describe(row: AlarmRow, clusterName: string, brokerId?: string): string {
  const where = brokerId === undefined ? clusterName : `${clusterName}, broker ${brokerId}`;
  return `Kafka cluster ${where}: ${row.meaning} What to do: ${row.whatToDo} ${linkOf(row)}`;
}
