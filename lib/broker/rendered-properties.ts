import { type Finding, finding } from '../model/finding';
import { text } from '../topics/rendered-configs';
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

/** The server properties by Kafka's names, without the unlisted ones, and the ones that are set twice. */
export function renderProperties(properties: ServerProperties): { named: Record<string, string>; findings: Finding[] } {
  const typed = (Object.keys(NAMES) as Typed[]).flatMap((prop) => {
    const value = properties[prop];
    return value === undefined
      ? []
      : [[NAMES[prop], typeof value === 'boolean' ? String(value) : text(value)] as const];
  });
  const other = properties.other ?? {};
  const duplicates = typed.filter(([name]) => name in other).map(([name]) => name);
  return {
    named: { ...Object.fromEntries(typed), ...other },
    findings: duplicates.map((name) =>
      finding(
        'ServerPropertyTwice',
        `'${name}' is set both by its own property in 'serverProperties' and in 'serverProperties.other'; remove one of them`,
      ),
    ),
  };
}
