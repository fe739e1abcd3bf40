import { type Duration, type Size, Tokenization } from 'aws-cdk-lib';
import { type Finding, finding } from '../model/finding';

/** What happens to old records. */
export enum CleanupPolicy {
  /** Delete what is older or larger than the retention. */
  DELETE = 'delete',
  /** Keep the newest record of each key. */
  COMPACT = 'compact',
  /** Keep the newest record of each key, and delete what is past the retention. */
  COMPACT_AND_DELETE = 'compact,delete',
}

/** How the brokers store batches of records. */
export enum CompressionType {
  /** As the producer sent them. */
  PRODUCER = 'producer',
  /** Not compressed. */
  UNCOMPRESSED = 'uncompressed',
  /** Zstandard. */
  ZSTD = 'zstd',
  /** LZ4. */
  LZ4 = 'lz4',
  /** Snappy. */
  SNAPPY = 'snappy',
  /** Gzip. */
  GZIP = 'gzip',
}

/**
 * Settings of one topic: the common ones by name and type, any other as text. What is not declared follows the brokers.
 *
 * @see https://kafka.apache.org/documentation/#topicconfigs
 */
export interface TopicConfigs {
  /**
   * How long records are kept: `retention.ms`. For ever: `other: { 'retention.ms': '-1' }`.
   *
   * @default - the brokers' setting, 7 days unless configured
   */
  readonly retention?: Duration;

  /**
   * How much of each partition is kept: `retention.bytes`.
   *
   * @default - the brokers' setting, no limit unless configured
   */
  readonly retentionSize?: Size;

  /**
   * What happens to old records: `cleanup.policy`.
   *
   * @default - the brokers' setting, `delete` unless configured
   */
  readonly cleanupPolicy?: CleanupPolicy;

  /**
   * How batches are stored: `compression.type`.
   *
   * @default - the brokers' setting, as the producer sent them unless configured
   */
  readonly compressionType?: CompressionType;

  /**
   * How many replicas must have a record before a producer with `acks=all` hears of it: `min.insync.replicas`. One
   * less than the replication factor lets producers go on while one broker is patched.
   *
   * @default - the brokers' setting: 2 in three zones, 1 in two
   */
  readonly minInsyncReplicas?: number;

  /**
   * The largest batch of records that is taken: `max.message.bytes`.
   *
   * @default - the brokers' setting, 1 MiB and 12 bytes unless configured
   */
  readonly maxMessageSize?: Size;

  /**
   * How large the files of a partition get: `segment.bytes`.
   *
   * @default - the brokers' setting, 1 GiB unless configured
   */
  readonly segmentSize?: Size;

  /**
   * After what time a new file is begun: `segment.ms`.
   *
   * @default - the brokers' setting, 7 days unless configured
   */
  readonly segmentAge?: Duration;

  /**
   * Any other setting, by Kafka's key; numbers as text, since 64-bit ones pass what JavaScript counts exactly.
   *
   * @default - none
   */
  readonly other?: { [key: string]: string };
}

type Typed = Exclude<keyof TopicConfigs, 'other'>;

const KEYS: Record<Typed, string> = {
  retention: 'retention.ms',
  retentionSize: 'retention.bytes',
  cleanupPolicy: 'cleanup.policy',
  compressionType: 'compression.type',
  minInsyncReplicas: 'min.insync.replicas',
  maxMessageSize: 'max.message.bytes',
  segmentSize: 'segment.bytes',
  segmentAge: 'segment.ms',
};

/** Kafka's keys and texts, in the order of the keys; and what was said twice. */
export function renderConfigs(configs: TopicConfigs): { configs: Record<string, string>; findings: Finding[] } {
  const typed = (Object.keys(KEYS) as Typed[]).flatMap((prop) => {
    const value = configs[prop];
    return value === undefined ? [] : [[KEYS[prop], text(value)] as const];
  });
  const other = Object.entries(configs.other ?? {});
  const twice = typed.filter(([key]) => configs.other && key in configs.other).map(([key]) => key);
  return {
    configs: Object.fromEntries([...typed, ...other].sort(([a], [b]) => (a < b ? -1 : 1))),
    findings: twice.map((key) =>
      finding(
        'ConfigTwice',
        `'${key}' is set both by its own property in 'configs' and in 'configs.other'; remove one of them`,
      ),
    ),
  };
}

/** As Kafka writes it.
 *
 * @internal
 */
export function text(value: Duration | Size | number | string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Tokenization.stringifyNumber(value);
  return Tokenization.stringifyNumber('toMilliseconds' in value ? value.toMilliseconds() : value.toBytes());
}
