import { Tags, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';

/** A VPC with one isolated subnet in each of the given number of zones. */
export function aVpc(stack: Stack, zones = 3): ec2.Vpc {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: Array.from({ length: zones }, (_, index) => `${stack.region}${'abc'[index]}`),
    natGateways: 0,
    restrictDefaultSecurityGroup: false, // it would add a custom resource
    subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  Tags.of(vpc).add('purpose', 'test');
  return vpc;
}

export interface ClusterOptions extends Partial<Omit<msk.CfnClusterProps, 'brokerNodeGroupInfo'>> {
  readonly nodes?: Partial<msk.CfnCluster.BrokerNodeGroupInfoProperty>;
}

/** A cluster that MSK accepts. The given properties override its own. */
export function aCluster(stack: Stack, { nodes, ...options }: ClusterOptions = {}): msk.CfnCluster {
  const vpc = (stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined) ?? aVpc(stack);
  return new msk.CfnCluster(stack, 'Cluster', {
    clusterName: 'events',
    kafkaVersion: '3.9.x.kraft',
    numberOfBrokerNodes: 3,
    clientAuthentication: { sasl: { iam: { enabled: true } } },
    ...options,
    brokerNodeGroupInfo: {
      instanceType: 'kafka.m7g.large',
      clientSubnets: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
      ...nodes,
    },
  });
}
