import type { Duration, Size } from 'aws-cdk-lib';

/** What happens to old records. */
export enum CleanupPolicy {
  /** Delete records that exceed the retention time or size. */
  DELETE = 'delete',
  /** Keep the latest record of each key. */
  COMPACT = 'compact',
  /** Keep the latest record of each key, and delete records that exceed the retention time or size. */
  COMPACT_AND_DELETE = 'compact,delete',
}

/** How brokers compress batches of records. */
export enum CompressionType {
  /** Keep the compression of the producer. */
  PRODUCER = 'producer',
  /** Do not compress. */
  UNCOMPRESSED = 'uncompressed',
  /** Compress with Zstandard. */
  ZSTD = 'zstd',
  /** Compress with LZ4. */
  LZ4 = 'lz4',
  /** Compress with Snappy. */
  SNAPPY = 'snappy',
  /** Compress with gzip. */
  GZIP = 'gzip',
}

/**
 * Configs of a topic: the common ones as typed props, any other as text. Anything you do not set uses the default of the
 * brokers.
 *
 * @see https://kafka.apache.org/documentation/#topicconfigs
 */
export interface TopicConfigs {
  /**
   * How long records are kept (`retention.ms`). To keep them forever, set `other: { 'retention.ms': '-1' }`.
   *
   * @default - the default of the brokers, which is 7 days unless configured
   */
  readonly retention?: Duration;

  /**
   * Maximum size of each partition before old records are deleted (`retention.bytes`).
   *
   * @default - the default of the brokers, which is no limit unless configured
   */
  readonly retentionSize?: Size;

  /**
   * What happens to old records (`cleanup.policy`).
   *
   * @default - the default of the brokers, which is `delete` unless configured
   */
  readonly cleanupPolicy?: CleanupPolicy;

  /**
   * How batches are compressed (`compression.type`).
   *
   * @default - the default of the brokers, which keeps the compression of the producer unless configured
   */
  readonly compressionType?: CompressionType;

  /**
   * Minimum number of in-sync replicas that must acknowledge a write with `acks=all` (`min.insync.replicas`). One less than the
   * replication factor lets producers continue while one broker is being patched.
   *
   * @default - the default of the brokers: 2 in three zones, 1 in two
   */
  readonly minInsyncReplicas?: number;

  /**
   * Maximum size of a batch of records (`max.message.bytes`).
   *
   * @default - the default of the brokers, which is 1 MiB and 12 bytes unless configured
   */
  readonly maxMessageSize?: Size;

  /**
   * Size of a segment file of a partition (`segment.bytes`).
   *
   * @default - the default of the brokers, which is 1 GiB unless configured
   */
  readonly segmentSize?: Size;

  /**
   * Age at which a new segment file is started (`segment.ms`).
   *
   * @default - the default of the brokers, which is 7 days unless configured
   */
  readonly segmentAge?: Duration;

  /**
   * Any other config, by Kafka's key. Numbers are text, since 64-bit values exceed what JavaScript represents exactly.
   *
   * @default - none
   */
  readonly other?: { [key: string]: string };
}
