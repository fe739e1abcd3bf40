import {
  createPartitionsV3,
  createTopicsV7,
  deleteTopicsV6,
  describeConfigsV4,
  incrementalAlterConfigsV1,
  listOffsetsV7,
} from '@platformatic/kafka';
import { type KafkaCluster, type Metadata, toClusterView } from './kafka-cluster';
import { type ItemResult, KafkaFailure } from './kafka-failure';
import { sumOffsets, type TopicOffset } from './offsets';
import type { Broker } from './cluster-port';
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
} from './topic-port';
import { errorName, toFailure, toResults, type WireItem } from './wire-results';

const DESCRIBE_CONFIGS = { name: 'DescribeConfigs', api: describeConfigsV4.api } as const;
const LIST_OFFSETS = { name: 'ListOffsets', api: listOffsetsV7.api } as const;
const CREATE_TOPICS = { name: 'CreateTopics', api: createTopicsV7.api } as const;
const CREATE_PARTITIONS = { name: 'CreatePartitions', api: createPartitionsV3.api } as const;
const ALTER_CONFIGS = { name: 'IncrementalAlterConfigs', api: incrementalAlterConfigsV1.api } as const;
const DELETE_TOPICS = { name: 'DeleteTopics', api: deleteTopicsV6.api } as const;

/** Codes of the protocol: a topic as a resource, a config that was set on the topic itself, two times of ListOffsets. */
const TOPIC = 2;
const DYNAMIC_TOPIC_CONFIG = 1;
const [SET, DELETE] = [0, 1] as const;
const [LATEST, EARLIEST] = [-1n, -2n];

const ABSENT = ['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'];

type WireTopic = Metadata['topics'][number];
type WirePartition = WireTopic['partitions'][number] & { readonly topicName: string };

/** TopicPort on Kafka's protocol. */
export class KafkaTopics implements TopicPort {
  public constructor(private readonly cluster: KafkaCluster) {}

  public async views(refs: readonly TopicRef[], broker?: Broker): Promise<TopicViews> {
    // a broker passes over the names in a request that has IDs too
    const byKind = [refs.filter((ref) => 'name' in ref), refs.filter((ref) => 'topicId' in ref)];
    const filled = byKind.filter(({ length }) => length > 0);
    const requests = filled.length > 0 ? filled : [[]]; // an empty list still reads the cluster
    const answers = await Promise.all(requests.map((some) => this.cluster.metadata(some.map(toMetadataTopic), broker)));
    const found = new Map(answers.flatMap(({ topics }) => topics.flatMap(keysOf)));
    return { ...toClusterView(answers[0]), topics: refs.map((ref) => toView(found.get(keyOf(ref)))) };
  }

  public async configs(names: readonly string[], broker?: Broker): Promise<readonly ItemResult<TopicConfigs>[]> {
    const resources = names.map((resourceName) => ({
      resourceType: TOPIC,
      resourceName,
      configurationKeys: null,
    }));
    const { results } = await this.cluster.ask(DESCRIBE_CONFIGS, [resources as never, false, false], broker);
    const answer = { request: 'DescribeConfigs', items: results, keyOf: nameOfResource } as const;
    return toResults(names, answer, ({ configs }) => {
      const own = configs.filter(({ configSource }) => configSource === DYNAMIC_TOPIC_CONFIG);
      return Object.fromEntries(own.map(({ name, value }) => [name, value ?? undefined]));
    });
  }

  public async contents(names: readonly string[]): Promise<readonly ItemResult<TopicContents>[]> {
    const { topics } = await this.cluster.metadata(names.map((name) => ({ name })));
    const led = topics.filter(isLed);
    const partitions = led.flatMap((topic) => topic.partitions.map((one) => ({ ...one, topicName: topic.name ?? '' })));
    const byLeader = Map.groupBy(partitions, ({ leaderId }) => leaderId);
    const offsets = await Promise.all([...byLeader].map(([id, some]) => this.offsets({ id }, some)));
    return names.map((name) =>
      led.some((topic) => topic.name === name)
        ? sumOffsets(name, offsets.flat())
        : new KafkaFailure('ListOffsets', 'LEADER_NOT_AVAILABLE', name),
    );
  }

  public async createTopics(topics: readonly NewTopic[]): Promise<readonly ItemResult<string>[]> {
    const asked = topics.map(({ name, partitionCount, replicationFactor, configs }) => ({
      name,
      numPartitions: partitionCount,
      replicationFactor,
      assignments: [],
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    }));
    const answer = await this.cluster.change(
      CREATE_TOPICS,
      [asked, this.cluster.brokerLimitMs, false],
      (of) => of.topics,
    );
    return toResults(
      topics.map(({ name }) => name),
      { request: 'CreateTopics', items: answer.topics, keyOf: nameOf, throttleMs: answer.throttleTimeMs },
      ({ topicId }) => fromUuid(topicId),
    );
  }

