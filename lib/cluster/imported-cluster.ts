import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { clusterNameOf } from '../internal/cluster-arns';
import { finding } from '../model/finding';
import { ANY_LISTENER } from '../model/listeners';
import { known, refuse, refused } from '../internal/validation';
import type { DataPlane } from '../internal/cluster-traits';
import { TopicAuthentication } from '../topics/topic-authentication';
import type { ClusterAttributes } from './cluster';
import { ClusterBase } from './cluster-base';
import { lookUpCluster } from './cluster-lookup';

/** What is known of a cluster that was made elsewhere. */
export interface ImportedClusterProps {
  readonly clusterArn: string;
  /**
   * The way to the brokers.
   *
   * @default - nothing but the ARN is known
   */
  readonly plane?: DataPlane;
}

/**
 * A cluster that this app does not make.
 *
 * @internal
 */
export class ImportedCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  /** @internal */
  public readonly _dataPlane?: DataPlane;
  /** @internal */
  protected readonly _listeners = ANY_LISTENER;

  public constructor(scope: Construct, id: string, props: ImportedClusterProps) {
    refuse(scope, arnFindings(known(props).clusterArn)); // CDK's own complaint about an ARN says less
    super(scope, id, { environmentFromArn: props.clusterArn });
    this.clusterArn = props.clusterArn;
    this.clusterName = clusterNameOf(props.clusterArn);
    this._dataPlane = props.plane;
  }

  public get connections(): ec2.Connections {
    if (this._dataPlane) return this._connectionsOf(this._dataPlane.securityGroups);
    const message =
      'this cluster was imported by its ARN only, so the security groups of its brokers are unknown; ' +
      'use Cluster.fromClusterAttributes(...) or Cluster.fromLookup(...)';
    throw refused(this, finding('ConnectionsUnknown', message));
  }
}

function arnFindings(arn?: string) {
  if (arn === undefined || /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[^/]+\/[^/]+$/.test(arn)) return [];
  const shape = 'arn:PARTITION:kafka:REGION:ACCOUNT:cluster/NAME/UUID';
  return [finding('ClusterArnForm', `'clusterArn' must have the form ${shape}, got '${arn}'`)];
}

export const planeOf = (attributes: ClusterAttributes): DataPlane => ({
  ...attributes,
  kind: attributes.kind ?? 'standard',
  authentication: attributes.authentication ?? TopicAuthentication.iam(),
  kafkaVersion: attributes.kafkaVersion?.version,
});

/** A cluster by its name, with its network as constructs beside it. */
export function foundCluster(scope: Construct, id: string, clusterName: string): ImportedClusterProps {
  const network = new Construct(scope, `${id}Network`);
  const { brokers, clusterArn, kafkaVersion, kind, securityGroupIds, subnets, vpcId } = lookUpCluster(
    network,
    clusterName,
  );
  const securityGroups = securityGroupIds.map((groupId, index) =>
    ec2.SecurityGroup.fromSecurityGroupId(network, `Group${index}`, groupId),
  );
  const availabilityZones = subnets.map(({ availabilityZone }) => availabilityZone);
  const plane: DataPlane = {
    vpc: ec2.Vpc.fromVpcAttributes(network, 'Vpc', { vpcId, availabilityZones }),
    vpcSubnets: {
      subnets: subnets.map((one, index) => ec2.Subnet.fromSubnetAttributes(network, `Subnet${index}`, one)),
    },
    securityGroups,
    authentication: TopicAuthentication.iam(),
    zones: subnets.length,
    brokers,
    kafkaVersion,
    kind,
  };
  return { clusterArn, plane };
}
