import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { watchedCluster, type WatchedClusterProps } from '../metrics/watched-cluster';
import { type AlarmActionProps, takeActions } from './cluster-alarms';

/** Whose broker logs are watched, where they are, and whom the alarms tell. */
export interface BrokerLogAlarmsProps extends WatchedClusterProps, AlarmActionProps {
  /** The log group that the brokers write to. */
  readonly logGroup: logs.ILogGroup;
}

/** What brokers say in their logs and in no metric. */
interface LogRow {
  readonly id: string;
  /** One of these texts is in the line. */
  readonly texts: readonly string[];
  /** So many lines in five minutes. */
  readonly most: number;
  readonly meaning: string;
  readonly whatToDo: string;
}

/** The texts are those of Apache Kafka 3 and 4, in `Partition`, `Selector` and the authorizers. */
const LOG_ROWS: readonly LogRow[] = [
  {
    id: 'IsrShrinks',
    texts: ['Shrinking ISR from'],
    most: 20,
    meaning: 'Replicas repeatedly fall out of sync, possibly too briefly for a metric to show it.',
    whatToDo: 'Look for a broker that is out of CPU, disk or network capacity, and for long garbage collection pauses.',
  },
  {
    id: 'AuthenticationFailures',
    texts: ['Failed authentication with', 'Failed re-authentication with', 'failed authentication'],
    most: 10,
    meaning: 'Clients connect with credentials that the brokers reject.',
    whatToDo:
      'The log lines contain the address of the client. Check whether its secret was rotated or its role was changed.',
  },
  {
    id: 'AuthorizerDenials',
    // both authorizers go on after it, each with a spelling of its own
    texts: ['is Denied', 'TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED'],
    most: 10,
    meaning: 'Clients request operations that they are not authorized for.',
    whatToDo:
      'The log lines contain the principal, the operation and the resource. Grant the access, or stop the client.',
  },
];

/**
 * Alarms on what brokers say in their logs and in no metric, and the queries of CloudWatch Logs Insights to look further.
 * Each alarm is a warning.
 */
export class BrokerLogAlarms extends Construct {
  public constructor(scope: Construct, id: string, props: BrokerLogAlarmsProps) {
    super(scope, id);
    const { clusterName } = watchedCluster(this, props);
    for (const row of LOG_ROWS) {
      this.defineAlarm(row, clusterName, props);
      this.defineQuery(row, clusterName, props.logGroup);
    }
  }

  private defineAlarm(row: LogRow, clusterName: string, props: BrokerLogAlarmsProps): void {
    const filter = new logs.MetricFilter(this, `${row.id}Filter`, {
      logGroup: props.logGroup,
      filterPattern: logs.FilterPattern.anyTerm(...row.texts),
      metricNamespace: 'cdk-msk',
      metricName: `${row.id}-${clusterName}`, // a filter that has dimensions takes no default value
      metricValue: '1',
      defaultValue: 0,
    });
    const alarm = new cloudwatch.Alarm(this, row.id, {
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: row.most,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription:
        `Kafka cluster ${clusterName}: ${row.meaning} What to do: ${row.whatToDo} ` +
        'https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html',
    });
    takeActions(alarm, 'warning', props);
  }

  private defineQuery(row: LogRow, clusterName: string, logGroup: logs.ILogGroup): void {
    const condition = row.texts.map((text) => `@message like "${text}"`).join(' or ');
    new logs.QueryDefinition(this, `${row.id}Query`, {
      queryDefinitionName: `cdk-msk/${clusterName}/${row.id}`,
      queryString: new logs.QueryString({
        fields: ['@timestamp', '@logStream', '@message'],
        filterStatements: [condition],
        sort: '@timestamp desc',
        limit: 200,
      }),
      logGroups: [logGroup],
    });
  }
}
