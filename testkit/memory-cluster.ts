import { randomBytes } from 'node:crypto';
import type { Broker, ClusterView } from '../engine/kafka/cluster-port';
import { type ItemResult, KafkaFailure } from '../engine/kafka/kafka-failure';
import type { KafkaPorts } from '../engine/kafka/ports';
import { type RequestName, REQUESTS } from '../engine/kafka/requests';
import type {
  NewTopic,
  TopicConfigChange,
  TopicConfigs,
  TopicContents,
  TopicGrowth,
  TopicPort,
  TopicRef,
  TopicState,
  TopicViews,
} from '../engine/kafka/topic-port';
import limits from '../lib/model/facts/limits.json';
import { topicFindings } from '../lib/model/rules/topics';

interface MemoryTopic {
  readonly name: string;
  readonly topicId: string;
  readonly replicationFactor: number;
  partitionCount: number;
  readonly configs: Map<string, string>;
  records: number;
  everWritten: boolean;
}

/** What happens to one request. It can fail and be carried out nevertheless. */
export interface Mishap {
  readonly request: RequestName;
  /** The request that the failure names, since authentication precedes the request. */
  readonly as?: RequestName;
  readonly error: string;
  readonly detail?: string;
  /** Whether it is carried out although the answer says otherwise or is lost. */
  readonly carriedOut?: boolean;
  readonly uncertain?: boolean;
}

/** A mishap that happens every time, for as long as a test waits. */
export const always = (mishap: Mishap): Mishap[] => Array.from({ length: 10_000 }, () => mishap);

const anId = () => randomBytes(16).toString('base64url').replace(/^-/, 'A');

/** A cluster in memory that behaves like Kafka for topics. The contract suite verifies that. */
export class MemoryCluster {
  public readonly clusterId = anId();
  public readonly topics = new Map<string, MemoryTopic>();
  /** All requests, in order. */
  public readonly requests: RequestName[] = [];
  /** The requests that changed something, in order. */
  public readonly carriedOut: RequestName[] = [];
  /** Failures of the next requests, in order. */
  public readonly mishaps: Mishap[] = [];
  /** The configs that the brokers' version does not know any more, as after an upgrade to Kafka 4.1. */
  public readonly removedConfigs = new Set<string>();
  /** The number of further views that do not show the latest change. */
  public lag = 0;
  /** The topics with a partition that has no leader. */
  public readonly offline = new Set<string>();
  /** The brokers whose replicas are not in sync. */
  public readonly outOfSync: number[] = [];

  public constructor(public readonly brokerCount = 3) {}

  public get writes(): RequestName[] {
    return this.requests.filter((request) => REQUESTS[request].writes);
  }

  public connect(): KafkaPorts {
    const answers = new MemoryAnswers(this);
    return {
      cluster: {
        get knownBrokers() {
          return answers.knownBrokers;
        },
        view: () => answers.whole('Metadata', () => answers.clusterView()),
      },
      topics: new MemoryTopics(this, answers),
      close: () => Promise.resolve(),
    };
  }

  /** Creates a topic by hand. */
  public make(
    name: string,
    topic: Partial<Pick<MemoryTopic, 'partitionCount' | 'replicationFactor' | 'records'>> & {
      configs?: Record<string, string>;
    } = {},
  ): string {
    const { configs = {}, partitionCount = 3, records = 0, replicationFactor = 3 } = topic;
    const topicId = anId();
    const kept = new Map(Object.entries(configs));
    this.topics.set(name, {
      name,
      topicId,
      partitionCount,
      replicationFactor,
      configs: kept,
      records,
      everWritten: records > 0,
    });
    return topicId;
  }

  public write(name: string, records: number): void {
    const topic = this.topics.get(name);
    if (!topic) throw new Error(`no topic ${name}`);
    topic.records += records;
    topic.everWritten ||= records > 0;
  }

  /** All topics as one text, to find out whether anything changed. */
  public get state(): string {
    const topics = [...this.topics.values()].map((topic) => ({ ...topic, configs: [...topic.configs].sort() }));
    return JSON.stringify(topics);
  }

  /** The current state of a topic, for comparisons in tests. */
  public topic(name: string) {
    const topic = this.topics.get(name);
    return topic && { ...topic, configs: Object.fromEntries(topic.configs) };
  }
}

