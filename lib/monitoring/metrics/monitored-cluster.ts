import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { ClusterKind } from '../../cluster/cluster-kind';
import { KafkaVersion } from '../../cluster/kafka-version';
import { problem } from '../../model/finding';
import type { MetricSource } from '../../model/rules/metrics';
import { refused } from '../../internal/validation';
import { traitsOf } from '../../internal/cluster-traits';
import type { MonitoringLevel } from './monitoring-level';

/** Which cluster is watched, and what it is like. A cluster of ours tells all but the first by itself. */
export interface MonitoredClusterProps {
  /**
   * The cluster: one of ours, in this stack or another, an imported one or an L1.
   *
   * @default - the cluster that `clusterName` names
   */
  readonly cluster?: msk.IClusterRef;

  /**
   * Name of the cluster; the `Cluster Name` of its metrics.
   *
   * @default - the name of `cluster`
   */
  readonly clusterName?: string;

  /**
   * Kind of the cluster.
   *
   * @default - what `cluster` and `instanceType` tell, else ClusterKind.STANDARD
   */
  readonly kind?: ClusterKind;

  /**
   * Version of Apache Kafka, which says whether the cluster has ZooKeeper.
   *
   * @default - what `cluster` tells; else metrics of both kinds of metadata are taken
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * Which metrics the brokers send.
   *
   * @default - what `cluster` tells; else every metric can be asked for, and alarms and dashboards keep to what is free
   */
  readonly monitoringLevel?: MonitoringLevel;

  /**
   * Instance type of the brokers; some thresholds come with it. That of Express brokers goes by
   * `BrokerInstanceType.of('express.m7g.large')`.
   *
   * @default - what `cluster` tells; else alarms whose threshold depends on it are left out
   */
  readonly instanceType?: BrokerInstanceType;
}

/** The cluster that is monitored: its name, and what decides about its metrics and thresholds. */
export interface MonitoredCluster extends MetricSource {
  readonly clusterName: string;
  readonly instanceType?: BrokerInstanceType;
}

/** What the props say wins over the traits of the cluster. */
export function monitoredCluster(scope: IConstruct, props: MonitoredClusterProps): MonitoredCluster {
  const traits = props.cluster ? traitsOf(props.cluster) : {};
  const clusterName = props.clusterName ?? traits.clusterName;
  if (clusterName === undefined) {
    throw refused(scope, problem('WatchedClusterUnclear', "one of 'cluster' and 'clusterName' must be set"));
  }
  const instanceType = props.instanceType ?? ofName(traits.instanceType, (name) => BrokerInstanceType.of(name));
  const kafkaVersion = props.kafkaVersion ?? ofName(traits.kafkaVersion, (version) => KafkaVersion.of(version));
  return {
    clusterName,
    kind: (props.kind as MetricSource['kind'] | undefined) ?? traits.kind ?? kindOf(instanceType),
    kraft: kafkaVersion?.isKraft,
    level: props.monitoringLevel?.name ?? traits.monitoringLevel,
    instanceType,
  };
}

const ofName = <T>(name: string | undefined, of: (name: string) => T): T | undefined =>
  name === undefined ? undefined : of(name);

const kindOf = (type?: BrokerInstanceType) => (type?.name.startsWith('express.') ? 'express' : 'standard');
