import { renderSettings } from '../internal/settings';
import type { Finding } from '../model/finding';
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
  const { findings, rendered } = renderSettings(KEYS, configs, { id: 'ConfigTwice', property: 'configs' });
  const sorted = Object.entries(rendered).sort(([a], [b]) => (a < b ? -1 : 1));
  return { configs: Object.fromEntries(sorted), findings };
}