/** Answers requests as brokers do, with the failures that a test has prepared. */
export class MemoryAnswers {
  /** The brokers that the latest view named. */
  public knownBrokers: readonly Broker[] = [];

  public constructor(private readonly cluster: MemoryCluster) {}

  public clusterView(): ClusterView {
    this.knownBrokers = Array.from({ length: this.cluster.brokerCount }, (_, index) => ({ id: index + 1 }));
    return { clusterId: this.cluster.clusterId, brokers: this.knownBrokers };
  }

  /** A request that fails or succeeds as a whole. */
  public async whole<T>(request: RequestName, work: () => T): Promise<T> {
    const [result] = await this.each(request, [undefined], work);
    if (result instanceof KafkaFailure) throw result;
    return result;
  }

  /** A request with one result per item. Without an answer, or without authentication, the whole request fails. */
  public async each<Item, T>(
    request: RequestName,
    items: readonly Item[],
    work: (item: Item) => T,
  ): Promise<ItemResult<T>[]> {
    await Promise.resolve();
    this.cluster.requests.push(request);
    const index = this.cluster.mishaps.findIndex((mishap) => mishap.request === request);
    if (index < 0) return this.carryOut(request, items, work);
    const [{ as, carriedOut, detail, error, uncertain }] = this.cluster.mishaps.splice(index, 1);
    if (carriedOut) this.carryOut(request, items, work);
    const failure = new KafkaFailure(as ?? request, error, detail ?? '', { uncertain });
    if (as || error === 'NO_ANSWER') throw failure;
    return items.map(() => failure);
  }

  private carryOut<Item, T>(request: RequestName, items: readonly Item[], work: (item: Item) => T): ItemResult<T>[] {
    const before = this.cluster.state;
    const results = items.map((item) => attempt(() => work(item)));
    if (REQUESTS[request].writes && this.cluster.state !== before) this.cluster.carriedOut.push(request);
    return results;
  }
}

function attempt<T>(work: () => T): ItemResult<T> {
  try {
    return work();
  } catch (failure) {
    if (failure instanceof KafkaFailure) return failure;
    throw failure;
  }
}

class MemoryTopics implements TopicPort {
  public constructor(
    private readonly cluster: MemoryCluster,
    private readonly answers: MemoryAnswers,
  ) {}

  public async views(refs: readonly TopicRef[], broker?: Broker): Promise<TopicViews> {
    const topics = await this.answers.each('Metadata', refs, (ref) => this.stateOf(ref, broker));
    return { ...this.answers.clusterView(), topics };
  }

  public configs(names: readonly string[]): Promise<ItemResult<TopicConfigs>[]> {
    return this.answers.each('DescribeConfigs', names, (name) => {
      const { configs } = this.existing('DescribeConfigs', name);
      const shown = (key: string, value: string) =>
        this.cluster.removedConfigs.has(key) ? undefined : printed(key, value);
      return Object.fromEntries([...configs].map(([key, value]) => [key, shown(key, value)]));
    });
  }

  public contents(names: readonly string[]): Promise<ItemResult<TopicContents>[]> {
    return this.answers.each('ListOffsets', names, (name) => {
      const { everWritten, records } = this.existing('ListOffsets', name);
      if (this.cluster.offline.has(name)) throw new KafkaFailure('ListOffsets', 'LEADER_NOT_AVAILABLE', name);
      return { records: BigInt(records), everWritten };
    });
  }

  public createTopics(topics: readonly NewTopic[]): Promise<ItemResult<string>[]> {
    return this.answers.each('CreateTopics', topics, (topic) => this.create(topic));
  }

  public growTopics(growths: readonly TopicGrowth[]): Promise<ItemResult<void>[]> {
    return this.answers.each('CreatePartitions', growths, ({ name, partitionCount }) => {
      const topic = this.existing('CreatePartitions', name);
      if (partitionCount <= topic.partitionCount) {
        const detail =
          partitionCount === topic.partitionCount
            ? `Topic already has ${partitionCount} partition(s).`
            : `The topic ${name} currently has ${topic.partitionCount} partition(s); ${partitionCount} would not be an increase.`;
        throw new KafkaFailure('CreatePartitions', 'INVALID_PARTITIONS', detail);
      }
      if (partitionCount - topic.partitionCount > limits.kafkaRequest.records)
        throw new KafkaFailure('CreatePartitions', 'UNKNOWN_SERVER_ERROR', '');
      topic.partitionCount = partitionCount;
    });
  }

