import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { ClusterKind } from '../../cluster/cluster-kind';
import { KafkaVersion } from '../../cluster/kafka-version';
import { isExpressType } from '../../model/fact-lookups';
import { finding } from '../../model/finding';
import type { MetricSource } from '../../model/rules/metrics';
import { environmentOf, type KnownEnvironment, ownEnvironment } from '../../internal/environment';
import { refused } from '../../internal/validation';
import { traitsOf } from '../../internal/cluster-traits';
import { MonitoringLevel } from './monitoring-level';

/** Describes what decides about the metrics of a cluster. */
export interface ClusterMetricsAttributes {
  /**
   * Type of the cluster.
   *
   * @default - the type of the cluster where that is known, else ClusterKind.STANDARD
   */
  readonly kind?: ClusterKind;

  /**
   * Version of Apache Kafka, which decides whether the cluster uses ZooKeeper or KRaft.
   *
   * @default - the version of the cluster where that is known, else metrics of both are accepted
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * Monitoring level of the cluster.
   *
   * @default - the level of the cluster where that is known, else every metric can be used, and alarms and dashboards use only
   * the metrics that are free of charge
   */
  readonly monitoringLevel?: MonitoringLevel;
}

/**
 * Names the cluster to monitor. Its traits are read from a cluster defined with this library or an L1, and have to be set for
 * other clusters.
 */
export interface MonitoredClusterProps extends ClusterMetricsAttributes {
  /**
   * The cluster: one defined with this library, in this stack or another, an imported one, or an L1.
   *
   * @default - the cluster that `clusterName` names
   */
  readonly cluster?: msk.IClusterRef;

  /**
   * Name of the cluster, which is the dimension `Cluster Name` of its metrics.
   *
   * @default - the name of `cluster`
   */
  readonly clusterName?: string;

  /**
   * Instance type of the brokers, which some thresholds depend on. The type of Express brokers is written as
   * `BrokerInstanceType.of('express.m7g.large')`.
   *
   * @default - the instance type of `cluster` where that is known, else alarms whose threshold depends on it are omitted
   */
  readonly instanceType?: BrokerInstanceType;
}

/** The cluster that is monitored: its name, and what decides about its metrics and thresholds. */
export interface MonitoredCluster extends MetricSource {
  readonly clusterName: string;
  readonly instanceType?: BrokerInstanceType;
  /**
   * Where its metrics are. Undefined if the stack of the cluster is environment-agnostic: a metric that names an account then
   * differs from one that does not, and would change the template.
   */
  readonly environment?: KnownEnvironment;
}

/** What the props say wins over the traits of the cluster. */
export function monitoredCluster(scope: IConstruct, props: MonitoredClusterProps): MonitoredCluster {
  const traits = props.cluster === undefined ? {} : traitsOf(props.cluster);
  const clusterName = props.clusterName ?? traits.clusterName;
  if (clusterName === undefined) {
    throw refused(scope, finding('WatchedClusterUnclear', "'cluster' or 'clusterName' must be set"));
  }
  const instanceType = props.instanceType ?? ofName(traits.instanceType, (name) => BrokerInstanceType.of(name));
  const kafkaVersion = props.kafkaVersion ?? ofName(traits.kafkaVersion, (version) => KafkaVersion.of(version));
  return {
    clusterName,
    kind: (props.kind as MetricSource['kind'] | undefined) ?? traits.kind ?? kindOf(instanceType),
    kraft: kafkaVersion?.isKraft,
    level: props.monitoringLevel?.name ?? traits.monitoringLevel,
    instanceType,
    environment: props.cluster && environmentOfMetrics(props.cluster),
  };
}

function environmentOfMetrics(cluster: msk.IClusterRef): KnownEnvironment | undefined {
  return ownEnvironment(cluster).region === undefined ? undefined : environmentOf(cluster);
}

const ofName = <T>(name: string | undefined, of: (name: string) => T): T | undefined =>
  name === undefined ? undefined : of(name);

const kindOf = (type?: BrokerInstanceType) => (type && isExpressType(type.name) ? 'express' : 'standard');

/** The cluster with the metrics that it sends for sure: if nothing is known of its level, those that are free of charge. */
export const surelySending = (cluster: MonitoredCluster): MonitoredCluster => ({
  ...cluster,
  level: cluster.level ?? MonitoringLevel.DEFAULT.name,
});
