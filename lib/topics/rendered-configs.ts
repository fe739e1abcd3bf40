import type { Duration, Size } from 'aws-cdk-lib';
import { numberText } from '../internal/validation';
import { type Finding, finding } from '../model/finding';
import type { TopicConfigs } from './topic-configs';

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

/** The configs by Kafka's keys, sorted, with their values as text, and a finding for each key that is set twice. */
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

/** A value as Kafka writes it: durations in milliseconds, sizes in bytes. */
export function text(value: Duration | Size | number | string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  return numberText('toMilliseconds' in value ? value.toMilliseconds() : value.toBytes());
}
