import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { clusterNameOf } from '../internal/cluster-arns';
import { finding } from '../model/finding';
import { ANY_ACCESS } from '../model/listeners';
import { brokerConnections } from '../network/client-access';
import { arnOrPending } from '../internal/pending-arn';
import { known, refuse, refused } from '../internal/validation';
import { type ClusterTraits, declareTraits, traitsOf } from '../internal/cluster-traits';
import type { ClusterAttributes } from './cluster-interface';
import { ClusterBase } from './cluster-base';
import { lookUpCluster, type WantedCluster } from './cluster-lookup';
import { checked } from '../internal/signatures/checked';

/** What is known about a cluster that was created elsewhere. */
export interface ImportedClusterProps {
  readonly clusterArn: string;
  /**
   * What is known besides the ARN.
   *
   * @default - only the ARN is known
   */
  readonly traits?: ClusterTraits;
}

/**
 * A cluster that this app does not define.
 *
 * @internal
 */
@checked('ICluster')
export class ImportedCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;

  public constructor(scope: Construct, id: string, props: ImportedClusterProps) {
    refuse(scope, arnFindings(known(props).clusterArn)); // the CDK's own error about an ARN explains less
    const clusterArn = arnOrPending(scope, props.clusterArn);
    super(scope, id, { environmentFromArn: clusterArn });
    this.clusterArn = clusterArn;
    this.clusterName = clusterNameOf(clusterArn);
    declareTraits(this, { clusterName: this.clusterName, ...props.traits });
  }

  public get connections(): ec2.Connections {
    const { network } = traitsOf(this);
    if (network) return brokerConnections(ANY_ACCESS, network.securityGroups);
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

export const traitsFrom = (attributes: ClusterAttributes): ClusterTraits => ({
  kind: attributes.kind ?? 'standard',
  kafkaVersion: attributes.kafkaVersion?.version,
  zones: attributes.zones,
  brokers: attributes.brokers,
  credentials: attributes.authentication,
  network: { vpc: attributes.vpc, vpcSubnets: attributes.vpcSubnets, securityGroups: attributes.securityGroups },
});

/** Looks up a cluster by its name or ARN. The constructs of its network become siblings of the cluster. */
export function foundCluster(scope: Construct, id: string, wanted: WantedCluster): ImportedClusterProps {
  const networkScope = new Construct(scope, `${id}Network`);
  const { clusterArn, securityGroupIds, subnets, vpcId, ...found } = lookUpCluster(networkScope, wanted);
  const availabilityZones = subnets.map(({ availabilityZone }) => availabilityZone);
  const network = {
    securityGroups: securityGroupIds.map((groupId, index) =>
      ec2.SecurityGroup.fromSecurityGroupId(networkScope, `Group${index}`, groupId),
    ),
    vpc: ec2.Vpc.fromVpcAttributes(networkScope, 'Vpc', { vpcId, availabilityZones }),
    vpcSubnets: {
      subnets: subnets.map((subnet, index) => ec2.Subnet.fromSubnetAttributes(networkScope, `Subnet${index}`, subnet)),
    },
  };
  return { clusterArn, traits: { ...found, zones: subnets.length, network } };
}
