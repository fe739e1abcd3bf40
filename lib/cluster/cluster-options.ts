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

/** Options of clusters with brokers, Standard or Express. */
export interface ClusterOptions {
  /** The VPC of the brokers, which cannot be changed later. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets of the brokers, one in each Availability Zone, which cannot be changed later. Standard brokers require two or three
   * zones, Express brokers three.
   *
   * @default - the VPC's default selection: private subnets if there are any, else isolated, else public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the brokers, which cannot be changed later.
   *
   * @default - a new security group without inbound rules
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the security group that is created for the brokers allows all outbound traffic. Brokers answer their clients
   * without it. The rules of on-demand pollers of Lambda are added in either case.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * Name of the cluster, 1 to 64 characters. A new name creates a new cluster. MSK refuses the name of a cluster that exists, also
   * of one that an earlier stack retained; see `removalPolicy`.
   *
   * @default - a name generated from the construct path
   */
  readonly clusterName?: string;

  /**
   * Version of Apache Kafka. It can be upgraded later in place, but never downgraded.
   *
   * @default KafkaVersion.V3_9_X_KRAFT
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * Number of brokers in each Availability Zone. The total is this number times the number of zones.
   *
   * @default 1
   */
  readonly brokersPerAz?: number;

  /**
   * How clients authenticate, with one method or several.
   *
   * @default [ClientAuthentication.iam()]
   */
  readonly authentication?: ClientAuthentication[];

  /**
   * KMS key that encrypts data at rest, which cannot be changed later.
   *
   * @default - the AWS managed key for MSK (`aws/kafka`)
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Configuration that is defined elsewhere, for example to share it between clusters.
   *
   * @default - a new configuration with safe server properties and `serverProperties`
   */
  readonly configuration?: IConfiguration;

  /**
   * Server properties of the cluster's own configuration. They take precedence over the safe ones, which are
   * `auto.create.topics.enable=false`, and for Standard brokers `unclean.leader.election.enable=false` and
   * `default.replication.factor` and `min.insync.replicas`: 3 and 2 in three zones, 2 and 1 in two.
   *
   * @default - the safe server properties
   */
  readonly serverProperties?: ServerProperties;

  /**
   * Destination of the broker logs.
   *
   * @default BrokerLogs.cloudWatch()
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
   */
  readonly brokerLogs?: BrokerLogs;

  /**
   * Which metrics the brokers send to CloudWatch.
   *
   * @default MonitoringLevel.DEFAULT
   */
  readonly monitoringLevel?: MonitoringLevel;

  /**
   * Whether CloudWatch alarms monitor the cluster.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Actions to run when an alarm goes off.
   *
   * @default - none, so alarms are only visible in the console
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Prometheus exporters that the brokers run. Use `allowPrometheus` to open their ports.
   *
   * @default - none
   */
  readonly openMonitoring?: OpenMonitoring;

  /**
   * What happens to the cluster, and to the resources it depends on (security group, configuration, log group), when it leaves
   * the stack. A first deployment that fails leaves nothing behind. While a retained cluster exists, deploying the stack again
   * fails with "This cluster name already exists", until `cdk import` brings it back. The guide about moving has the steps.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
