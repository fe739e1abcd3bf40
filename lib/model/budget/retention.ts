/** What decides how much of a topic is kept. */
export interface RetentionInput {
  readonly configs: Readonly<Record<string, string>>;
  /** The configs whose values only the deployment knows. */
  readonly unknownConfigs: readonly string[];
  readonly serverProperties: Readonly<Record<string, string>>;
  readonly ingressMBps: number;
  /** Missing if only the deployment knows it. */
  readonly partitions?: number;
  /** What the budget says in place of the topic's own config. */
  readonly retentionMs?: number;
  /** What the budget says in place of a computation. */
  readonly storedBytes?: number;
  /** Whether the budget says so, but only the deployment knows the value. */
  readonly isRetentionUnknown?: boolean;
}

/** How many bytes of one replica are kept, and how many of them on the brokers' volumes. */
export interface Stored {
  readonly bytes: number;
  readonly localBytes: number;
}

/** Whether Kafka keeps the latest record of each key. */
export const isCompacted = ({ configs, serverProperties }: Policies): boolean =>
  policyOf({ configs, serverProperties }).includes('compact');

type Policies = Pick<RetentionInput, 'configs' | 'serverProperties'>;

const policyOf = ({ configs, serverProperties }: Policies) =>
  configs['cleanup.policy'] ?? serverProperties['log.cleanup.policy'] ?? 'delete';

/** How much is kept, or why that is not known. */
export function storedOf(input: RetentionInput): Stored | string {
  if (input.isRetentionUnknown) return 'only the deployment knows its retention';
  if (input.storedBytes !== undefined)
    return { bytes: input.storedBytes, localBytes: localOf(input, input.storedBytes) };
  if (input.ingressMBps === 0) return { bytes: 0, localBytes: 0 };
  const pending = ['cleanup.policy', 'retention.bytes', ...(input.retentionMs === undefined ? ['retention.ms'] : [])];
  const unknown = pending.find((config) => input.unknownConfigs.includes(config));
  if (unknown) return `only the deployment knows its '${unknown}'`;
  if (isCompacted(input) && !policyOf(input).includes('delete'))
    return 'compaction keeps the latest record of each key';
  const bytes = Math.min(byTime(input, retentionMs(input)), bySize(input, sizeOf(input)));
  return bytes === Infinity ? 'its records are kept forever' : { bytes, localBytes: localOf(input, bytes) };
}

/** A negative retention has no limit, as in Kafka. */
const byTime = ({ ingressMBps }: RetentionInput, ms: number) => (ms < 0 ? Infinity : ingressMBps * 1000 * ms);

/** Kafka limits the size of each partition. */
const bySize = ({ partitions }: RetentionInput, bytes: number) =>
  bytes < 0 || partitions === undefined ? Infinity : bytes * partitions;

/** Kafka takes the finest unit that is set. */
function retentionMs({ configs, retentionMs: said, serverProperties }: RetentionInput): number {
  if (said !== undefined) return said;
  const units = [
    [configs['retention.ms'], 1],
    [serverProperties['log.retention.ms'], 1],
    [serverProperties['log.retention.minutes'], 60_000],
    [serverProperties['log.retention.hours'], 3_600_000],
  ] as const;
  const [value, unit] = units.find(([text]) => text !== undefined) ?? DEFAULT_RETENTION;
  return Number(value) * unit;
}

/**
 * Seven days.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
 */
const DEFAULT_RETENTION = ['168', 3_600_000] as const;

const sizeOf = ({ configs, serverProperties }: RetentionInput) =>
  Number(configs['retention.bytes'] ?? serverProperties['log.retention.bytes'] ?? -1);

/** A local retention of -2 is the whole retention. */
function localOf(input: RetentionInput, bytes: number): number {
  const { configs } = input;
  if (configs['remote.storage.enable']?.toLowerCase() !== 'true') return bytes;
  const [ms, size] = ['local.retention.ms', 'local.retention.bytes'].map((config) => Number(configs[config] ?? -2));
  return Math.min(bytes, byTime(input, ms), bySize(input, size));
}
