import { Token } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { ClusterKind } from '../../cluster/cluster-kind';
import { KafkaVersion } from '../../cluster/kafka-version';
import { clusterNameOf } from '../../internal/cluster-arns';
import { finding } from '../../model/finding';
import type { MetricSource } from '../../model/rules/metrics';
import { refused } from '../../internal/validation';
import { dataPlaneOf } from '../../internal/cluster-traits';
import type { MonitoringLevel } from './monitoring-level';

/** Which cluster is watched, and what it is like. A cluster of ours tells all but the first by itself. */
export interface WatchedClusterProps {
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

/** What watching needs to know of a cluster. */
export interface Watched extends MetricSource {
  readonly clusterName: string;
  readonly instanceType?: BrokerInstanceType;
}

/** What a cluster tells about itself. */
export type Told = Partial<Watched>;

export function watchedCluster(scope: IConstruct, props: WatchedClusterProps): Watched {
  const { cluster } = props;
  const told = cluster ? toldBy(cluster) : {};
  const clusterName = props.clusterName ?? told.clusterName;
  if (clusterName === undefined) {
    throw refused(scope, finding('WatchedClusterUnclear', "'cluster' or 'clusterName' must be set"));
  }
  const instanceType = props.instanceType ?? told.instanceType;
  return {
    clusterName,
    kind: (props.kind as MetricSource['kind'] | undefined) ?? told.kind ?? kindOf(instanceType),
    kraft: props.kafkaVersion?.isKraft ?? told.kraft,
    level: props.monitoringLevel?.name ?? told.level,
    instanceType,
  };
}

const kindOf = (type?: BrokerInstanceType) => (type?.name.startsWith('express.') ? 'express' : 'standard');

/** Found by shape, since two copies of this package may be loaded. */
function toldBy(cluster: msk.IClusterRef): Told {
  const ours = (cluster as { _watched?: Told })._watched;
  if (ours) return ours;
  if (msk.CfnCluster.isCfnCluster(cluster)) return toldByL1(cluster);
  return {
    clusterName: clusterNameOf(cluster.clusterRef.clusterArn),
    kind: dataPlaneOf(cluster)?.kind,
  };
}

function toldByL1({ brokerNodeGroupInfo, clusterName, enhancedMonitoring, kafkaVersion }: msk.CfnCluster): Told {
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
