import type { IResource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { ClientAuthentication } from '../access/client-authentication';
import type { ClientCredentials } from '../access/client-credentials';
import type { ClusterGrants } from '../access/cluster-grants';
import type { ClusterMetrics } from '../monitoring/metrics/cluster-metrics';
import type { BootstrapBrokers } from '../network/bootstrap-brokers';
import type { ClientConfiguration } from '../network/client-configuration';
import type { Topic } from '../topics/topic';
import type { TopicOptions } from '../topics/topic-options';
import type { ClusterKind } from './cluster-kind';
import type { KafkaVersion } from './kafka-version';

/** Represents a Kafka cluster on Amazon MSK, defined with this library or imported. */
export interface ICluster extends IResource, ec2.IConnectable, msk.IClusterRef {
  /**
   * ARN of the cluster.
   *
   * @attribute
   */
  readonly clusterArn: string;

  /** Name of the cluster, which is also the dimension `Cluster Name` of its metrics. */
  readonly clusterName: string;

  /** Grants IAM permissions on the cluster. */
  readonly grants: ClusterGrants;

  /** Provides the CloudWatch metrics of the cluster. */
  readonly metrics: ClusterMetrics;

  /** Provides the addresses that clients connect to first. */
  readonly bootstrapBrokers: BootstrapBrokers;

  /**
   * Generates ready-to-use settings for clients, which never contain secrets.
   *
   * @param authentication How the client authenticates. Defaults to the first method the cluster has enabled: IAM, SCRAM,
   * mutual TLS, none.
   */
  clientConfiguration(authentication?: ClientAuthentication): ClientConfiguration;

  /**
   * Adds a topic to this cluster. Its name defaults to the construct ID.
   *
   * @param id ID of the construct
   * @param options properties of the topic
   */
  addTopic(id: string, options?: TopicOptions): Topic;

  /**
   * Opens the brokers' port to a client. The security group rules are created in the client's stack.
   *
   * @param client what connects to the brokers
   * @param authentication How the client authenticates. Defaults to the first method the cluster has enabled: IAM, SCRAM,
   * mutual TLS, none.
   */
  allowClients(client: ec2.IConnectable, authentication?: ClientAuthentication): void;
}

/** Describes a cluster that was created elsewhere. */
export interface ClusterAttributes {
  /** ARN of the cluster, including its UUID. */
  readonly clusterArn: string;

  /** The VPC of the brokers. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets for the function that manages topics. The subnets of the brokers are a good choice, since no internet access is
   * needed.
   *
   * @default - the VPC's default selection: private subnets if there are any
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** The security groups of the brokers. */
  readonly securityGroups: ec2.ISecurityGroup[];

  /**
   * Type of the cluster.
   *
   * @default ClusterKind.STANDARD
   */
  readonly kind?: ClusterKind;

  /**
   * Number of Availability Zones that have brokers, which is the default replication factor of topics.
   *
   * @default - not known, so topics have three replicas by default
   */
  readonly zones?: number;

  /**
   * Number of brokers in all zones together.
   *
   * @default - not known, so a replication factor above it fails at deployment rather than at synthesis
   */
  readonly brokers?: number;

  /**
   * Version of Apache Kafka.
   *
   * @default - not known, so what the version does not support fails at deployment rather than at synthesis
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * How the function that manages topics authenticates to the brokers.
   *
   * @default ClientCredentials.iam()
   */
  readonly authentication?: ClientCredentials;
}
