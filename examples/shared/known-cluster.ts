import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';

/** Describes a cluster that another app created. Each value may be a token. */
export interface KnownCluster {
  readonly clusterArn: string;
  readonly vpcId: string;
  /** The subnets of the brokers. */
  readonly subnetIds: string[];
  /** The security group of the brokers. */
  readonly securityGroupId: string;
}

/** Imports the cluster, and returns where functions run to reach its brokers. */
export interface ImportedCluster {
  readonly cluster: msk.ICluster;
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** Imports a VPC by its ID with one subnet in each zone. The names of the zones do not matter. */
export function importVpc(scope: Construct, id: string, vpcId: string, subnetIds: string[]): ec2.IVpc {
  const availabilityZones = subnetIds.map((_, zone) => Fn.select(zone, Fn.getAzs()));
  return ec2.Vpc.fromVpcAttributes(scope, id, { vpcId, availabilityZones, isolatedSubnetIds: subnetIds });
}

export function importCluster(scope: Construct, known: KnownCluster): ImportedCluster {
  const { clusterArn, securityGroupId, subnetIds, vpcId } = known;
  const place = {
    vpc: importVpc(scope, 'KafkaVpc', vpcId, subnetIds),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  };
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(scope, 'KafkaBrokers', securityGroupId)];
  return {
    cluster: msk.Cluster.fromClusterAttributes(scope, 'Kafka', { clusterArn, ...place, securityGroups }),
    ...place,
  };
}