  public alterConfigs(changes: readonly TopicConfigChange[], validateOnly = false): Promise<ItemResult<void>[]> {
    return this.answers.each('IncrementalAlterConfigs', changes, ({ change: { reset, set }, name }) => {
      const { configs } = this.existing('IncrementalAlterConfigs', name);
      checkConfigs('IncrementalAlterConfigs', set);
      const left = [...configs.keys(), ...Object.keys(set)].filter((key) => !reset.includes(key));
      const unknown = left.find((key) => this.cluster.removedConfigs.has(key));
      if (unknown !== undefined)
        throw new KafkaFailure('IncrementalAlterConfigs', 'INVALID_CONFIG', `Unknown topic config name: ${unknown}`);
      if (validateOnly) return;
      Object.entries(set).forEach(([key, value]) => configs.set(key, value));
      reset.forEach((key) => configs.delete(key));
    });
  }

  public deleteTopics(topicIds: readonly string[]): Promise<ItemResult<void>[]> {
    return this.answers.each('DeleteTopics', topicIds, (topicId) => {
      const topic = this.byId(topicId);
      if (!topic)
        throw new KafkaFailure('DeleteTopics', 'UNKNOWN_TOPIC_ID', 'This server does not host this topic ID.');
      this.cluster.topics.delete(topic.name);
    });
  }

  private stateOf(ref: TopicRef, broker?: Broker): TopicState | undefined {
    const found = 'name' in ref ? this.cluster.topics.get(ref.name) : this.byId(ref.topicId);
    const isLagging = this.cluster.lag > 0 && broker?.id !== 1 && this.cluster.lag-- > 0;
    if (!found || isLagging) return undefined;
    const { name, partitionCount, replicationFactor, topicId } = found;
    const { offline, outOfSync } = this.cluster;
    return { name, partitionCount, replicationFactor, topicId, led: !offline.has(name), outOfSync };
  }

  private create({ configs, name, partitionCount, replicationFactor }: NewTopic): string {
    const refuse = (error: string, detail: string) => new KafkaFailure('CreateTopics', error, detail);
    const { brokerCount, topics } = this.cluster;
    if (topics.has(name)) throw refuse('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
    if (replicationFactor > brokerCount)
      throw refuse('INVALID_REPLICATION_FACTOR', `only ${brokerCount} broker(s) are registered.`);
    const collision = [...topics.keys()].find((other) => other.replaceAll('.', '_') === name.replaceAll('.', '_'));
    if (collision)
      throw refuse('INVALID_TOPIC_EXCEPTION', `Topic '${name}' collides with existing topic: ${collision}`);
    checkConfigs('CreateTopics', configs);
    return this.cluster.make(name, { partitionCount, replicationFactor, configs: { ...configs } });
  }

  private byId(topicId: string): MemoryTopic | undefined {
    return [...this.cluster.topics.values()].find((topic) => topic.topicId === topicId);
  }

  private existing(request: RequestName, name: string): MemoryTopic {
    const topic = this.cluster.topics.get(name);
    if (!topic)
      throw new KafkaFailure(request, 'UNKNOWN_TOPIC_OR_PARTITION', 'This server does not host this topic-partition.');
    return topic;
  }
}

/** Refuses unknown keys and values of the wrong type, as brokers do, and then sets nothing. */
function checkConfigs(request: RequestName, configs: Readonly<Record<string, string>>): void {
  const wrong = topicFindings({ configs }).find(({ id, severity }) => severity === 'error' || id === 'ConfigUnknown');
  if (wrong) throw new KafkaFailure(request, 'INVALID_CONFIG', wrong.message);
}

/** The value as Java prints it. */
function printed(key: string, value: string): string {
  if (key !== 'min.cleanable.dirty.ratio') return value;
  const number = Number(value);
  const [digits, exponent] = (number !== 0 && number < 0.001 ? number.toExponential() : String(number)).split('e');
  const decimal = digits.includes('.') ? digits : `${digits}.0`;
  return exponent === undefined ? decimal : `${decimal}E${exponent}`;
}
