import type { Duration, Size } from 'aws-cdk-lib';
import type { CleanupPolicy, CompressionType } from '../topics/topic-configs';

/**
 * Server properties of the brokers. Common ones have a name and a type here, and any other is set as text. Anything you
 * do not set uses the MSK default.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export interface ServerProperties {
  /**
   * Whether a topic is created when a client uses a name that does not exist: `auto.create.topics.enable`.
   *
   * @default false
   */
  readonly autoCreateTopics?: boolean;

  /**
   * Whether a replica that is missing records may become the leader: `unclean.leader.election.enable`. The missing
   * records are then lost. Not supported on Express brokers, which never allow it.
   *
   * @default false
   */
  readonly uncleanLeaderElection?: boolean;

  /**
   * Replication factor of topics that are created without one: `default.replication.factor`. Not supported on Express
   * brokers, where it is always 3.
   *
   * @default - the number of zones in a configuration that a cluster creates for itself, else the MSK default
   */
  readonly defaultReplicationFactor?: number;

  /**
   * Minimum number of in-sync replicas that must acknowledge a write with `acks=all`: `min.insync.replicas`. Not
   * supported on Express brokers, where it is always 2.
   *
   * @default - the number of zones minus 1 in a configuration that a cluster creates for itself, else the MSK default
   */
  readonly minInsyncReplicas?: number;

  /**
   * Number of partitions of topics that are created without one: `num.partitions`.
   *
   * @default 1
   */
  readonly numPartitions?: number;

  /**
   * Whether clients that use SCRAM or mutual TLS may access resources that have no ACL:
   * `allow.everyone.if.no.acl.found`. Create ACLs before you turn it off.
   *
   * @default true
   */
  readonly allowEveryoneIfNoAclFound?: boolean;

  /**
   * Retention time of records: `log.retention.ms`.
   *
   * @default Duration.days(7)
   */
  readonly logRetention?: Duration;

  /**
   * Maximum size of a partition before old records are deleted: `log.retention.bytes`.
   *
   * @default - no limit
   */
  readonly logRetentionSize?: Size;

  /**
   * Cleanup policy for old records: `log.cleanup.policy`.
   *
   * @default - old records are deleted
   */
  readonly logCleanupPolicy?: CleanupPolicy;

  /**
   * Compression of stored record batches: `compression.type`.
   *
   * @default - the compression that the producer used
   */
  readonly compressionType?: CompressionType;

  /**
   * Maximum size of a record batch: `message.max.bytes`.
   *
   * @default - 1 MiB and 12 bytes
   */
  readonly messageMaxSize?: Size;

  /**
   * Number of threads that replicate records from other brokers: `num.replica.fetchers`. Not supported on Express
   * brokers.
   *
   * @default 2
   */
  readonly numReplicaFetchers?: number;

  /**
   * Other server properties that MSK documents, by Kafka's name. Write numbers as text.
   *
   * @default - none
   */
  readonly other?: { [name: string]: string };

  /**
   * Server properties that MSK supports but this version of the library does not know. They are passed on without
   * checks.
   *
   * @default - none
   */
  readonly unlisted?: { [name: string]: string };
}
