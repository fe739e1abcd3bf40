import {
  createPartitionsV3,
  createTopicsV7,
  deleteTopicsV6,
  describeConfigsV4,
  incrementalAlterConfigsV1,
  listOffsetsV7,
  metadataV12,
  protocolErrorsCodesById,
} from '@platformatic/kafka';
import {
  type AdminPort,
  type Broker,
  type ConfigChange,
  KafkaFailure,
  type NewTopic,
  type RequestName,
  type TopicContents,
  type TopicRef,
  type TopicState,
  type View,
} from './admin-port';
import { Connections, type ConnectionSettings, type WireRequest } from './connections';

const METADATA = { name: 'Metadata', writes: false, api: metadataV12.api } as const;
const DESCRIBE_CONFIGS = { name: 'DescribeConfigs', writes: false, api: describeConfigsV4.api } as const;
const LIST_OFFSETS = { name: 'ListOffsets', writes: false, api: listOffsetsV7.api } as const;
const CREATE_TOPICS = { name: 'CreateTopics', writes: true, api: createTopicsV7.api } as const;
const CREATE_PARTITIONS = { name: 'CreatePartitions', writes: true, api: createPartitionsV3.api } as const;
const ALTER_CONFIGS = { name: 'IncrementalAlterConfigs', writes: true, api: incrementalAlterConfigsV1.api } as const;
const DELETE_TOPICS = { name: 'DeleteTopics', writes: true, api: deleteTopicsV6.api } as const;

/** Codes of the protocol: a topic as a resource, a config that was set on the topic itself, two times of ListOffsets. */
const TOPIC = 2;
const DYNAMIC_TOPIC_CONFIG = 1;
const [SET, DELETE] = [0, 1] as const;
const [LATEST, EARLIEST] = [-1n, -2n];

const ABSENT = ['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'];

type Metadata = Awaited<ReturnType<typeof metadataV12.api.async>>;
type WireTopic = Metadata['topics'][number];

/** AdminPort on Kafka's own protocol; the only file that speaks it. */
export class KafkaAdmin implements AdminPort {
  private readonly connections: Connections;
  private readonly addresses = new Map<number, { host: string; port: number }>();

  public constructor(private readonly settings: ConnectionSettings) {
    this.connections = new Connections(settings);
  }

  public async view(ref: TopicRef, broker?: Broker): Promise<View> {
    const wanted = 'name' in ref ? { name: ref.name } : { topicId: toUuid(ref.topicId), name: null };
    const { brokers, clusterId, topics } = await this.metadata(wanted, broker);
    const [topic] = topics;
    const error = topic && errorName(topic.errorCode);
    // a partition without a leader is told here too; what the topic is like is in the answer all the same
    if (error && !ABSENT.includes(error) && error !== 'LEADER_NOT_AVAILABLE') throw failure('Metadata', topic);
    const found = topic && !(error && ABSENT.includes(error)) && topic.partitions.length > 0;
    return {
      clusterId: clusterId ?? '',
      brokers: brokers.map(({ nodeId }) => ({ id: nodeId })),
      topic: found ? toState(topic) : undefined,
    };
  }

  public async configs(name: string, broker?: Broker): Promise<Record<string, string>> {
    const resources = [{ resourceType: TOPIC, resourceName: name, configurationKeys: null }] as const;
    const { results } = await this.ask(DESCRIBE_CONFIGS, [[...resources], false, false], broker);
    check('DescribeConfigs', results[0]);
    const own = results[0].configs.filter(({ configSource }) => configSource === DYNAMIC_TOPIC_CONFIG);
    return Object.fromEntries(own.map(({ name: key, value }) => [key, value ?? '']));
  }

  public async contents(name: string): Promise<TopicContents> {
    const { topics } = await this.metadata({ name });
    const byLeader = Map.groupBy(topics[0]?.partitions ?? [], ({ leaderId }) => leaderId);
    if (byLeader.size === 0 || byLeader.has(-1)) throw new KafkaFailure('ListOffsets', 'LEADER_NOT_AVAILABLE', name);
    const sums = await Promise.all(
      [...byLeader].map(async ([id, partitions]) => {
        const indexes = partitions.map(({ partitionIndex }) => partitionIndex);
        const [latest, earliest] = [
          await this.offsets(name, { id }, indexes, LATEST),
          await this.offsets(name, { id }, indexes, EARLIEST),
        ];
        return { latest, earliest };
      }),
    );
    const latest = sums.reduce((sum, one) => sum + one.latest, 0n);
    const earliest = sums.reduce((sum, one) => sum + one.earliest, 0n);
    return { records: latest - earliest, everWritten: latest > 0n };
  }

