import type { Duration, IResource, RemovalPolicy } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { TopicGrants } from '../access/topic-grants';
import type { TopicMetrics } from '../monitoring/metrics/topic-metrics';
import type { TopicBackend } from './topic-backend';
import type { OnUnreachable, TopicConfigDrift, TopicOnExisting, TopicOnPartitionDecrease } from './topic-behavior';
import type { TopicConfigs } from './topic-configs';

/** Represents a Kafka topic, defined with this library or imported. */
export interface ITopic extends IResource, msk.ITopicRef {
  /** Name of the topic, which stays a literal if it was given as one. */
  readonly topicName: string;

  /**
   * ARN of the topic for IAM policies.
   *
   * @attribute
   */
  readonly topicArn: string;

  /** The cluster that the topic belongs to. */
  readonly cluster: msk.IClusterRef;

  /** Grants IAM permissions on the topic. */
  readonly grants: TopicGrants;

  /** Provides the CloudWatch metrics of the topic. */
  readonly metrics: TopicMetrics;
}

/** Describes a topic that was created elsewhere. */
export interface TopicAttributes {
  /** The cluster: one defined with this library, an imported one, or an L1. */
  readonly cluster: msk.IClusterRef;

  /** Name of the topic. */
  readonly topicName: string;
}

/** Options of a topic, without the cluster it belongs to. */
export interface TopicOptions {
  /**
   * Name of the topic: 1 to 249 letters, digits, `.`, `_` and `-`. A new name creates a new topic. The old topic is kept, or
   * deleted if its removal policy says so and it is empty.
   *
   * @default - the ID of the construct
   */
  readonly topicName?: string;

  /**
   * Number of partitions. It can be increased later but never reduced, and increasing it changes which partition a key maps to.
   *
   * @default 3
   */
  readonly partitionCount?: number;

  /**
   * Number of replicas of each partition. It cannot be changed by a deployment.
   *
   * @default - one in each zone of the cluster: 3, or 2 if it has two zones
   */
  readonly replicationFactor?: number;

  /**
   * Configs of the topic. Removing one resets it to the default of the brokers.
   *
   * @default - the defaults of the brokers
   */
  readonly configs?: TopicConfigs;

  /**
   * What happens to the topic and its records when it leaves the stack or gets a new name.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * What to do when a topic with this name already exists.
   *
   * @default TopicOnExisting.FAIL
   */
  readonly onExisting?: TopicOnExisting;

  /**
   * What to do with configs that are set on the topic but not declared here.
   *
   * @default TopicConfigDrift.DECLARED
   */
  readonly configDrift?: TopicConfigDrift;

  /**
   * What to do when `partitionCount` is lower than the number of partitions the topic has.
   *
   * @default TopicOnPartitionDecrease.FAIL
   */
  readonly onPartitionDecrease?: TopicOnPartitionDecrease;

  /**
   * What to do when the topic is to be deleted but no broker can be reached.
   *
   * @default OnUnreachable.FAIL
   */
  readonly onUnreachable?: OnUnreachable;

  /**
   * Whether a topic that contains records may be deleted because its name changed. It has an effect only with a removal policy
   * that deletes.
   *
   * @default false
   */
  readonly allowDataLoss?: boolean;

  /**
   * Any text, such as a release number. When it changes, the deployment compares the topic with the brokers and fixes
   * differences. Without it, CloudFormation skips a topic whose properties have not changed.
   *
   * @default - the topic is compared when another property changes
   */
  readonly reconcileToken?: string;

  /**
   * How long authentication and authorization failures are retried. An IAM policy can take up to a minute to reach the brokers,
   * and a new SCRAM user up to ten.
   *
   * @default - 2 minutes with IAM, else no retries, so that a wrong secret fails at once
   */
  readonly permissionGracePeriod?: Duration;

  /**
   * What creates, changes and deletes the topic. A bare reference to a cluster, such as an L1, needs
   * `TopicBackend.dataPlane({ vpc, clusterSecurityGroups })`.
   *
   * @default TopicBackend.dataPlane()
   */
  readonly backend?: TopicBackend;
}

/** Properties of a topic. */
export interface TopicProps extends TopicOptions {
  /** The cluster: one defined with this library, in this stack or another, an imported one, or an L1. */
  readonly cluster: msk.IClusterRef;
}
