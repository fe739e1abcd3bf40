import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import { SUBNET_IDS } from './network';

export const CLUSTER_NAME = 'by-hand';

export interface ByHandCluster {
  readonly cluster: CfnCluster;
  readonly securityGroup: CfnSecurityGroup;
}

export function defineCluster(stack: Stack, vpcId: string): ByHandCluster {
  const securityGroup = new CfnSecurityGroup(stack, 'SecurityGroup', {
    groupDescription: 'Kafka brokers',
    vpcId,
    securityGroupEgress: [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1' }],
  });
  const logGroup = new CfnLogGroup(stack, 'Logs', { retentionInDays: 30 });
  const cluster = defineBrokers(stack, { securityGroupId: securityGroup.attrGroupId, logGroupName: logGroup.ref });
  const alarms = METRICS.map((metricName) => defineAlarm(stack, metricName));
  const alarmRule = alarms.map((alarm) => `ALARM("${alarm.attrArn}")`).join(' OR ');
  new CfnCompositeAlarm(stack, 'Unhealthy', { alarmRule, alarmDescription: `${CLUSTER_NAME} is unhealthy` });
  return { cluster, securityGroup };
}

/** The resources that both define with an L1, since the CDK has no L2 for them. */
export function defineBrokers(stack: Stack, { logGroupName, securityGroupId }: BrokersProps): CfnCluster {
  const configuration = new CfnConfiguration(stack, 'Configuration', {
    name: CLUSTER_NAME,
    serverProperties: 'auto.create.topics.enable=false\nunclean.leader.election.enable=false',
  });
  return new CfnCluster(stack, 'Cluster', {
    clusterName: CLUSTER_NAME,
    kafkaVersion: '3.9.x.kraft',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: {
      clientSubnets: SUBNET_IDS,
      instanceType: 'kafka.m7g.large',
      securityGroups: [securityGroupId],
      storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    enhancedMonitoring: 'DEFAULT',
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroupName } } },
  });
}

interface BrokersProps {
  readonly securityGroupId: string;
  readonly logGroupName: string;
}

export const METRICS = [
  'OfflinePartitionsCount',
  'ActiveControllerCount',
  'UnderMinIsrPartitionCount',
  'UnderReplicatedPartitions',
  'KafkaDataLogsDiskUsed',
  'CpuIdle',
  'HeapMemoryAfterGC',
  'PartitionCount',
  'ConnectionCount',
  'TrafficShaping',
  'ClientConnectionCount',
  'GlobalPartitionCount',
  'GlobalTopicCount',
];

function defineAlarm(stack: Stack, metricName: string): CfnAlarm {
  return new CfnAlarm(stack, `Alarm${metricName}`, {
    alarmDescription: `Look after ${metricName} of ${CLUSTER_NAME}`,
    namespace: 'AWS/Kafka',
    metricName,
    dimensions: [{ name: 'Cluster Name', value: CLUSTER_NAME }],
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: 3,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  });
}
