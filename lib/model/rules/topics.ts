import facts from '../facts/topic-configs.json';
import { KIND_NAMES } from '../fact-lookups';
import { type Finding, finding } from '../finding';
import { tieredTopicFindings } from './tiered-topics';
import { canonicalValue, expectation, shorten, type ValueFact } from './values';
import type { ClusterKind, TopicSpec } from '../wire/topic';

/** What is known of a topic at synthesis. What is missing, such as a token, is not checked. */
export type KnownTopic = Partial<Pick<TopicSpec, 'topicName' | 'partitionCount' | 'replicationFactor' | 'configs'>>;

interface ConfigFact extends ValueFact {
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

/** Everything that is wrong with one topic, without looking at its cluster except for the cluster's type. */
export function topicFindings(topic: KnownTopic, kind: ClusterKind = 'standard'): Finding[] {
  return [
    ...nameFindings(topic.topicName),
    ...rangeFindings('partitionCount', topic.partitionCount, MOST_PARTITIONS),
    ...rangeFindings('replicationFactor', topic.replicationFactor, MOST_REPLICAS),
    ...expressFindings(topic, kind),
    ...Object.entries(topic.configs ?? {}).flatMap(([key, value]) => configFindings(key, value, kind)),
    ...minIsrFindings(topic.configs?.['min.insync.replicas'], {
      name: 'replicationFactor',
      value: topic.replicationFactor,
    }),
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

function configFindings(key: string, value: string, kind: ClusterKind): Finding[] {
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
  const expected = expectation(withLimitsOf(fact, kind), value.trim());
  return expected ? [finding('ConfigValue', `'${key}' must be ${expected}, got '${shorten(value)}'`)] : [];
}

/** These belong to the tool that moves partitions between brokers, for as long as it runs. */
export const isThrottle = (key: string) => key.endsWith('.replication.throttled.replicas');

function withLimitsOf(fact: ConfigFact, kind: ClusterKind): ConfigFact {
  if (kind === 'express') return { ...fact, min: fact.expressMin ?? fact.min };
  return kind === 'serverless' ? { ...fact, max: fact.serverlessMax ?? fact.max } : fact;
}

/**
 * Kafka itself accepts a `min.insync.replicas` above the replication factor, and then blocks producers forever. One that
 * equals it blocks them whenever a broker is patched.
 *
 * @param factor the replication factor: its name in messages, and its value
 */
export function minIsrFindings(declared: string | undefined, factor: { name: string; value?: number }): Finding[] {
  const { name, value: replicas } = factor;
  if (declared === undefined || replicas === undefined || !/^\s*\+?\d+\s*$/.test(declared)) return [];
  const minInSync = Number(declared);
  if (minInSync > replicas) {
    const message = `'min.insync.replicas' must not exceed '${name}' (${replicas}), got ${minInSync}`;
    return [finding('MinIsrAboveRf', message)];
  }
  if (minInSync !== replicas || replicas < 2) return [];
  const message = `'min.insync.replicas' equals '${name}' (${replicas}): producers with acks=all are blocked whenever a broker is patched; set it to ${replicas - 1}`;
  return [finding('MinIsrEqualsRf', message)];
}

/** One spelling for all values that brokers take for the same, whichever of them they return. */
export const canonicalConfig = (key: string, value: string): string => canonicalValue(CONFIGS.get(key), value);

/** Whether brokers see no difference between two values. A config that is not set equals only another that is not set. */
export function isSameConfig(key: string, one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalConfig(key, one) === canonicalConfig(key, other);
}
