import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { elsewhereFindings } from '../../internal/environment';
import { refuse } from '../../internal/validation';
import { monitoredCluster, type MonitoredClusterProps } from '../metrics/monitored-cluster';
import { type AlarmActionProps, addAlarmActions } from './alarm-actions';
import { describeAlarm, guidePage } from './alarm-row';
import { checked } from '../../internal/signatures/checked';

/** Properties of the alarms on broker logs. */
export interface BrokerLogAlarmsProps extends MonitoredClusterProps, AlarmActionProps {
  /** The log group that the brokers write to, which `BrokerLogs.cloudWatch({ logGroup })` sets. */
  readonly logGroup: logs.ILogGroup;
}

/** Something that brokers write to their logs but do not send as a metric. */
interface LogRow {
  readonly id: string;
  /** A line matches if it contains one of these texts. */
  readonly texts: readonly string[];
  /** Number of matching lines in five minutes at which the alarm goes off. */
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
    // both authorizers continue the line, with different spellings
    texts: ['is Denied', 'TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED'],
    most: 10,
    meaning: 'Clients request operations that they are not authorized for.',
    whatToDo:
      'The log lines contain the principal, the operation and the resource. Grant the access, or stop the client.',
  },
];

/**
 * Creates CloudWatch alarms on broker logs, for problems that no metric shows, and CloudWatch Logs Insights queries to
 * investigate them. Every alarm is a warning.
 */
@checked('BrokerLogAlarms')
export class BrokerLogAlarms extends Construct {
  public constructor(scope: Construct, id: string, props: BrokerLogAlarmsProps) {
    super(scope, id);
    const filters = { what: 'a metric filter on it', property: 'logGroup' };
    refuse(this, elsewhereFindings(this, props.logGroup, filters));
    const { clusterName } = monitoredCluster(this, props);
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
      metricName: `${row.id}-${clusterName}`, // a filter with dimensions cannot have a default value
      metricValue: '1',
      defaultValue: 0,
    });
    const alarm = new cloudwatch.Alarm(this, row.id, {
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: row.most,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: describeAlarm(clusterName, { ...row, link: guidePage('msk-logging') }),
    });
    addAlarmActions(alarm, 'warning', props);
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
