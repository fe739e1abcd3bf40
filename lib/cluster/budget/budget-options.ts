import type { Duration, Size } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';

/** The traffic of one topic. Rates are averages, in MB/s of 1,000,000 bytes, as the records are sent: after compression. */
export interface TopicTraffic {
  /** Name of the topic, such as `orders.topicName`. */
  readonly topicName: string;

  /** What producers send to the topic, in MB/s. */
  readonly ingressMBps: number;

  /**
   * Number of consumer groups that read all records.
   *
   * @default 1
   */
  readonly consumerGroups?: number;

  /**
   * What consumers read from the topic, in MB/s, if they do not read everything or not evenly. Replication does not count.
   *
   * @default - `ingressMBps` for each consumer group
   */
  readonly egressMBps?: number;

  /**
   * Number of partitions, for a topic that this app does not declare.
   *
   * @default - that of the declared topic
   */
  readonly partitionCount?: number;

  /**
   * Number of replicas, for a topic that this app does not declare. Express brokers always keep three.
   *
   * @default - that of the declared topic, else one in each zone
   */
  readonly replicationFactor?: number;

  /**
   * How long records are kept.
   *
   * @default - `retention.ms` of the declared topic, else of the server properties of the cluster, else 7 days
   */
  readonly retention?: Duration;

  /**
   * How much the records of one replica take up. Set it for a compacted topic, or one that keeps its records forever.
   *
   * @default - the traffic during the retention, at most `retention.bytes` for each partition
   */
  readonly stored?: Size;
}

/**
 * Prices to use instead of the built-in ones, such as negotiated prices or those of another Region. A figure that is not
 * set is the built-in one of the Region, if there is one, or else unknown. A month has 730 hours.
 *
 * @see https://aws.amazon.com/msk/pricing/
 */
export interface BudgetPrices {
  /** Where the prices come from, and of which day they are. It is printed with the budget. */
  readonly source: string;

  /**
   * Currency of all prices. Built-in prices are in USD, and not used together with another currency.
   *
   * @default 'USD'
   */
  readonly currency?: string;

  /**
   * Price of a broker for an hour, by the name of its instance type in MSK's API, such as `kafka.m7g.large`.
   *
   * @default - the built-in prices
   */
  readonly brokerHour?: { [instanceType: string]: number };

  /**
   * Price of one GB of a volume of a Standard broker for a month.
   *
   * @default - the built-in price
   */
  readonly storageGBMonth?: number;

  /**
   * Price of one GB of tiered storage for a month.
   *
   * @default - unknown
   */
  readonly tieredStorageGBMonth?: number;

  /**
   * Price of one MiB/s of provisioned storage throughput for a month.
   *
   * @default - the built-in price
   */
  readonly provisionedThroughputMiBpsMonth?: number;

  /**
   * Price of one GB of records that Express brokers store for a month. Replicas are not counted.
   *
   * @default - the built-in price
   */
  readonly expressStorageGBMonth?: number;

  /**
   * Price of one GB that producers send to Express brokers.
   *
   * @default - the built-in price
   */
  readonly expressDataInGB?: number;

  /**
   * Price of a Serverless cluster for an hour.
   *
   * @default - the built-in price
   */
  readonly serverlessClusterHour?: number;

  /**
   * Price of a partition of a Serverless cluster for an hour. Replicas are not counted.
   *
   * @default - the built-in price
   */
  readonly serverlessPartitionHour?: number;

  /**
   * Price of one GB that producers send to a Serverless cluster.
   *
   * @default - the built-in price
   */
  readonly serverlessDataInGB?: number;

  /**
   * Price of one GB that consumers read from a Serverless cluster.
   *
   * @default - the built-in price
   */
  readonly serverlessDataOutGB?: number;

  /**
   * Price of one GB of records that a Serverless cluster stores for a month. Replicas are not counted.
   *
   * @default - the built-in price
   */
  readonly serverlessStorageGBMonth?: number;
}

/** Options of the budget of a cluster. */
export interface ClusterBudgetOptions {
  /**
   * The traffic of the topics, in any order. Partitions of declared topics count also without traffic.
   *
   * @default - no traffic
   */
  readonly topics?: TopicTraffic[];

  /**
   * How many times the average the highest rate is. Throughput has to suffice for the highest rate. Storage and costs follow
   * from the average.
   *
   * @default 1
   */
  readonly peakFactor?: number;

  /**
   * The part of what Standard brokers can sustain at most that the highest rate may use, from 1 to 100 percent. The sustained
   * throughput of Express brokers and the quotas of Serverless clusters are used in full.
   *
   * @default 80
   * @see https://aws.amazon.com/blogs/big-data/best-practices-for-right-sizing-your-apache-kafka-clusters-to-optimize-performance-and-cost/
   */
  readonly maxUtilizationPercent?: number;

  /**
   * How much larger than the stored records the volumes of Standard brokers have to be, in percent.
   *
   * @default 20
   * @see https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/analytics-skills/managing-amazon-msk/references/size-and-choose-cluster.md
   */
  readonly storageHeadroomPercent?: number;

  /**
   * Number of connections that clients have at the same time, to all brokers together. A client that uses three brokers has
   * three connections. It is judged if clients can authenticate with IAM, since AWS publishes no other limit.
   *
   * @default - connections are not judged
   */
  readonly connections?: number;

  /**
   * Number of connections that clients open in a second, to all brokers together.
   *
   * @default - new connections are not judged
   */
  readonly connectionsPerSecond?: number;

  /**
   * Your own prices.
   *
   * @default - the built-in list prices of the Region, if there are any
   */
  readonly prices?: BudgetPrices;
}

/** Properties of the budget of a cluster. */
export interface ClusterBudgetProps extends ClusterBudgetOptions {
  /** The cluster: one defined with this library, an imported one, or an L1. */
  readonly cluster: msk.IClusterRef;
}
