import { Token } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { ClusterKind } from '../../cluster/cluster-kind';
import { KafkaVersion } from '../../cluster/kafka-version';
import { clusterNameOf } from '../../internal/cluster-arns';
import { problem } from '../../model/finding';
import type { MetricSource } from '../../model/rules/metrics';
import { refused } from '../../internal/validation';
import { dataPlaneOf } from '../../internal/cluster-traits';
import type { MonitoringLevel } from './monitoring-level';

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
}

/** What a cluster itself can say of that. */
export type ClusterMonitoringTraits = Partial<MonitoredCluster>;

/** The traits that a user sets win over those that the cluster carries. */
export function monitoredCluster(scope: IConstruct, props: MonitoredClusterProps): MonitoredCluster {
  const own = props.cluster ? traitsOf(props.cluster) : {};
  const clusterName = props.clusterName ?? own.clusterName;
  if (clusterName === undefined) {
    throw refused(scope, problem('WatchedClusterUnclear', "one of 'cluster' and 'clusterName' must be set"));
  }
  const instanceType = props.instanceType ?? own.instanceType;
  return {
    clusterName,
    kind: (props.kind as MetricSource['kind'] | undefined) ?? own.kind ?? kindOf(instanceType),
    kraft: props.kafkaVersion?.isKraft ?? own.kraft,
    level: props.monitoringLevel?.name ?? own.level,
    instanceType,
  };
}

const kindOf = (type?: BrokerInstanceType) => (type?.name.startsWith('express.') ? 'express' : 'standard');

/** Found by shape, since two copies of this package may be loaded. */
function traitsOf(cluster: msk.IClusterRef): ClusterMonitoringTraits {
  const own = (cluster as { _monitoringTraits?: ClusterMonitoringTraits })._monitoringTraits;
  if (own) return own;
  if (msk.CfnCluster.isCfnCluster(cluster)) return traitsOfL1(cluster);
  return {
    clusterName: clusterNameOf(cluster.clusterRef.clusterArn),
    kind: dataPlaneOf(cluster)?.kind,
  };
}

function traitsOfL1({
  brokerNodeGroupInfo,
  clusterName,
  enhancedMonitoring,
  kafkaVersion,
}: msk.CfnCluster): ClusterMonitoringTraits {
  const { instanceType } = brokerNodeGroupInfo as Partial<msk.CfnCluster.BrokerNodeGroupInfoProperty>;
  const type = literal(instanceType);
  const version = literal(kafkaVersion);
  return {
    clusterName,
    instanceType: type === undefined ? undefined : BrokerInstanceType.of(type),
    kind: type?.startsWith('express.') ? 'express' : undefined,
    kraft: version === undefined ? undefined : KafkaVersion.of(version).isKraft,
    level: literal(enhancedMonitoring),
  };
}

const literal = (value?: string) => (Token.isUnresolved(value) ? undefined : value);
