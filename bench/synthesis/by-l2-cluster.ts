import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, ComparisonOperator, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CLUSTER_NAME, defineBrokers, METRICS } from './by-hand-cluster';

export interface ByL2Cluster {
  readonly clusterArn: string;
  readonly securityGroup: SecurityGroup;
}

/** Defines the cluster with the CDK's L2 constructs where they exist. */
export function defineCluster(stack: Stack, vpc: IVpc): ByL2Cluster {
  const securityGroup = new SecurityGroup(stack, 'SecurityGroup', { vpc, description: 'Kafka brokers' });
  const { logGroupName } = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_MONTH });
  const { securityGroupId } = securityGroup;
  const cluster = defineBrokers(stack, { securityGroupId, logGroupName });
  const alarms = METRICS.map((metricName) => defineAlarm(stack, metricName));
  new CompositeAlarm(stack, 'Unhealthy', {
    alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
  });
  return { clusterArn: cluster.attrArn, securityGroup };
}

function defineAlarm(stack: Stack, metricName: string): Alarm {
  const metric = new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': CLUSTER_NAME },
    statistic: 'Maximum',
    period: Duration.minutes(1),
  });
  return new Alarm(stack, `Alarm${metricName}`, {
    alarmDescription: `Look after ${metricName} of ${CLUSTER_NAME}`,
    metric,
    evaluationPeriods: 3,
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
}
