import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { clusterNameOf } from '../../internal/cluster-arns';
import { referencedTopicOf } from '../../internal/referenced-topic';
import { ClusterMetrics } from './cluster-metrics';
import type { ClusterMetricOptions } from './metric-options';
import { type ClusterMetricsAttributes, monitoredCluster } from './monitored-cluster';
import { checked } from '../../internal/signatures/checked';

/**
 * Provides the CloudWatch metrics of a topic, combined over all brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
@checked('TopicMetrics')
export class TopicMetrics {
  /**
   * Returns the metrics of any topic: one defined with this library, an imported one, or an L1.
   *
   * @param topic the topic
   * @param attributes what is known of its cluster, for a topic that has no reference to it
   */
  public static fromTopic(topic: msk.ITopicRef, attributes: ClusterMetricsAttributes = {}): TopicMetrics {
    const { cluster, clusterArn, topicName } = referencedTopicOf(topic);
    const place = cluster ? { cluster } : { clusterName: clusterNameOf(clusterArn) };
    return new TopicMetrics(ClusterMetrics._of(topic, monitoredCluster(topic, { ...attributes, ...place })), topicName);
  }

  private constructor(
    private readonly clusterMetrics: ClusterMetrics,
    private readonly topicName: string,
  ) {}

  /**
   * Returns any metric of the topic by its official name. Synthesis fails if the cluster does not send it, and names the
   * monitoring level that does.
   *
   * @param name name of the metric, such as `BytesInPerSec`
   * @param options which values are read, and how
   */
  public metric(name: string, options: ClusterMetricOptions = {}): cloudwatch.IMetric {
    return this.clusterMetrics.metric(name, { ...options, topicName: this.topicName });
  }

  /** Measures the bytes per second that clients produce to the topic. */
  public bytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesInPerSec', options);
  }

  /** Measures the bytes per second that clients consume from the topic. */
  public bytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesOutPerSec', options);
  }

  /** Measures the records per second that clients produce to the topic. */
  public messagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MessagesInPerSec', options);
  }

  /**
   * Counts the records of the topic that a consumer group has not read yet, in all partitions (`SumOffsetLag`).
   *
   * @param group ID of the consumer group
   * @param options how the values are read
   */
  public lag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('SumOffsetLag', { ...options, consumerGroup: group });
  }

  /**
   * Estimates how far a consumer group is behind, in seconds, in the partition with the largest lag (`EstimatedMaxTimeLag`).
   *
   * @param group ID of the consumer group
   * @param options how the values are read
   */
  public timeLag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('EstimatedMaxTimeLag', { ...options, consumerGroup: group });
  }
}
