import type { IResource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import type { ClusterGrants } from '../access/cluster-grants';
import type { IMeasuredCluster } from '../monitoring/metrics/measured';
import type { BootstrapBrokers } from '../network/bootstrap-brokers';
import type { ClientConfiguration } from '../network/client-configuration';
import type { ClientCredentials } from '../access/client-credentials';
import type { Topic, TopicOptions } from '../topics/topic';
import type { TopicDriftOptions } from '../handlers/schedule';
import type { ClusterKind } from './cluster-kind';
import { foundCluster, ImportedCluster, traitsFrom } from './imported-cluster';
import type { KafkaVersion } from './kafka-version';

/** A Kafka cluster on Amazon MSK, made here or elsewhere. */
export interface ICluster extends IResource, ec2.IConnectable, msk.IClusterRef, IMeasuredCluster {
  /**
   * ARN of the cluster.
   *
   * @attribute
   */
  readonly clusterArn: string;

  /** Name of the cluster, which is also the dimension of its metrics. */
  readonly clusterName: string;

  /** What identities may do with the cluster. */
  readonly grants: ClusterGrants;

  /** The addresses that clients connect to first. */
  readonly bootstrapBrokers: BootstrapBrokers;

  /**
   * Ready properties for clients.
   *
   * @param authentication how the client says who it is; without a word by what the cluster has: IAM, else SCRAM, else a
   * certificate, else nothing
   */
  clientConfiguration(authentication?: ClientAuthentication): ClientConfiguration;

  /** Define a topic; its name is the ID unless the options say another. */
  addTopic(id: string, options?: TopicOptions): Topic;

  /**
   * Compare the topics of this app with the brokers on a schedule, and touch nothing. What differs is in the log of the
   * handlers, a line a topic, and in the metric `TopicDrift` of the namespace `cdk-msk`: how many topics differ, by
   * `Cluster Name`, and by `Cluster Name` and `Difference`.
   */
  reportTopicDrift(options?: TopicDriftOptions): void;

  /**
   * Let a client reach the brokers' port; the rule lands in the client's stack.
   *
   * @param client who comes to the brokers
   * @param authentication how the client says who it is; without a word by what the cluster has: IAM, else SCRAM, else a
   * certificate, else nothing
   */
  allowClients(client: ec2.IConnectable, authentication?: ClientAuthentication): void;
}

/** What is needed of a cluster that exists. */
export interface ClusterAttributes {
  /** ARN of the cluster, with its UUID. */
  readonly clusterArn: string;

  /** The VPC of the brokers. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets for the function that manages topics; the brokers' own are right.
   *
   * @default - the VPC's default selection: private subnets if there are any
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** The security groups of the brokers. */
  readonly securityGroups: ec2.ISecurityGroup[];

  /**
   * What the cluster is made of.
   *
   * @default ClusterKind.STANDARD
   */
  readonly kind?: ClusterKind;

  /**
   * In how many zones there are brokers: the default replication factor of topics.
   *
   * @default - not known; topics get three replicas
   */
  readonly zones?: number;

  /**
   * How many brokers there are in all zones together.
   *
   * @default - not known; the brokers refuse a replication factor above it
   */
  readonly brokers?: number;

  /**
   * Version of Apache Kafka.
   *
   * @default - not known; what it cannot do is refused at deployment
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * As whom the function that manages topics comes to the brokers.
   *
   * @default ClientCredentials.iam()
   */
  readonly authentication?: ClientCredentials;
}

/** Which cluster to look up. */
export interface ClusterLookupOptions {
  /** Name of the cluster. */
  readonly clusterName: string;
}

/** Clusters that exist already. */
export class Cluster {
  /**
   * A cluster of which nothing but the ARN is known: grants and bootstrap brokers work on it. A topic needs a way to the
   * brokers, which `backend: TopicBackend.dataPlane({ vpc, clusterSecurityGroups })` gives to it.
   */
  public static fromClusterArn(scope: Construct, id: string, clusterArn: string): ICluster {
    return new ImportedCluster(scope, id, { clusterArn });
  }

  /** A cluster that was made elsewhere; topics, grants and bootstrap brokers work on it. */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, { clusterArn: attributes.clusterArn, traits: traitsFrom(attributes) });
  }

  /**
   * A provisioned cluster of the stack's account and Region, found by its name when the app is synthesized. What was found
   * is kept in `cdk.context.json`, so that every later synthesis gives the same template; commit that file. Topics, grants
   * and bootstrap brokers work on the cluster. The stack needs an explicit environment.
   */
  public static fromLookup(scope: Construct, id: string, options: ClusterLookupOptions): ICluster {
    return new ImportedCluster(scope, id, foundCluster(scope, id, options.clusterName));
  }

  private constructor() {}
}
