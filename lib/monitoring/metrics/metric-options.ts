import type { Duration } from 'aws-cdk-lib';

/** Selects which of a cluster's values a metric reads, and how. */
export interface ClusterMetricOptions {
  /**
   * ID of the broker, such as `1`.
   *
   * @default - all brokers, combined into one value
   */
  readonly brokerId?: string;

  /**
   * Name of the topic.
   *
   * @default - all topics, combined into one value
   */
  readonly topicName?: string;

  /**
   * ID of the consumer group.
   *
   * @default - all consumer groups, combined into one value
   */
  readonly consumerGroup?: string;

  /**
   * ID of the partition, such as `0`.
   *
   * @default - all partitions, combined into one value
   */
  readonly partition?: string;

  /**
   * Authentication method of the clients, such as `IAM`.
   *
   * @default - all clients
   */
  readonly clientAuthentication?: string;

  /**
   * Statistic: `Maximum`, `Minimum`, `Average` or `Sum`. A metric that is a single series supports any CloudWatch statistic.
   *
   * @default - the one that fits the metric: the worst value of all brokers, or the sum for traffic and connections
   */
  readonly statistic?: string;

  /**
   * Period over which each value is aggregated.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * Label of the metric in graphs.
   *
   * @default - the name of the metric
   */
  readonly label?: string;
}
