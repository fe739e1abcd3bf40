import type { Duration, Size } from 'aws-cdk-lib';
import type { CleanupPolicy, CompressionType } from '../topics/topic-configs';

/**
 * Settings of all brokers of a cluster: the common ones by name and type, any other as text. What is not declared is as MSK
 * has it.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export interface ServerProperties {
  /**
   * Whether a topic is made when somebody writes to a name that is not there: `auto.create.topics.enable`.
   *
   * @default false
   */
  readonly autoCreateTopics?: boolean;

  /**
   * Whether a replica that lacks records may lead, which loses them: `unclean.leader.election.enable`. Not on Express brokers,
   * which never do.
   *
   * @default false
   */
  readonly uncleanLeaderElection?: boolean;

  /**
   * How many replicas a topic gets that asks for none: `default.replication.factor`. Not on Express brokers, which make three.
   *
   * @default - for a cluster's own configuration the number of its zones, else as MSK has it
   */
  readonly defaultReplicationFactor?: number;

  /**
   * How many replicas must have a record before a producer with `acks=all` hears of it: `min.insync.replicas`. Not on Express
   * brokers, where it is two.
   *
   * @default - for a cluster's own configuration one less than the number of its zones, else as MSK has it
   */
  readonly minInsyncReplicas?: number;

  /**
   * How many partitions a topic gets that asks for none: `num.partitions`.
   *
   * @default - 1
   */
  readonly numPartitions?: number;

  /**
   * Whether clients by SCRAM or certificate may do what no ACL speaks of: `allow.everyone.if.no.acl.found`. Make ACLs before you
   * turn it off.
   *
   * @default - true
   */
  readonly allowEveryoneIfNoAclFound?: boolean;

  /**
   * How long records are kept: `log.retention.ms`.
   *
   * @default - 7 days
   */
  readonly logRetention?: Duration;

  /**
   * How much of each partition is kept: `log.retention.bytes`.
   *
   * @default - no limit
   */
  readonly logRetentionSize?: Size;

  /**
   * What happens to old records: `log.cleanup.policy`.
   *
   * @default - they are deleted
   */
  readonly logCleanupPolicy?: CleanupPolicy;

  /**
   * How batches are stored: `compression.type`.
   *
   * @default - as the producer sent them
   */
  readonly compressionType?: CompressionType;

  /**
   * The largest batch of records that is taken: `message.max.bytes`.
   *
   * @default - 1 MiB and 12 bytes
   */
  readonly messageMaxSize?: Size;

  /**
   * Threads that copy records from other brokers: `num.replica.fetchers`. Not on Express brokers.
   *
   * @default - 2
   */
  readonly numReplicaFetchers?: number;

  /**
   * Any other property of MSK's list, by Kafka's name; numbers as text.
   *
   * @default - none
   */
  readonly other?: { [name: string]: string };

  /**
   * Properties that MSK takes and this version of the library does not know. They are written as they are, unjudged.
   *
   * @default - none
   */
  readonly unlisted?: { [name: string]: string };
}
