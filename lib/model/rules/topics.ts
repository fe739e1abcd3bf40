import facts from '../facts/topic-configs.json';
import { KIND_NAMES } from '../fact-lookups';
import { type Finding, finding } from '../finding';
import { limitOf, upgradeFindings, type VersionedFact, versionFindings } from './config-versions';
import { tieredTopicFindings } from './tiered-topics';
import { canonicalValue, expectation, shorten, wholeOf } from './values';
import type { ClusterKind, TopicSpec } from '../wire/topic';

/** What is known of a topic at synthesis. What is missing, such as a token, is not checked. */
export type KnownTopic = Partial<Pick<TopicSpec, 'topicName' | 'partitionCount' | 'replicationFactor' | 'configs'>>;

interface ConfigFact extends VersionedFact {
  /** Whether topics on Express brokers support it, and the limit that differs there. */
  readonly express: boolean;
  readonly expressMin?: string;
  /** Whether topics on Serverless clusters support it, and the limit that differs there. */
  readonly serverless: boolean;
  readonly serverlessMax?: string;
}

const CONFIGS = new Map((facts.list as ConfigFact[]).map((fact) => [fact.name, fact]));

/** @see https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
const NAME_LENGTH = 249;
/** CreateTopics carries the number of replicas as a 16-bit number, the number of partitions as a 32-bit one. */
const MOST_REPLICAS = 32_767;
const MOST_PARTITIONS = 2_147_483_647;

/** Everything that is wrong with one topic, without looking at its cluster except for the cluster's type and version. */
export function topicFindings(topic: KnownTopic, kind: ClusterKind = 'standard', kafkaVersion?: string): Finding[] {
  const place = { kind, kafkaVersion };
  return [
    ...nameFindings(topic.topicName),
    ...rangeFindings('partitionCount', topic.partitionCount, MOST_PARTITIONS),
    ...rangeFindings('replicationFactor', topic.replicationFactor, MOST_REPLICAS),
    ...expressFindings(topic, kind),
    ...Object.entries(topic.configs ?? {}).flatMap(([key, value]) => configFindings(key, value, place)),
    ...minIsrFindings(topic.configs?.['min.insync.replicas'], {
      name: 'replicationFactor',
      value: topic.replicationFactor,
    }),
    ...compactionLagFindings(topic.configs),
    ...(kind === 'standard' ? tieredTopicFindings(topic.configs) : []),
  ];
}

function nameFindings(name: string | undefined): Finding[] {
  if (name === undefined) return [];
  const shown = shorten(name);
  if (name.length < 1 || name.length > NAME_LENGTH) {
    const message = `'topicName' must have 1 to ${NAME_LENGTH} characters, got ${name.length} in '${shown}'`;
    return [finding('TopicNameLength', message)];
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name) || name === '.' || name === '..') {
    const message = `'topicName' must consist of letters, digits, '.', '_' and '-', and must not be '.' or '..', got '${shown}'`;
    return [finding('TopicNameCharacters', message)];
  }
  if (!name.startsWith('__')) return [];
  const message = `'topicName' must not start with '__', which is reserved for internal topics, got '${shown}'`;
  return [finding('TopicNameInternal', message)];
}

function rangeFindings(prop: 'partitionCount' | 'replicationFactor', got: number | undefined, most: number): Finding[] {
  if (got === undefined || (Number.isInteger(got) && got >= 1 && got <= most)) return [];
  const id = prop === 'partitionCount' ? 'PartitionCountRange' : 'ReplicationFactorRange';
  return [finding(id, `'${prop}' must be a whole number from 1 to ${most}, got ${got}`)];
}

/**
 * Express brokers silently create three replicas, whatever the request says.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html
 */
function expressFindings({ replicationFactor }: KnownTopic, kind: ClusterKind): Finding[] {
  if (kind !== 'express' || replicationFactor === undefined || replicationFactor === 3) return [];
  const message = `'replicationFactor' must be 3 on Express brokers, got ${replicationFactor}`;
  return [finding('ExpressReplicationFactor', message)];
}

/** What is known of the brokers that a config is for. */
interface ConfigPlace {
  readonly kind: ClusterKind;
  readonly kafkaVersion?: string;
}

