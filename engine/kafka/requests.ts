interface KafkaRequest {
  /** The action of `kafka-cluster:` that IAM checks. */
  readonly action: string;
  /** The operation that ACLs check. */
  readonly operation?: string;
  readonly writes: boolean;
}

/** The requests that the engine sends, with the permission that each of them needs. */
const TABLE = {
  ApiVersions: { action: 'Connect', writes: false },
  Metadata: { action: 'DescribeTopic', operation: 'Describe', writes: false },
  DescribeConfigs: { action: 'DescribeTopicDynamicConfiguration', operation: 'DescribeConfigs', writes: false },
  ListOffsets: { action: 'DescribeTopic', operation: 'Describe', writes: false },
  CreateTopics: { action: 'CreateTopic', operation: 'Create', writes: true },
  CreatePartitions: { action: 'AlterTopic', operation: 'Alter', writes: true },
  IncrementalAlterConfigs: { action: 'AlterTopicDynamicConfiguration', operation: 'AlterConfigs', writes: true },
  DeleteTopics: { action: 'DeleteTopic', operation: 'Delete', writes: true },
  SaslAuthenticate: { action: 'Connect', writes: false },
} satisfies Record<string, KafkaRequest>;

export type RequestName = keyof typeof TABLE;

export const REQUESTS: Readonly<Record<RequestName, KafkaRequest>> = TABLE;
