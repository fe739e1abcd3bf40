import facts from '../facts/topic-configs.json';
import type { Finding } from '../finding';
import { caution, problem } from '../finding';
import { tieredFindings } from './tiered-topics';
import type { ClusterKind, TopicSpec } from '../wire/topic';

/** The parts of a topic that rules judge; what is not known yet is not there. */
export type JudgedTopic = Partial<Pick<TopicSpec, 'topicName' | 'partitionCount' | 'replicationFactor' | 'configs'>>;

/** What a value must be, by its type and range. */
export interface ValueFact {
  readonly name: string;
  readonly type: string;
  readonly min?: string;
  readonly max?: string;
  readonly also?: string;
  readonly oneOf?: readonly string[];
}

interface ConfigFact extends ValueFact {
  /** Whether it can be set on a topic of such a cluster, and within which limits of its own. */
  readonly express: boolean;
  readonly expressMin?: string;
  readonly serverless: boolean;
  readonly serverlessMax?: string;
}

const CONFIGS = new Map((facts.list as ConfigFact[]).map((fact) => [fact.name, fact]));

/** @see https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
const NAME_LENGTH = 249;
/** CreateTopics carries the number of replicas as a 16-bit number, the number of partitions as a 32-bit one. */
const MOST_REPLICAS = 32_767;
const MOST_PARTITIONS = 2_147_483_647;

/** All that can be said of one topic without looking at its cluster, but for the kind that it is. */
export function topicFindings(topic: JudgedTopic, kind: ClusterKind = 'standard'): Finding[] {
  return [
    ...nameFindings(topic.topicName),
    ...rangeFindings('partitionCount', topic.partitionCount, MOST_PARTITIONS),
    ...rangeFindings('replicationFactor', topic.replicationFactor, MOST_REPLICAS),
    ...expressFindings(topic, kind),
    ...Object.entries(topic.configs ?? {}).flatMap(([key, value]) => configFindings(key, value, kind)),
    ...minIsrFindings(topic),
    ...(kind === 'standard' ? tieredFindings(topic.configs) : []),
  ];
}

function nameFindings(name: string | undefined): Finding[] {
  if (name === undefined) return [];
  const shown = shorten(name);
  if (name.length < 1 || name.length > NAME_LENGTH) {
    return [
      problem(
        'TopicNameLength',
        `'topicName' must have 1 to ${NAME_LENGTH} characters, got ${name.length} in '${shown}'`,
      ),
    ];
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name) || name === '.' || name === '..') {
    return [
      problem(
        'TopicNameCharacters',
        `'topicName' may hold letters, digits, '.', '_' and '-' and not be '.' or '..', got '${shown}'`,
      ),
    ];
  }
  return name.startsWith('__')
    ? [
        problem(
          'TopicNameInternal',
          `'topicName' must not begin with '__', which is kept for internal topics, got '${shown}'`,
        ),
      ]
    : [];
}

function rangeFindings(prop: 'partitionCount' | 'replicationFactor', got: number | undefined, most: number): Finding[] {
  if (got === undefined || (Number.isInteger(got) && got >= 1 && got <= most)) return [];
  const id = prop === 'partitionCount' ? 'PartitionCountRange' : 'ReplicationFactorRange';
  return [problem(id, `'${prop}' must be a whole number from 1 to ${most}, got ${got}`)];
}

/**
 * Brokers of this kind make three replicas of any number, and say nothing.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html
 */
function expressFindings({ replicationFactor }: JudgedTopic, kind: ClusterKind): Finding[] {
  if (kind !== 'express' || replicationFactor === undefined || replicationFactor === 3) return [];
  return [problem('ExpressReplicationFactor', `'replicationFactor' is 3 on Express brokers, got ${replicationFactor}`)];
}

export const shorten = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

