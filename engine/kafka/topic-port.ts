import type { Broker, ClusterView } from './cluster-port';
import type { ItemResult } from './kafka-failure';

/** What a broker knows about a topic. */
export interface TopicState {
  readonly name: string;
  readonly topicId: string;
  readonly partitionCount: number;
  /** Of the partition with the most replicas. */
  readonly replicationFactor: number;
  /** Whether every partition has a leader. */
  readonly led: boolean;
  /** The brokers that hold a replica that is not in sync with its leader. */
  readonly outOfSync: readonly number[];
}

/** The answer of one broker about the cluster and some topics; a topic that it does not know is undefined. */
export interface TopicViews extends ClusterView {
  readonly topics: readonly ItemResult<TopicState | undefined>[];
}

export type TopicRef = { readonly name: string } | { readonly topicId: string };

export interface NewTopic {
  readonly name: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** More partitions for a topic. */
export interface TopicGrowth {
  readonly name: string;
  readonly partitionCount: number;
}

/** Incremental: keys that are not named stay as they are. */
export interface ConfigChange {
  readonly set: Readonly<Record<string, string>>;
  readonly reset: readonly string[];
}

export interface TopicConfigChange {
  readonly name: string;
  readonly change: ConfigChange;
}

/** The configs that were set on a topic. One without a value is unknown to the broker's version, which has removed it. */
export type TopicConfigs = Readonly<Record<string, string | undefined>>;

/** How many records a topic holds, and whether it ever held one. */
export interface TopicContents {
  readonly records: bigint;
  readonly everWritten: boolean;
}

/** The requests that managing topics needs; all topics of one call are sent in one request. */
export interface TopicPort {
  /** Asks any broker, or the given one. It never creates a topic by asking about it. */
  views(refs: readonly TopicRef[], broker?: Broker): Promise<TopicViews>;
  configs(names: readonly string[], broker?: Broker): Promise<readonly ItemResult<TopicConfigs>[]>;
  /** Asks the leader of each partition. */
  contents(names: readonly string[]): Promise<readonly ItemResult<TopicContents>[]>;
  /** The IDs of the new topics. */
  createTopics(topics: readonly NewTopic[]): Promise<readonly ItemResult<string>[]>;
  growTopics(growths: readonly TopicGrowth[]): Promise<readonly ItemResult<void>[]>;
  /** Only validating costs nothing: brokers charge each new partition to a quota, validated or made, but no config. */
  alterConfigs(changes: readonly TopicConfigChange[], validateOnly?: boolean): Promise<readonly ItemResult<void>[]>;
  deleteTopics(topicIds: readonly string[]): Promise<readonly ItemResult<void>[]>;
}
