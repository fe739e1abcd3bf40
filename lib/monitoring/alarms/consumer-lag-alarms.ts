import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { monitoredCluster, type MonitoredClusterProps } from '../metrics/monitored-cluster';
import { type Finding, finding } from '../../model/finding';
import { isToken, refuse } from '../../internal/validation';
import { type AlarmActionProps, addAlarmActions, alarmsElsewhereFindings } from './alarm-actions';
import { describeAlarm, guidePage } from './alarm-row';
import { ClusterMetrics } from '../metrics/cluster-metrics';
import { checked } from '../../internal/signatures/checked';

/** Properties of the alarms on the lag of a consumer group. */
export interface ConsumerLagAlarmsProps extends MonitoredClusterProps, AlarmActionProps {
  /** Name of the topic that the group reads. */
  readonly topicName: string;

  /** ID of the consumer group. MSK sends its lag once the group has committed offsets. */
  readonly consumerGroup: string;

  /**
   * How far behind the group may be, as estimated by MSK. The alarm goes off after it was exceeded for 15 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly maxTimeLag?: Duration;

  /**
   * Number of records that the group may not have read yet, in all partitions together.
   *
   * @default - no limit, and no such alarm
   */
  readonly maxOffsetLag?: number;

  /**
   * Whether the alarms are critical, so that they run `criticalActions` rather than `warningActions`.
   *
   * @default false
   */
  readonly critical?: boolean;
}

/**
 * Creates CloudWatch alarms on the lag of a consumer group on a topic, in seconds and in records. MSK sends the lag of a group that
 * commits offsets, so the alarms never go off for share groups, for Spark, and for Flink without checkpoints.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 */
@checked('ConsumerLagAlarms')
export class ConsumerLagAlarms extends Construct {
  /** Alarm that is on while the group is too many seconds behind. */
  public readonly timeLag: cloudwatch.IAlarm;

  /** Alarm that is on while the group is too many records behind. Undefined without `maxOffsetLag`. */
  public readonly offsetLag?: cloudwatch.IAlarm;

  public constructor(scope: Construct, id: string, props: ConsumerLagAlarmsProps) {
    super(scope, id);
    refuse(this, [...alarmsElsewhereFindings(this, props.cluster), ...limitFindings(props)]);
    this.timeLag = this.define('TimeLag', props, {
      metricName: 'EstimatedMaxTimeLag',
      statistic: 'Maximum',
      threshold: (props.maxTimeLag ?? Duration.minutes(5)).toSeconds(),
      periodMinutes: 1,
      evaluationPeriods: 15,
      unit: 'seconds',
    });
    if (props.maxOffsetLag === undefined) return;
    this.offsetLag = this.define('OffsetLag', props, {
      metricName: 'SumOffsetLag',
      statistic: 'Average',
      threshold: props.maxOffsetLag,
      periodMinutes: 5,
      evaluationPeriods: 3,
      unit: 'records',
    });
  }

  private define(id: string, props: ConsumerLagAlarmsProps, limit: Limit): cloudwatch.Alarm {
    const { consumerGroup, critical = false, topicName } = props;
    const { evaluationPeriods, metricName, periodMinutes, statistic, threshold } = limit;
    const period = Duration.minutes(periodMinutes);
    const cluster = monitoredCluster(this, props);
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: ClusterMetrics._of(this, cluster).metric(metricName, { consumerGroup, topicName, statistic, period }),
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      // no lag is sent for a group that is gone or has not committed yet
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: describe(cluster.clusterName, props, limit),
    });
    addAlarmActions(alarm, critical ? 'critical' : 'warning', props);
    return alarm;
  }
}

interface Limit {
  readonly metricName: string;
  readonly statistic: string;
  readonly threshold: number;
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly unit: string;
}

function describe(clusterName: string, props: ConsumerLagAlarmsProps, { threshold, unit }: Limit): string {
  return describeAlarm(clusterName, {
    meaning: `consumer group ${props.consumerGroup} is more than ${threshold} ${unit} behind on topic ${props.topicName}.`,
    whatToDo:
      'check whether its consumers run and commit offsets, and whether a single record blocks them; add consumers, up to one per partition.',
    link: guidePage('consumer-lag'),
  });
}

function limitFindings({ maxOffsetLag }: ConsumerLagAlarmsProps): Finding[] {
  if (maxOffsetLag === undefined || isToken(maxOffsetLag) || maxOffsetLag >= 0) return [];
  return [finding('OffsetLagRange', `'maxOffsetLag' must be 0 or more, got ${maxOffsetLag}`)];
}
