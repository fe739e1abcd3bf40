import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { watchedCluster, type WatchedClusterProps } from '../metrics/watched-cluster';
import { type Finding, finding } from '../../model/finding';
import { refuse } from '../../internal/validation';
import { type AlarmActionProps, takeActions } from './cluster-alarms';
import { ClusterMetrics } from '../metrics/cluster-metrics';

/** Which group is watched, how far it may be behind, and whom the alarms tell. */
export interface ConsumerLagAlarmsProps extends WatchedClusterProps, AlarmActionProps {
  /** The topic that the group reads. */
  readonly topicName: string;

  /** The consumer group. MSK sends its lag once it has committed offsets. */
  readonly consumerGroup: string;

  /**
   * How far behind the group may be, as MSK estimates it, before the alarm goes off a quarter of an hour later.
   *
   * @default Duration.minutes(5)
   */
  readonly maxTimeLag?: Duration;

  /**
   * How many records the group may have yet to read, in all partitions together.
   *
   * @default - any number; the alarm is left out
   */
  readonly maxOffsetLag?: number;

  /**
   * Whether the alarms are critical, and take the actions of critical ones.
   *
   * @default false
   */
  readonly critical?: boolean;
}

/**
 * Alarms on what a consumer group has yet to read of a topic: in seconds, and in records.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 */
export class ConsumerLagAlarms extends Construct {
  /** On while the group is too many seconds behind. */
  public readonly timeLag: cloudwatch.IAlarm;

  /** On while the group is too many records behind. */
  public readonly offsetLag?: cloudwatch.IAlarm;

  public constructor(scope: Construct, id: string, props: ConsumerLagAlarmsProps) {
    super(scope, id);
    refuse(this, limitFindings(props));
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
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: ClusterMetrics.fromCluster(this, props).metric(metricName, {
        ...{ consumerGroup, topicName, statistic, period },
      }),
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      // a group that is gone, or has not committed yet, sends no lag
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: this.describe(props, limit),
    });
    takeActions(alarm, critical ? 'critical' : 'warning', props);
    return alarm;
  }

  private describe(props: ConsumerLagAlarmsProps, { threshold, unit }: Limit): string {
    const { clusterName } = watchedCluster(this, props);
    return (
      `Kafka cluster ${clusterName}: consumer group ${props.consumerGroup} is more than ${threshold} ${unit} behind on topic ` +
      `${props.topicName}. What to do: check whether its consumers run and commit offsets, and whether a single record blocks them; add ` +
      'consumers, up to one per partition. https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html'
    );
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

function limitFindings({ maxOffsetLag }: ConsumerLagAlarmsProps): Finding[] {
  if (maxOffsetLag === undefined || Token.isUnresolved(maxOffsetLag) || maxOffsetLag >= 0) return [];
  return [finding('OffsetLagRange', `'maxOffsetLag' must be 0 or more, got ${maxOffsetLag}`)];
}
