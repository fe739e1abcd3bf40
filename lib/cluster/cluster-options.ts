import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ClientAuthentication } from '../access/client-authentication';
import type { BrokerLogs } from '../broker/broker-logs';
import type { OpenMonitoring } from '../broker/open-monitoring';
import type { ServerProperties } from '../broker/server-properties';
import type { MonitoringLevel } from '../monitoring/metrics/monitoring-level';
import type { IConfiguration } from './configuration';
import type { KafkaVersion } from './kafka-version';

/** What clusters with brokers have in common, Standard or Express. */
export interface ClusterOptions {
  /** The VPC of the brokers. The cluster can never move to another. */
  readonly vpc: ec2.IVpc;

  /**
   * Which subnets the brokers stand in, for good: one in each Availability Zone. Standard brokers take two or three zones,
   * Express brokers three.
   *
   * @default - the VPC's default selection: private subnets if there are any, else isolated, else public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the brokers. They can never change.
   *
   * @default - one of the cluster's own, without an inbound rule
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Name of the cluster, 1 to 64 characters. Another name is another cluster.
   *
   * @default - a name is made from the construct's path
   */
  readonly clusterName?: string;

  /**
   * Version of Apache Kafka. It can rise later, in place, never fall.
   *
   * @default KafkaVersion.V3_9_X_KRAFT
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * How many brokers stand in each zone; the cluster has so many times the number of zones.
   *
   * @default 1
   */
  readonly brokersPerAz?: number;

  /**
   * How clients say who they are: one way or several at once.
   *
   * @default [ClientAuthentication.iam()]
   */
  readonly authentication?: ClientAuthentication[];

  /**
   * The key that encrypts the data at rest. It can never change.
   *
   * @default - the key that AWS manages for MSK (`aws/kafka`)
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Server properties that are made elsewhere, for instance for many clusters.
   *
   * @default - a configuration of the cluster's own, with safe server properties and `serverProperties`
   */
  readonly configuration?: IConfiguration;

  /**
   * Server properties of the cluster's own configuration. They go before the safe ones: `auto.create.topics.enable=false`, and
   * for Standard brokers `unclean.leader.election.enable=false`, and `default.replication.factor` and `min.insync.replicas` 3
   * and 2 in three zones, 2 and 1 in two.
   *
   * @default - the safe ones
   */
  readonly serverProperties?: ServerProperties;

  /**
   * Where the brokers' logs go.
   *
   * @default BrokerLogs.cloudWatch()
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
   */
  readonly brokerLogs?: BrokerLogs;

  /**
   * Which metrics the brokers send.
   *
   * @default MonitoringLevel.DEFAULT
   */
  readonly monitoringLevel?: MonitoringLevel;

  /**
   * Whether alarms watch the cluster.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * What happens when an alarm goes off.
   *
   * @default - nothing but the alarm's state in the console
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What Prometheus can read on the brokers; `allowPrometheus` lets it in.
   *
   * @default - nothing
   */
  readonly openMonitoring?: OpenMonitoring;

  /**
   * What happens to the cluster, and to what it cannot live without (security group, configuration, log group), when it
   * leaves the stack. A first deployment that fails leaves nothing behind.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
