import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { BrokerInstanceType } from '../broker/broker-instance-type';
import { STANDARD_ALARMS, type AlarmRow } from './alarm-table';

/** What the alarms are about, and whom they tell. */
export interface ClusterAlarmsProps {
  /** Name of the cluster; the `Cluster Name` of its metrics. */
  readonly clusterName: string;

  /** Instance type of the brokers; some thresholds come with it. */
  readonly instanceType: BrokerInstanceType;

  /**
   * What happens when an alarm goes off, such as a message to an SNS topic.
   *
   * @default - nothing but the alarm's state in the console
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

const OPERATORS = {
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
};

/**
 * The alarms of a cluster with Standard brokers, from one table. Their number does not grow with the number of brokers:
 * what brokers send each for itself is asked for by one Metrics Insights query, which judges the worst of them.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-cw-alarms.html
 */
export class ClusterAlarms extends Construct {
  public constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    for (const row of STANDARD_ALARMS) {
      const threshold = row.threshold(props.instanceType);
      if (threshold === undefined) continue;
      const alarm = new cloudwatch.Alarm(this, row.id, {
        metric: metricOf(row, props.clusterName),
        threshold,
        comparisonOperator: OPERATORS[row.comparison],
        evaluationPeriods: row.evaluationPeriods,
        treatMissingData: row.missing,
        alarmDescription: describe(row, props.clusterName),
      });
      alarm.addAlarmAction(...(props.actions ?? []));
    }
  }
}

function describe({ meaning, whatToDo, page }: AlarmRow, clusterName: string): string {
  const link = `https://docs.aws.amazon.com/msk/latest/developerguide/${page}.html`;
  return `Kafka cluster ${clusterName}: ${meaning} What to do: ${whatToDo} ${link}`;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html */
function metricOf(row: AlarmRow, clusterName: string): cloudwatch.IMetric {
  const period = Duration.minutes(row.periodMinutes);
  if (row.per === 'cluster') {
    return new cloudwatch.Metric({
      namespace: 'AWS/Kafka',
      metricName: row.metricName,
      dimensionsMap: { 'Cluster Name': clusterName },
      statistic: row.worst === 'MIN' ? 'Minimum' : 'Maximum',
      period,
    });
  }
  const dimensions = [
    '"Broker ID"',
    ...(row.per === 'authentication' ? ['"Client Authentication"'] : []),
    '"Cluster Name"',
  ];
  const where = [
    `"Cluster Name" = '${clusterName}'`,
    ...(row.per === 'authentication' ? [`"Client Authentication" = 'IAM'`] : []),
  ];
  return new cloudwatch.MathExpression({
    expression: `SELECT ${row.worst}(${row.metricName}) FROM SCHEMA("AWS/Kafka", ${dimensions.join(', ')}) WHERE ${where.join(' AND ')}`,
    usingMetrics: {},
    label: row.metricName,
    period,
  });
}