function configFindings(key: string, value: string, { kafkaVersion, kind }: ConfigPlace): Finding[] {
  const fact = CONFIGS.get(key);
  if (!fact) {
    const message = `'${key}' is not a topic config known to this version of cdk-msk; check its spelling, since only the brokers will validate it`;
    return [finding('ConfigUnknown', message)];
  }
  if (isThrottle(key)) {
    const message = `'${key}' must not be declared: tools that reassign replicas set it temporarily; remove it`;
    return [finding('ConfigThrottle', message)];
  }
  if (kind !== 'standard' && !fact[kind]) {
    return [finding('ConfigOfOtherKind', `'${key}' cannot be set on ${KIND_NAMES[kind]}; remove it`)];
  }
  const versions = versionFindings(fact, kafkaVersion);
  if (versions.length > 0) return versions;
  if (key === CLEANUP_POLICY && value.trim() === '') return [KEPT_FOREVER];
  const limited = { ...withLimitsOf(fact, kind), ...limitOf(fact, kafkaVersion) };
  const expected = expectation(limited, value.trim());
  if (expected) return [finding('ConfigValue', `'${key}' must be ${expected}, got '${shorten(value)}'`)];
  return upgradeFindings(fact, value.trim());
}

/** Brokers refuse a record that must stay uncompacted for longer than it may. */
function compactionLagFindings(configs: KnownTopic['configs'] = {}): Finding[] {
  const [least, most] = ['min.compaction.lag.ms', 'max.compaction.lag.ms'].map((key) => wholeOf(configs[key]));
  if (least === undefined || most === undefined || least <= most) return [];
  const message = `'min.compaction.lag.ms' (${least}) must not exceed 'max.compaction.lag.ms' (${most}); lower the one or raise the other`;
  return [finding('CompactionLagOrder', message)];
}

const CLEANUP_POLICY = 'cleanup.policy';

/** Brokers take it from Kafka 3.7 on, if not earlier. */
const KEPT_FOREVER = finding(
  'CleanupPolicyEmpty',
  `'${CLEANUP_POLICY}' is empty: records are neither deleted nor compacted, so the topic grows forever, whatever its retention; set delete, compact or both, unless that is intended`,
);

/** Whether the policy of a topic keeps the latest record of each key. */
export const isCompacted = (policy = ''): boolean => canonicalConfig(CLEANUP_POLICY, policy).includes('compact');

/** These belong to the tool that moves partitions between brokers, for as long as it runs. */
export const isThrottle = (key: string) => key.endsWith('.replication.throttled.replicas');

function withLimitsOf(fact: ConfigFact, kind: ClusterKind): ConfigFact {
  if (kind === 'express') return { ...fact, min: fact.expressMin ?? fact.min };
  return kind === 'serverless' ? { ...fact, max: fact.serverlessMax ?? fact.max } : fact;
}

/**
 * Kafka 3.7 and later read a `min.insync.replicas` above the replication factor as the replication factor. So either blocks
 * producers whenever a broker is patched, and neither is an error. Earlier versions block producers forever.
 *
 * @param factor the replication factor: its name in messages, and its value
 */
export function minIsrFindings(declared: string | undefined, factor: { name: string; value?: number }): Finding[] {
  const { name, value: replicas } = factor;
  if (declared === undefined || replicas === undefined || !/^\s*\+?\d+\s*$/.test(declared)) return [];
  const minInSync = Number(declared);
  const fix = `set it to ${Math.max(replicas - 1, 1)}`;
  if (minInSync > replicas) {
    const message = `'min.insync.replicas' (${minInSync}) exceeds '${name}' (${replicas}): from Kafka 3.7 on, brokers use ${replicas} instead, and earlier ones refuse all records of producers with acks=all; ${fix}`;
    return [finding('MinIsrAboveRf', message)];
  }
  if (minInSync !== replicas || replicas < 2) return [];
  const message = `'min.insync.replicas' equals '${name}' (${replicas}): producers with acks=all are blocked whenever a broker is patched; ${fix}`;
  return [finding('MinIsrEqualsRf', message)];
}

/** One spelling for all values that brokers take for the same, whichever of them they return. */
export const canonicalConfig = (key: string, value: string): string => canonicalValue(CONFIGS.get(key), value);

/** Whether brokers see no difference between two values. A config that is not set equals only another that is not set. */
export function isSameConfig(key: string, one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalConfig(key, one) === canonicalConfig(key, other);
}
