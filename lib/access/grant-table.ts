import type { ClusterPart } from '../model/arns';

/** Actions on one resource. Actions without a prefix belong to `kafka-cluster`, which the brokers authorize. */
export interface GrantStatement {
  /** `cluster`, or a part of the cluster as `part/name`, with the parameters of the grant in braces. */
  readonly on: 'cluster' | `${ClusterPart}/${string}`;
  readonly actions: readonly string[];
}

/** One grant: the method as it is called, what it allows, and the permissions that this needs. */
export interface GrantRow {
  readonly call: string;
  readonly means: string;
  readonly statements: readonly GrantStatement[];
}

const CONNECT: GrantStatement = { on: 'cluster', actions: ['Connect'] };
const CONNECT_AND_WRITE: GrantStatement = { on: 'cluster', actions: ['Connect', 'WriteDataIdempotently'] };
const WRITE: GrantStatement = { on: 'topic/{topic}', actions: ['DescribeTopic', 'WriteData'] };
const SEE_TOPIC = ['DescribeTopic', 'DescribeTopicDynamicConfiguration'];
const MANAGE_TOPIC = [...SEE_TOPIC, 'AlterTopic', 'AlterTopicDynamicConfiguration', 'CreateTopic', 'DeleteTopic'];
const SEE_CLUSTER = ['Connect', 'DescribeCluster', 'DescribeClusterDynamicConfiguration'];
const SEE_TRANSACTIONS: GrantStatement = { on: 'transactional-id/*', actions: ['DescribeTransactionalId'] };

/** The internal topics of a Kafka Streams app, its consumer group, and its transactions for exactly-once processing. */
const STREAMS: GrantStatement[] = [
  { on: 'topic/{applicationId}-*', actions: ['CreateTopic', 'DeleteTopic', 'DescribeTopic', 'ReadData', 'WriteData'] },
  { on: 'group/{applicationId}', actions: ['DescribeGroup', 'AlterGroup'] },
  { on: 'transactional-id/{applicationId}-*', actions: ['DescribeTransactionalId', 'AlterTransactionalId'] },
];

/**
 * Grants on a cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export const CLUSTER_GRANTS = {
  connect: {
    call: 'connect(grantee)',
    means: 'connect and authenticate; every other grant includes it',
    statements: [CONNECT],
  },
  describe: {
    call: 'describe(grantee)',
    means: 'read brokers and their configuration, all topics, consumer groups with their lag, and transactions',
    statements: [
      { on: 'cluster', actions: SEE_CLUSTER },
      { on: 'topic/*', actions: SEE_TOPIC },
      { on: 'group/*', actions: ['DescribeGroup'] },
      SEE_TRANSACTIONS,
    ],
  },
  manage: {
    call: 'manage(grantee)',
    means:
      'read and change brokers, all topics and consumer groups, but not read or write records, nor change offsets of groups, which takes ReadData on the topic',
    statements: [
      { on: 'cluster', actions: [...SEE_CLUSTER, 'AlterCluster', 'AlterClusterDynamicConfiguration'] },
      { on: 'topic/*', actions: MANAGE_TOPIC },
      { on: 'group/*', actions: ['DescribeGroup', 'AlterGroup', 'DeleteGroup'] },
      SEE_TRANSACTIONS,
    ],
  },
  runStreams: {
    call: 'runStreams(grantee, applicationId)',
    means:
      'run a Kafka Streams app: its internal topics, consumer group and transactions; other topics are granted one by one',
    statements: [CONNECT_AND_WRITE, ...STREAMS],
  },
  connectPrivately: {
    call: 'connectPrivately(grantee)',
    means: 'create a managed VPC connection from another VPC or account',
    statements: [
      {
        on: 'cluster',
        actions: [
          'kafka:CreateVpcConnection',
          'kafka:DescribeCluster',
          'kafka:DescribeClusterV2',
          'kafka:GetBootstrapBrokers',
        ],
      },
    ],
  },
} as const satisfies Record<string, GrantRow>;

/**
 * Grants on a topic, or on all topics with a prefix.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
export const TOPIC_GRANTS = {
  describe: {
    call: 'describe(grantee)',
    means: 'read partitions, offsets and configs',
    statements: [CONNECT, { on: 'topic/{topic}', actions: SEE_TOPIC }],
  },
  manage: {
    call: 'manage(grantee)',
    means: 'create, change and delete the topic, and delete records, but not read or write them',
    statements: [CONNECT, { on: 'topic/{topic}', actions: MANAGE_TOPIC }],
  },
  produce: {
    call: 'produce(grantee)',
    means: 'write records, also as an idempotent producer, which is the default since Kafka 3.0',
    statements: [CONNECT_AND_WRITE, WRITE],
  },
  produceTransactionally: {
    call: 'produceTransactionally(grantee, transactionalId)',
    means: 'write records in transactions',
    statements: [
      CONNECT,
      WRITE,
      { on: 'transactional-id/{transactionalId}', actions: ['DescribeTransactionalId', 'AlterTransactionalId'] },
    ],
  },
  consume: {
    call: 'consume(grantee, consumerGroup)',
    means: 'read records as a member of a consumer group, and commit and reset its offsets',
    statements: [
      CONNECT,
      { on: 'topic/{topic}', actions: ['DescribeTopic', 'ReadData'] },
      { on: 'group/{consumerGroup}', actions: ['DescribeGroup', 'AlterGroup'] },
    ],
  },
  produceAndConsume: {
    call: 'produceAndConsume(grantee, applicationId)',
    means: 'read and write the topic as a Kafka Streams app, with its internal topics, consumer group and transactions',
    statements: [
      CONNECT_AND_WRITE,
      { on: 'topic/{topic}', actions: ['DescribeTopic', 'ReadData', 'WriteData'] },
      ...STREAMS,
    ],
  },
} as const satisfies Record<string, GrantRow>;
