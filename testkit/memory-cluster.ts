import { randomBytes } from 'node:crypto';
import {
  type AdminPort,
  type Broker,
  type ConfigChange,
  KafkaFailure,
  type NewTopic,
  type RequestName,
  type TopicContents,
  type TopicRef,
  type View,
} from '../engine/kafka/admin-port';
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

/** What happens to one request: it may fail, and be carried out all the same. */
/** Something that goes wrong each time, as far as a test waits. */
export const always = (mishap: Mishap): Mishap[] => Array.from({ length: 10_000 }, () => mishap);

export interface Mishap {
  readonly request: RequestName;
  /** What the failure names, where authentication goes before the request. */
  readonly as?: RequestName;
  readonly error: string;
  readonly detail?: string;
  /** Carried out, but the answer says otherwise or is lost. */
  readonly carriedOut?: boolean;
  readonly uncertain?: boolean;
}

const WRITES = new Set<RequestName>(['CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'DeleteTopics']);
const anId = () => randomBytes(16).toString('base64url').replace(/^-/, 'A');

/** A cluster in memory that behaves as Kafka does where topics are concerned; the contract suite holds it to that. */
export class MemoryCluster {
  public readonly clusterId = anId();
  public readonly topics = new Map<string, MemoryTopic>();
  /** Every request that was asked, in order. */
  public readonly requests: RequestName[] = [];
  /** Those that changed something, in order. */
  public readonly carriedOut: RequestName[] = [];
  /** Requests that no broker answers, or answers badly, in order. */
  public readonly mishaps: Mishap[] = [];
  /** How many more views a broker does not know of what was made last. */
  public lag = 0;

  public constructor(public readonly brokerCount = 3) {}

  public get writes(): RequestName[] {
    return this.requests.filter((request) => WRITES.has(request));
  }

  public connect(): AdminPort {
    return new MemoryAdmin(this);
  }

  /** A topic that somebody made by hand. */
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

  /** All topics as one text, to tell whether anything changed. */
  public get state(): string {
    const topics = [...this.topics.values()].map((topic) => ({ ...topic, configs: [...topic.configs].sort() }));
    return JSON.stringify(topics);
  }

  /** What a topic is like now, for a test to compare. */
  public topic(name: string) {
    const topic = this.topics.get(name);
    return topic && { ...topic, configs: Object.fromEntries(topic.configs) };
  }
}

class MemoryAdmin implements AdminPort {
  public constructor(private readonly cluster: MemoryCluster) {}

  public async view(ref: TopicRef, broker?: Broker): Promise<View> {
    return this.answer('Metadata', () => {
      const found = 'name' in ref ? this.cluster.topics.get(ref.name) : this.byId(ref.topicId);
      const lagging = this.cluster.lag > 0 && broker?.id !== 1 && this.cluster.lag-- > 0;
      const brokers = Array.from({ length: this.cluster.brokerCount }, (_, index) => ({ id: index + 1 }));
      const { name, partitionCount, replicationFactor, topicId } = found ?? {};
      const topic = found && !lagging ? { name, partitionCount, replicationFactor, topicId, led: true } : undefined;
      return { clusterId: this.cluster.clusterId, brokers, topic: topic as View['topic'] };
    });
  }

  public async configs(name: string): Promise<Record<string, string>> {
    return this.answer('DescribeConfigs', () => Object.fromEntries(this.existing('DescribeConfigs', name).configs));
  }

  public async contents(name: string): Promise<TopicContents> {
    return this.answer('ListOffsets', () => {
      const { everWritten, records } = this.existing('ListOffsets', name);
      return { records: BigInt(records), everWritten };
    });
  }

  public async createTopic({ configs, name, partitionCount, replicationFactor }: NewTopic): Promise<string> {
    return this.answer('CreateTopics', () => {
      if (this.cluster.topics.has(name))
        throw new KafkaFailure('CreateTopics', 'TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
      if (replicationFactor > this.cluster.brokerCount) {
        throw new KafkaFailure(
          'CreateTopics',
          'INVALID_REPLICATION_FACTOR',
          `only ${this.cluster.brokerCount} broker(s) are registered.`,
        );
      }
      const collision = [...this.cluster.topics.keys()].find(
        (other) => other.replaceAll('.', '_') === name.replaceAll('.', '_'),
      );
      if (collision)
        throw new KafkaFailure(
          'CreateTopics',
          'INVALID_TOPIC_EXCEPTION',
          `Topic '${name}' collides with existing topic: ${collision}`,
        );
      checkConfigs('CreateTopics', configs);
      return this.cluster.make(name, { partitionCount, replicationFactor, configs: { ...configs } });
    });
  }

  public async growTopic(name: string, partitionCount: number, validateOnly = false): Promise<void> {
    return this.answer('CreatePartitions', () => {
      const topic = this.existing('CreatePartitions', name);
      if (partitionCount <= topic.partitionCount) {
        const detail =
          partitionCount === topic.partitionCount
            ? `Topic already has ${partitionCount} partition(s).`
            : `The topic ${name} currently has ${topic.partitionCount} partition(s); ${partitionCount} would not be an increase.`;
        throw new KafkaFailure('CreatePartitions', 'INVALID_PARTITIONS', detail);
      }
      if (!validateOnly) topic.partitionCount = partitionCount;
    });
  }

  public async alterConfigs(name: string, { reset, set }: ConfigChange): Promise<void> {
    return this.answer('IncrementalAlterConfigs', () => {
      const { configs } = this.existing('IncrementalAlterConfigs', name);
      checkConfigs('IncrementalAlterConfigs', set);
      Object.entries(set).forEach(([key, value]) => configs.set(key, value));
      reset.forEach((key) => configs.delete(key));
    });
  }

  public async deleteTopic(topicId: string): Promise<void> {
    return this.answer('DeleteTopics', () => {
      const topic = this.byId(topicId);
      if (!topic)
        throw new KafkaFailure('DeleteTopics', 'UNKNOWN_TOPIC_ID', 'This server does not host this topic ID.');
      this.cluster.topics.delete(topic.name);
    });
  }

  public close(): Promise<void> {
    return Promise.resolve();
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

  private async answer<T>(request: RequestName, work: () => T): Promise<T> {
    await Promise.resolve();
    this.cluster.requests.push(request);
    const index = this.cluster.mishaps.findIndex((mishap) => mishap.request === request);
    if (index < 0) return this.carryOut(request, work);
    const [mishap] = this.cluster.mishaps.splice(index, 1);
    if (mishap.carriedOut) this.carryOut(request, work);
    throw new KafkaFailure(mishap.as ?? request, mishap.error, mishap.detail ?? '', { uncertain: mishap.uncertain });
  }

  private carryOut<T>(request: RequestName, work: () => T): T {
    const before = this.cluster.state;
    const result = work();
    if (WRITES.has(request) && this.cluster.state !== before) this.cluster.carriedOut.push(request);
    return result;
  }
}

/** As brokers do: unknown keys and values of another type are refused, and nothing is set. */
function checkConfigs(request: RequestName, configs: Readonly<Record<string, string>>): void {
  const [finding] = topicFindings({ configs });
  if (finding) throw new KafkaFailure(request, 'INVALID_CONFIG', finding.message);
}
