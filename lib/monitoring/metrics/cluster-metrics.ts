import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import type { ClusterMetricOptions } from './metric-options';
import { metricOf } from './metric-query';
import { type ClusterMetricsAttributes, type MonitoredCluster, monitoredCluster } from './monitored-cluster';
import { referenced } from '../../internal/cluster-reference';

/**
 * Provides the CloudWatch metrics of a cluster, under the names that Amazon MSK gives them. A value that every broker sends is
 * combined into one by a Metrics Insights query, so the number of brokers does not matter.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class ClusterMetrics {
  /**
   * Returns the metrics of any cluster: one defined with this library, an imported one, or an L1.
   *
   * @param cluster the cluster
   * @param attributes what the cluster cannot say itself; it wins over what the cluster says
   */
  public static fromCluster(cluster: msk.IClusterRef, attributes: ClusterMetricsAttributes = {}): ClusterMetrics {
    referenced(cluster, 'ClusterMetrics');
    return ClusterMetrics._of(cluster, monitoredCluster(cluster, { ...attributes, cluster }));
  }

  /**
   * Returns the metrics of a cluster of which only the name is known.
   *
   * @param scope construct that reports metrics which are refused
   * @param clusterName value of the dimension `Cluster Name`
   * @param attributes what is known of the cluster
   */
  public static fromClusterName(
    scope: IConstruct,
    clusterName: string,
    attributes: ClusterMetricsAttributes = {},
  ): ClusterMetrics {
    return ClusterMetrics._of(scope, monitoredCluster(scope, { ...attributes, clusterName }));
  }

  /** @internal */
  public static _of(scope: IConstruct, cluster: MonitoredCluster): ClusterMetrics {
    return new ClusterMetrics(scope, cluster);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly cluster: MonitoredCluster,
  ) {}

  /**
   * Returns any metric of the cluster by its official name. Synthesis fails if a cluster of this type, metadata mode and
   * monitoring level does not send it.
   *
   * @param name name of the metric, such as `BytesInPerSec`
   * @param options which values are read, and how
   */
  public metric(name: string, options: ClusterMetricOptions = {}): cloudwatch.IMetric {
    return metricOf(this.scope, this.cluster, name, options);
  }

  /** Measures the bytes per second that clients produce. */
  public bytesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesInPerSec', options);
  }

  /** Measures the bytes per second that clients consume. */
  public bytesOutPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('BytesOutPerSec', options);
  }

  /** Measures the records per second that clients produce. */
  public messagesInPerSec(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MessagesInPerSec', options);
  }

  /** Counts the open connections to the brokers, from clients and from other brokers. */
  public connectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ConnectionCount', options);
  }

  /** Counts the open client connections, which `clientAuthentication` splits by authentication method. */
  public clientConnectionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ClientConnectionCount', options);
  }

  /** Measures the new connections per second. */
  public connectionCreationRate(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ConnectionCreationRate', options);
  }

  /** Counts the partitions that have no leader. */
  public offlinePartitionsCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('OfflinePartitionsCount', options);
  }

  /** Counts the partitions that have a replica out of sync. */
  public underReplicatedPartitions(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('UnderReplicatedPartitions', options);
  }

  /** Counts the partitions that have fewer in-sync replicas than `min.insync.replicas`. */
  public underMinIsrPartitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('UnderMinIsrPartitionCount', options);
  }

  /** Counts the active controllers, of which a healthy cluster has exactly one. */
  public activeControllerCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ActiveControllerCount', options);
  }

  /** Counts the partitions of a broker, including replicas. */
  public partitionCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('PartitionCount', options);
  }

  /** Counts the partition leaders on the brokers. */
  public leaderCount(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('LeaderCount', options);
  }

  /** Measures how full the data volume of a broker is, in percent. */
  public kafkaDataLogsDiskUsed(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('KafkaDataLogsDiskUsed', options);
  }

  /** Measures the storage that the data of Express brokers uses, in bytes. */
  public storageUsed(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('StorageUsed', options);
  }

  /** Measures the idle CPU of a broker, in percent. */
  public cpuIdle(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('CpuIdle', options);
  }

  /** Counts the CPU credits that a broker of type `t3` has left. */
  public cpuCreditBalance(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('CPUCreditBalance', options);
  }

  /** Measures the free memory of a broker, in bytes. */
  public memoryFree(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryFree', options);
  }

  /** Measures the heap of a broker that is used after garbage collection, in percent. */
  public heapMemoryAfterGC(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('HeapMemoryAfterGC', options);
  }

  /** Measures the mean time of a produce request, in milliseconds. */
  public produceTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceTotalTimeMsMean', options);
  }

  /** Measures the mean time that a produce request waits in the request queue, in milliseconds. */
  public produceRequestQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceRequestQueueTimeMsMean', options);
  }

  /** Measures the mean time that the leader takes to process a produce request, in milliseconds. */
  public produceLocalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceLocalTimeMsMean', options);
  }

  /** Measures the mean time that the response to a produce request waits in the response queue, in milliseconds. */
  public produceResponseQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceResponseQueueTimeMsMean', options);
  }

  /** Measures the mean time to send the response to a produce request, in milliseconds. */
  public produceResponseSendTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceResponseSendTimeMsMean', options);
  }

  /** Measures the mean time of a fetch request of a consumer, in milliseconds. */
  public fetchConsumerTotalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerTotalTimeMsMean', options);
  }

  /** Measures the mean time that a fetch request waits in the request queue, in milliseconds. */
  public fetchConsumerRequestQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerRequestQueueTimeMsMean', options);
  }

  /** Measures the mean time that the leader takes to process a fetch request, in milliseconds. */
  public fetchConsumerLocalTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerLocalTimeMsMean', options);
  }

  /** Measures the mean time that the response to a fetch request waits in the response queue, in milliseconds. */
  public fetchConsumerResponseQueueTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerResponseQueueTimeMsMean', options);
  }

  /** Measures the mean time to send the response to a fetch request, in milliseconds. */
  public fetchConsumerResponseSendTimeMsMean(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchConsumerResponseSendTimeMsMean', options);
  }

  /** Measures the mean throttle time of produce requests, in milliseconds. */
  public produceThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('ProduceThrottleTime', options);
  }

  /** Measures the mean throttle time of fetch requests, in milliseconds. */
  public fetchThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('FetchThrottleTime', options);
  }

  /** Measures the mean throttle time that request quotas cause, in milliseconds. */
  public requestThrottleTime(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('RequestThrottleTime', options);
  }

  /** Measures the idle share of the request handler threads, from 0 to 1. */
  public requestHandlerAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('RequestHandlerAvgIdlePercent', options);
  }

  /** Measures the idle share of the network processor threads, from 0 to 1. */
  public networkProcessorAvgIdlePercent(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('NetworkProcessorAvgIdlePercent', options);
  }

  /** Counts the records that a consumer group has not read yet, in the partition with the largest lag. */
  public maxOffsetLag(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('MaxOffsetLag', options);
  }

  /** Counts the records of a topic that a consumer group has not read yet, in all partitions. */
  public sumOffsetLag(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('SumOffsetLag', options);
  }

  /** Estimates how far a consumer group is behind, in seconds, in the partition with the largest lag. */
  public estimatedMaxTimeLag(options?: ClusterMetricOptions): cloudwatch.IMetric {
    return this.metric('EstimatedMaxTimeLag', options);
  }
}