  public async growTopics(growths: readonly TopicGrowth[]): Promise<readonly ItemResult<void>[]> {
    // not [] as assignments: the broker refuses an empty list
    const topics = growths.map(({ name, partitionCount }) => ({ name, count: partitionCount, assignments: null }));
    const answer = await this.cluster.change(
      CREATE_PARTITIONS,
      [topics, this.cluster.brokerLimitMs, false],
      (of) => of.results,
    );
    return toResults(
      growths.map(({ name }) => name),
      { request: 'CreatePartitions', items: answer.results, keyOf: nameOf, throttleMs: answer.throttleTimeMs },
      nothing,
    );
  }

  public async alterConfigs(
    changes: readonly TopicConfigChange[],
    validateOnly = false,
  ): Promise<readonly ItemResult<void>[]> {
    const resources = changes.map(({ change: { reset, set }, name }) => ({
      resourceType: TOPIC,
      resourceName: name,
      configs: [
        ...Object.entries(set).map(([key, value]) => ({ name: key, configOperation: SET, value })),
        ...reset.map((key) => ({ name: key, configOperation: DELETE, value: null })),
      ],
    }));
    const answer = await this.cluster.ask(ALTER_CONFIGS, [resources as never, validateOnly]);
    return toResults(
      changes.map(({ name }) => name),
      {
        request: 'IncrementalAlterConfigs',
        items: answer.responses,
        keyOf: nameOfResource,
        throttleMs: answer.throttleTimeMs,
      },
      nothing,
    );
  }

  public async deleteTopics(topicIds: readonly string[]): Promise<readonly ItemResult<void>[]> {
    const topics = topicIds.map((topicId) => ({ name: null, topicId: toUuid(topicId) }));
    const answer = await this.cluster.change(DELETE_TOPICS, [topics, this.cluster.brokerLimitMs], (of) => of.responses);
    return toResults(
      topicIds.map(toUuid),
      {
        request: 'DeleteTopics',
        items: answer.responses,
        keyOf: ({ topicId }) => topicId,
        throttleMs: answer.throttleTimeMs,
      },
      nothing,
    );
  }

  /** The first and last offsets of partitions that a broker leads. */
  private async offsets(leader: Broker, partitions: readonly WirePartition[]): Promise<TopicOffset[]> {
    const byTopic = [...Map.groupBy(partitions, ({ topicName }) => topicName)];
    const asked = (timestamp: bigint) =>
      byTopic.map(([name, some]) => ({
        name,
        partitions: some.map(({ partitionIndex }) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp })),
      }));
    const latest = await this.cluster.ask(LIST_OFFSETS, [-1, 0, asked(LATEST)], leader);
    const earliest = await this.cluster.ask(LIST_OFFSETS, [-1, 0, asked(EARLIEST)], leader);
    return [
      ...latest.topics.flatMap(({ name, partitions: found }) => found.map((one) => toOffset(name, 'latest', one))),
      ...earliest.topics.flatMap(({ name, partitions: found }) => found.map((one) => toOffset(name, 'earliest', one))),
    ];
  }
}

const nothing = (): void => undefined;
const nameOf = ({ name }: { readonly name: string | null }) => name ?? '';
const nameOfResource = ({ resourceName }: { readonly resourceName: string }) => resourceName;

const toMetadataTopic = (ref: TopicRef) =>
  'name' in ref ? { name: ref.name } : { name: null, topicId: toUuid(ref.topicId) };

const keyOf = (ref: TopicRef) => ('name' in ref ? `name ${ref.name}` : `id ${toUuid(ref.topicId)}`);
const keysOf = (topic: WireTopic): [string, WireTopic][] => [
  [`name ${topic.name}`, topic],
  [`id ${topic.topicId}`, topic],
];

function toView(topic: WireTopic | undefined): ItemResult<TopicState | undefined> {
  const error = topic && errorName(topic.errorCode);
  if (!topic || (error && ABSENT.includes(error))) return undefined;
  // a partition without a leader is reported here too; the answer describes the topic all the same
  if (error && error !== 'LEADER_NOT_AVAILABLE') return toFailure('Metadata', topic);
  return topic.partitions.length > 0 ? toState(topic) : undefined;
}

function toState(topic: WireTopic): TopicState {
  const { name, partitions, topicId } = topic;
  return {
    name: name ?? '',
    topicId: fromUuid(topicId),
    partitionCount: partitions.length,
    replicationFactor: Math.max(...partitions.map(({ replicaNodes }) => replicaNodes.length)),
    led: isLed(topic),
    outOfSync: [...new Set(partitions.flatMap(({ isrNodes, replicaNodes }) => withoutAll(replicaNodes, isrNodes)))],
  };
}

const withoutAll = (ids: readonly number[], others: readonly number[]) => ids.filter((id) => !others.includes(id));

/** Only the leader of a partition knows its offsets. */
const isLed = ({ partitions }: WireTopic) => partitions.length > 0 && partitions.every(({ leaderId }) => leaderId >= 0);

function toOffset(
  topicName: string,
  end: TopicOffset['end'],
  partition: WireItem & { readonly offset: bigint },
): TopicOffset {
  return { topicName, end, offset: partition.errorCode === 0 ? partition.offset : toFailure('ListOffsets', partition) };
}

/** Kafka shows its IDs as base64url, the client library as text with hyphens. */
const fromUuid = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
const toUuid = (id: string) =>
  Buffer.from(id, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