  public async createTopic({ name, partitionCount, replicationFactor, configs }: NewTopic): Promise<string> {
    const topic = {
      name,
      numPartitions: partitionCount,
      replicationFactor,
      assignments: [],
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    };
    const answer = await this.ask(CREATE_TOPICS, [[topic], this.brokerLimitMs, false]);
    check('CreateTopics', answer.topics[0], answer.throttleTimeMs);
    return fromUuid(answer.topics[0].topicId);
  }

  public async growTopic(name: string, partitionCount: number, validateOnly = false): Promise<void> {
    const answer = await this.ask(CREATE_PARTITIONS, [
      [{ name, count: partitionCount, assignments: null }], // not []: the broker refuses an empty list
      this.brokerLimitMs,
      validateOnly,
    ]);
    check('CreatePartitions', answer.results[0], answer.throttleTimeMs);
  }

  public async alterConfigs(name: string, { set, reset }: ConfigChange): Promise<void> {
    const configs = [
      ...Object.entries(set).map(([key, value]) => ({ name: key, configOperation: SET, value })),
      ...reset.map((key) => ({ name: key, configOperation: DELETE, value: null })),
    ];
    const resource = { resourceType: TOPIC, resourceName: name, configs } as const;
    const answer = await this.ask(ALTER_CONFIGS, [[resource as never], false]);
    check('IncrementalAlterConfigs', answer.responses[0], answer.throttleTimeMs);
  }

  public async deleteTopic(topicId: string): Promise<void> {
    const answer = await this.ask(DELETE_TOPICS, [[{ name: null, topicId: toUuid(topicId) }], this.brokerLimitMs]);
    check('DeleteTopics', answer.responses[0], answer.throttleTimeMs);
  }

  public close(): Promise<void> {
    return this.connections.close();
  }

  /** The broker gives up before we do, so that its answer still reaches us. */
  private get brokerLimitMs(): number {
    return Math.max(1000, this.settings.requestTimeoutMs - 1000);
  }

  private async metadata(topic: { name: string | null; topicId?: string }, broker?: Broker): Promise<Metadata> {
    const answer = await this.ask(METADATA, [[topic as never], false, false], broker);
    for (const { nodeId, host, port } of answer.brokers) this.addresses.set(nodeId, { host, port });
    return answer;
  }

  private async offsets(name: string, broker: Broker, indexes: number[], timestamp: bigint): Promise<bigint> {
    const partitions = indexes.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp }));
    const { topics } = await this.ask(LIST_OFFSETS, [-1, 0, [{ name, partitions }]], broker);
    const found = topics[0].partitions;
    found.forEach((partition) => check('ListOffsets', partition));
    return found.reduce((sum, { offset }) => sum + offset, 0n);
  }

  private ask<Args extends unknown[], Answer>(
    request: WireRequest<Args, Answer>,
    args: Args,
    broker?: Broker,
  ): Promise<Answer> {
    if (request.writes) this.connections.prepare(this.addresses.values()); // all will be asked whether they show it
    if (!broker) return this.connections.ask(request, args);
    const address = this.addresses.get(broker.id);
    if (!address) return Promise.reject(new KafkaFailure(request.name, 'NO_ANSWER', `broker ${broker.id} has gone`));
    return this.connections.askOne(address, request, args);
  }
}

function toState({ name, partitions, topicId }: WireTopic): TopicState {
  return {
    name: name ?? '',
    topicId: fromUuid(topicId),
    partitionCount: partitions.length,
    replicationFactor: Math.max(...partitions.map(({ replicaNodes }) => replicaNodes.length)),
    led: partitions.every(({ leaderId }) => leaderId >= 0),
  };
}

interface Item {
  readonly errorCode: number;
  readonly errorMessage?: string | null;
}

function check(request: RequestName, item: Item, throttleMs = 0): void {
  if (item.errorCode !== 0) throw failure(request, item, throttleMs);
}

function failure(request: RequestName, { errorCode, errorMessage }: Item, throttleMs = 0): KafkaFailure {
  return new KafkaFailure(request, errorName(errorCode) ?? '', errorMessage ?? '', { throttleMs });
}

const errorName = (code: number): string | undefined =>
  code === 0 ? undefined : (protocolErrorsCodesById[code] ?? `ERROR_${code}`);

/** Kafka shows its IDs as base64url, the client library as text with hyphens. */
const fromUuid = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
const toUuid = (id: string) =>
  Buffer.from(id, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
