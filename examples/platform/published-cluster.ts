import { Fn } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type * as msk from 'cdk-msk';
import { importCluster, type ImportedCluster } from '../shared/known-cluster';

/** The name of the parameter is all that the platform and its apps agree on. */
export const PARAMETER = '/platform/kafka';

const ZONES = 3;

/** Publishes a cluster to other stacks. A parameter can hold tokens, as a cross-stack reference does. */
export function publishCluster(scope: Construct, cluster: msk.ICluster, vpc: ec2.IVpc): void {
  const [group] = cluster.connections.securityGroups;
  const subnetIds = vpc.isolatedSubnets.map(({ subnetId }) => subnetId);
  new ssm.StringParameter(scope, 'PublishedCluster', {
    parameterName: PARAMETER,
    description: 'ARN of the Kafka cluster, its VPC, its security group, its subnets',
    stringValue: Fn.join(',', [cluster.clusterArn, vpc.vpcId, group.securityGroupId, ...subnetIds]),
  });
}

/** Imports the cluster that the parameter describes. Its values are read at deployment. */
export function publishedCluster(scope: Construct): ImportedCluster {
  const told = Fn.split(',', ssm.StringParameter.valueForStringParameter(scope, PARAMETER), 3 + ZONES);
  const [clusterArn, vpcId, securityGroupId, ...subnetIds] = told;
  return importCluster(scope, { clusterArn, vpcId, securityGroupId, subnetIds });
}