function configFindings(key: string, value: string, kind: ClusterKind): Finding[] {
  const fact = CONFIGS.get(key);
  if (!fact) {
    return [
      caution('ConfigUnknown', `'${key}' is no topic config that this version of cdk-msk knows; the brokers decide`),
    ];
  }
  if (isThrottle(key)) {
    return [
      problem(
        'ConfigThrottle',
        `'${key}' belongs to whoever moves replicas, and is set only while they move; leave it out`,
      ),
    ];
  }
  if (kind !== 'standard' && !fact[kind]) {
    const name = kind === 'express' ? 'Express brokers' : 'a Serverless cluster';
    return [problem('ConfigOfOtherKind', `'${key}' cannot be set on ${name}; leave it out`)];
  }
  const expected = expectation(withLimitsOf(fact, kind), value.trim());
  return expected ? [problem('ConfigValue', `'${key}' must be ${expected}, got '${shorten(value)}'`)] : [];
}

/** While partitions move between brokers, somebody else needs these. */
export const isThrottle = (key: string) => key.endsWith('.replication.throttled.replicas');

function withLimitsOf(fact: ConfigFact, kind: ClusterKind): ConfigFact {
  if (kind === 'express') return { ...fact, min: fact.expressMin ?? fact.min };
  return kind === 'serverless' ? { ...fact, max: fact.serverlessMax ?? fact.max } : fact;
}

/** What the fact wants, if the value is not it. */
export function expectation(fact: ValueFact, value: string): string | undefined {
  if (fact.type === 'int' || fact.type === 'long') return numberExpectation(fact, value, /^[+-]?\d+$/, BigInt);
  if (fact.type === 'double') return numberExpectation(fact, value, /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, Number);
  if (!fact.oneOf) return undefined;
  const values = fact.type === 'list' ? value.split(',').map((one) => one.trim()) : [value];
  const wanted = fact.type === 'boolean' ? values.map((one) => one.toLowerCase()) : values;
  return wanted.every((one) => fact.oneOf?.includes(one))
    ? undefined
    : fact.oneOf.join(fact.type === 'list' ? ' and/or ' : ', ');
}

function numberExpectation(
  { type, min, max, also }: ValueFact,
  value: string,
  shape: RegExp,
  parse: (text: string) => bigint | number,
): string | undefined {
  const range = `a number (${type}) from ${min} to ${max}${also === undefined ? '' : ` or ${also}`}`;
  if (!shape.test(value)) return range;
  const number = parse(value.replace(/^\+/, ''));
  const fits = (min === undefined || number >= parse(min)) && (max === undefined || number <= parse(max));
  return fits || (also !== undefined && number === parse(also)) ? undefined : range;
}

/** Kafka itself takes a `min.insync.replicas` above the replication factor; producers then wait for ever. */
function minIsrFindings({ replicationFactor, configs }: JudgedTopic): Finding[] {
  const declared = configs?.['min.insync.replicas'];
  if (declared === undefined || replicationFactor === undefined || !/^\s*\d+\s*$/.test(declared)) return [];
  const minInSync = Number(declared);
  if (minInSync > replicationFactor) {
    return [
      problem(
        'MinIsrAboveRf',
        `'min.insync.replicas' must not exceed 'replicationFactor' ${replicationFactor}, got ${minInSync}`,
      ),
    ];
  }
  return minInSync === replicationFactor && replicationFactor > 1
    ? [
        caution(
          'MinIsrEqualsRf',
          `'min.insync.replicas' equals 'replicationFactor' ${replicationFactor}: producers are blocked whenever one broker is patched; ask for ${replicationFactor - 1}`,
        ),
      ]
    : [];
}

/** The value as the brokers would hand it back, so that equal settings compare equal. */
export function canonicalConfig(key: string, value: string): string {
  const trimmed = value.trim();
  switch (CONFIGS.get(key)?.type) {
    case 'boolean':
      return trimmed.toLowerCase();
    case 'int':
    case 'long':
      return /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')).toString() : trimmed;
    case 'list':
      return trimmed
        .split(',')
        .map((one) => one.trim())
        .join(',');
    default:
      return trimmed;
  }
}
