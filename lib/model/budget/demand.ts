import { INTERNAL_REPLICAS } from '../rules/declared-topics';
import type { TopicLoad } from './workload';

/** What the whole cluster is asked for, besides its topics. */
export interface BudgetSettings {
  /** Connections of clients to all brokers together, at the same time. */
  readonly connections?: number;
  /** New connections in a second, to all brokers together. */
  readonly connectionsPerSecond?: number;
  /** How many times the average the highest rate is. */
  readonly peakFactor: number;
  /** The part of what Standard brokers can sustain at most that the highest rate may use, from 0 to 1. */
  readonly utilization: number;
  /** What is added to the stored data, as a part of it. */
  readonly storageHeadroom: number;
}

/** What all topics together need of a cluster. Rates are the highest unless their name says average. */
export interface Demand {
  readonly ingressMBps: number;
  readonly egressMBps: number;
  readonly averageIngressMBps: number;
  readonly averageEgressMBps: number;
  /** What brokers write to their volumes: every record once for each replica. */
  readonly storageMBps: number;
  /** What brokers send: to consumers, and to the other replicas. */
  readonly networkOutMBps: number;
  /** Partitions without replicas, of topics with and without compaction. */
  readonly compactedPartitions: number;
  readonly otherPartitions: number;
  /** Partitions with their replicas, and those of Kafka's own topics. */
  readonly replicas: number;
  /** The highest rates of a single partition. */
  readonly partitionIngressMBps: number;
  readonly partitionEgressMBps: number;
  /** Records of one replica, wherever they are. */
  readonly storedGiB: number;
  /** Records on the volumes of the brokers, with all replicas. */
  readonly volumesGiB: number;
  /** Records in tiered storage. */
  readonly tieredGiB: number;
  readonly mostReplicas: number;
}

/**
 * Adds up all topics. Traffic spreads evenly over the partitions of a topic, and partitions over the brokers.
 *
 * @param replicationFactor the factor of all topics where the cluster decides it
 * @see https://aws.amazon.com/blogs/big-data/best-practices-for-right-sizing-your-apache-kafka-clusters-to-optimize-performance-and-cost/
 */
export function demandOf(
  loads: readonly TopicLoad[],
  { peakFactor }: BudgetSettings,
  replicationFactor?: number,
): Demand {
  const sum = (value: (load: TopicLoad) => number) => loads.reduce((total, load) => total + value(load), 0);
  const most = (value: (load: TopicLoad) => number) => Math.max(0, ...loads.map(value));
  const replicasOf = (load: TopicLoad) => replicationFactor ?? load.replicationFactor;
  const [ingress, egress] = [sum((load) => load.ingressMBps), sum((load) => load.egressMBps)];
  return {
    ingressMBps: ingress * peakFactor,
    egressMBps: egress * peakFactor,
    averageIngressMBps: ingress,
    averageEgressMBps: egress,
    storageMBps: sum((load) => load.ingressMBps * replicasOf(load)) * peakFactor,
    networkOutMBps: sum((load) => load.egressMBps + load.ingressMBps * (replicasOf(load) - 1)) * peakFactor,
    compactedPartitions: sum((load) => (load.isCompacted ? load.partitions : 0)),
    otherPartitions: sum((load) => (load.isCompacted ? 0 : load.partitions)),
    replicas: sum((load) => load.partitions * replicasOf(load)) + INTERNAL_REPLICAS,
    partitionIngressMBps: most((load) => (load.ingressMBps * peakFactor) / Math.max(1, load.partitions)),
    partitionEgressMBps: most((load) => (load.egressMBps * peakFactor) / Math.max(1, load.partitions)),
    storedGiB: sum((load) => load.storedGiB),
    volumesGiB: sum((load) => load.localGiB * replicasOf(load)),
    tieredGiB: sum((load) => load.storedGiB - load.localGiB),
    mostReplicas: most(replicasOf),
  };
}
