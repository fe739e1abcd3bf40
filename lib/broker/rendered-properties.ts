import { renderSettings } from '../internal/settings';
import type { Finding } from '../model/finding';
import type { ServerProperties } from './server-properties';

type Typed = Exclude<keyof ServerProperties, 'other' | 'unlisted'>;

const NAMES: Record<Typed, string> = {
  autoCreateTopics: 'auto.create.topics.enable',
  uncleanLeaderElection: 'unclean.leader.election.enable',
  defaultReplicationFactor: 'default.replication.factor',
  minInsyncReplicas: 'min.insync.replicas',
  numPartitions: 'num.partitions',
  allowEveryoneIfNoAclFound: 'allow.everyone.if.no.acl.found',
  logRetention: 'log.retention.ms',
  logRetentionSize: 'log.retention.bytes',
  logCleanupPolicy: 'log.cleanup.policy',
  compressionType: 'compression.type',
  messageMaxSize: 'message.max.bytes',
  numReplicaFetchers: 'num.replica.fetchers',
};

/** The server properties by Kafka's names, without the unlisted ones, and a finding for each one that is set twice. */
export function renderProperties(properties: ServerProperties): { named: Record<string, string>; findings: Finding[] } {
  const source = { id: 'ServerPropertyTwice', property: 'serverProperties' } as const;
  const { findings, rendered } = renderSettings(NAMES, properties, source);
  return { named: rendered, findings };
}
