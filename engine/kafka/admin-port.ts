/** A broker that the cluster counts as live. */
export interface Broker {
  readonly id: number;
}

/** What a broker knows of a topic. */
export interface TopicState {
  readonly name: string;
  readonly topicId: string;
  readonly partitionCount: number;
  /** Of the partition that has most replicas. */
  readonly replicationFactor: number;
  /** Whether every partition has a leader. */
  readonly led: boolean;
}

/** The answer of one broker about the cluster and one topic. */
export interface View {
  readonly clusterId: string;
  readonly brokers: readonly Broker[];
  readonly topic?: TopicState;
}

export type TopicRef = { readonly name: string } | { readonly topicId: string };

export interface NewTopic {
  readonly name: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** Incremental: keys that are not named stay as they are. */
export interface ConfigChange {
  readonly set: Readonly<Record<string, string>>;
  readonly reset: readonly string[];
}

/** How many records a topic holds, and whether it ever held one. */
export interface TopicContents {
  readonly records: bigint;
  readonly everWritten: boolean;
}

/** The few requests that managing topics takes. Every refusal of a broker is thrown as a KafkaFailure. */
export interface AdminPort {
  /** Asks one broker, or the given one; never makes a topic by asking for it. */
  view(ref: TopicRef, broker?: Broker): Promise<View>;
  /** The configs that were set on the topic itself. */
  configs(name: string, broker?: Broker): Promise<Record<string, string>>;
  /** Asks the leader of each partition. */
  contents(name: string): Promise<TopicContents>;
  /** The ID of the new topic. */
  createTopic(topic: NewTopic): Promise<string>;
  growTopic(name: string, partitionCount: number, validateOnly?: boolean): Promise<void>;
  alterConfigs(name: string, change: ConfigChange): Promise<void>;
  deleteTopic(topicId: string): Promise<void>;
  close(): Promise<void>;
}

/** Kafka's requests, as IAM sees them: each needs one action. */
export const REQUEST_ACTIONS = {
  Metadata: 'DescribeTopic',
  DescribeConfigs: 'DescribeTopicDynamicConfiguration',
  ListOffsets: 'DescribeTopic',
  CreateTopics: 'CreateTopic',
  CreatePartitions: 'AlterTopic',
  IncrementalAlterConfigs: 'AlterTopicDynamicConfiguration',
  DeleteTopics: 'DeleteTopic',
  SaslAuthenticate: 'Connect',
} as const;

export type RequestName = keyof typeof REQUEST_ACTIONS;

/** Kafka's requests, as ACLs see them: each needs one operation on the topic. */
export const REQUEST_OPERATIONS: Record<Exclude<RequestName, 'SaslAuthenticate'>, string> = {
  Metadata: 'Describe',
  DescribeConfigs: 'DescribeConfigs',
  ListOffsets: 'Describe',
  CreateTopics: 'Create',
  CreatePartitions: 'Alter',
  IncrementalAlterConfigs: 'AlterConfigs',
  DeleteTopics: 'Delete',
};

/** A request that a broker refused, or that got no answer. */
export class KafkaFailure extends Error {
  public constructor(
    public readonly request: RequestName,
    /** Kafka's name of the error, such as `TOPIC_AUTHORIZATION_FAILED`; `NO_ANSWER` when there was none. */
    public readonly error: string,
    public readonly detail: string,
    public readonly options: {
      /** It may have been carried out all the same. */
      readonly uncertain?: boolean;
      /** How long the broker asks us to wait. */
      readonly throttleMs?: number;
    } = {},
  ) {
    super(`${request}: ${error}${detail ? `: ${detail}` : ''}`);
    this.name = 'KafkaFailure';
  }
}
