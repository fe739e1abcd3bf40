import { Resource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { ClusterMetricOptions, ClusterMetrics } from './cluster-metrics';

/** A cluster's metrics, each under its official name. */
export interface IMeasuredCluster {
  /** Any metric of the cluster; refused when the cluster does not send it, with the monitoring level that does. */
  metric(name: string, options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Bytes that clients send, a second. */
  metricBytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Bytes that clients fetch, a second. */
  metricBytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Records that clients send, a second. */
  metricMessagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Connections to the brokers, of clients and of other brokers. */
  metricConnectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Connections of clients, by how they say who they are. */
  metricClientConnectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** New connections, a second. */
  metricConnectionCreationRate(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Partitions without a leader. */
  metricOfflinePartitionsCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Partitions with a replica out of sync. */
  metricUnderReplicatedPartitions(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Partitions with fewer in-sync replicas than `min.insync.replicas`. */
  metricUnderMinIsrPartitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** 1 while a node leads the cluster. */
  metricActiveControllerCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Partitions on a broker, with replicas. */
  metricPartitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Percent of a broker's volume that is used. */
  metricKafkaDataLogsDiskUsed(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Percent of CPU that a broker has left. */
  metricCpuIdle(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Percent of a broker's heap that is used after cleaning up. */
  metricHeapMemoryAfterGC(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds from a produce request to its response. */
  metricProduceTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds that a produce request waits for a thread. */
  metricProduceRequestQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds that the leader works on a produce request. */
  metricProduceLocalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds that the response of a produce request waits. */
  metricProduceResponseQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds that it takes to send the response of a produce request. */
  metricProduceResponseSendTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds from a consumer's fetch request to its response. */
  metricFetchConsumerTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds for which producers are held back. */
  metricProduceThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds for which consumers are held back. */
  metricFetchThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Milliseconds for which requests are held back for the broker's time that they take. */
  metricRequestThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** What request handlers have left, from 0 to 1. */
  metricRequestHandlerAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** What network threads have left, from 0 to 1. */
  metricNetworkProcessorAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Records that a consumer group has yet to read, of the partition that has most. */
  metricMaxOffsetLag(options?: ClusterMetricOptions): cloudwatch.IMetric;
}

/**
 * What gives a cluster its metrics.
 *
 * @internal
 */
export abstract class MeasuredCluster extends Resource implements IMeasuredCluster {
  /** @internal */
  protected abstract readonly _metrics: ClusterMetrics;

  public metric(name: string, options: ClusterMetricOptions = {}): cloudwatch.IMetric {
    return this._metrics.metric(name, options);
  }
  public metricBytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesInPerSec', options);
  }

  public metricBytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesOutPerSec', options);
  }

  public metricMessagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MessagesInPerSec', options);
  }

  public metricConnectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ConnectionCount', options);
  }

  public metricClientConnectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ClientConnectionCount', options);
  }

  public metricConnectionCreationRate(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ConnectionCreationRate', options);
  }

  public metricOfflinePartitionsCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('OfflinePartitionsCount', options);
  }

  public metricUnderReplicatedPartitions(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('UnderReplicatedPartitions', options);
  }

  public metricUnderMinIsrPartitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('UnderMinIsrPartitionCount', options);
  }

  public metricActiveControllerCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ActiveControllerCount', options);
  }

  public metricPartitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('PartitionCount', options);
  }

  public metricKafkaDataLogsDiskUsed(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('KafkaDataLogsDiskUsed', options);
  }

  public metricCpuIdle(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('CpuIdle', options);
  }

  public metricHeapMemoryAfterGC(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('HeapMemoryAfterGC', options);
  }

  public metricProduceTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceTotalTimeMsMean', options);
  }

  public metricProduceRequestQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceRequestQueueTimeMsMean', options);
  }

  public metricProduceLocalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceLocalTimeMsMean', options);
  }

  public metricProduceResponseQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceResponseQueueTimeMsMean', options);
  }

  public metricProduceResponseSendTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceResponseSendTimeMsMean', options);
  }

  public metricFetchConsumerTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerTotalTimeMsMean', options);
  }

  public metricProduceThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceThrottleTime', options);
  }

  public metricFetchThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchThrottleTime', options);
  }

  public metricRequestThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('RequestThrottleTime', options);
  }

  public metricRequestHandlerAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('RequestHandlerAvgIdlePercent', options);
  }

  public metricNetworkProcessorAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('NetworkProcessorAvgIdlePercent', options);
  }

  public metricMaxOffsetLag(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MaxOffsetLag', options);
  }
}

/** A topic's metrics, each under its official name. */
export interface IMeasuredTopic {
  /** Any metric of the topic; refused when its cluster does not send it, with the monitoring level that does. */
  metric(name: string, options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Bytes that clients send to the topic, a second. */
  metricBytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Bytes that clients fetch from the topic, a second. */
  metricBytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Records that clients send to the topic, a second. */
  metricMessagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Records of the topic that a consumer group has yet to read, all partitions together (`SumOffsetLag`). */
  metricLag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric;
  /** Seconds that a consumer group is behind, of the partition that is furthest behind (`EstimatedMaxTimeLag`). */
  metricTimeLag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric;
}

/**
 * What gives a topic its metrics.
 *
 * @internal
 */
export abstract class MeasuredTopic extends Resource implements IMeasuredTopic {
  public abstract readonly topicName: string;

  /** @internal */
  protected abstract readonly _clusterMetrics: ClusterMetrics;

  public metric(name: string, options: ClusterMetricOptions = {}): cloudwatch.IMetric {
    return this._clusterMetrics.metric(name, { ...options, topicName: this.topicName });
  }

  public metricBytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesInPerSec', options);
  }

  public metricBytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesOutPerSec', options);
  }

  public metricMessagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MessagesInPerSec', options);
  }

  public metricLag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('SumOffsetLag', { ...options, consumerGroup: group });
  }

  public metricTimeLag(group: string, options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('EstimatedMaxTimeLag', { ...options, consumerGroup: group });
  }
}
