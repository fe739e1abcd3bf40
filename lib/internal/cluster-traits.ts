import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { AuthenticationKind, ClusterKind } from '../model/wire/topic';
import type { ClientCredentials } from '../access/client-credentials';

/** What it takes to manage topics on a cluster, besides its ARN. */
export interface DataPlane {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly authentication: ClientCredentials;
  readonly kind: ClusterKind;
  /** The ways to authenticate that the cluster has, where that is known. */
  readonly listeners?: readonly AuthenticationKind[];
  /** In how many zones there are brokers, where that is known: the default replication factor. */
  readonly zones?: number;
  /** How many brokers there are, where that is known. */
  readonly brokers?: number;
  /** How many partitions, with their replicas, a broker should have at most, where that is known. */
  readonly partitionsPerBroker?: number;
  /** How many it takes, where that is known and the brokers have such a limit. */
  readonly mostPartitionsPerBroker?: number;
  /** The version of Kafka, where that is known. */
  readonly kafkaVersion?: string;
}

/** The way to the brokers that a cluster of ours brings along; found by shape, since two copies of this package may be loaded. */
export function dataPlaneOf(cluster: msk.IClusterRef): DataPlane | undefined {
  return (cluster as { _dataPlane?: DataPlane })._dataPlane;
}
