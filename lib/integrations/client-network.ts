import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct, IConstruct } from 'constructs';
import { ClientAuthentication } from '../access/client-authentication';
import type { ICluster } from '../cluster/cluster';
import { BootstrapBrokers } from '../network/bootstrap-brokers';
import { ClientConfiguration } from '../network/client-configuration';
import { finding } from '../model/finding';
import { portsOf } from '../network/ports';
import { refused } from '../internal/validation';
import { dataPlaneOf } from '../internal/cluster-traits';

/** Where the clients of a service stand, and what they come to. */
export interface WantedNetwork {
  readonly cluster: msk.IClusterRef;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];
  readonly authentication?: ClientAuthentication;
}

/** Network interfaces of a service that may open connections to the brokers. */
export interface ClientNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly connections: ec2.Connections;
}

/** Defines what the clients lack of it: a security group, and the rules on both sides. */
export function placeClients(scope: Construct, description: string, props: WantedNetwork): ClientNetwork {
  const { clusterSecurityGroups, cluster } = props;
  const plane = dataPlaneOf(cluster);
  const vpc = props.vpc ?? plane?.vpc;
  if (!vpc || !(clusterSecurityGroups ?? plane)) throw refused(scope, WITHOUT_NETWORK);
  const selection = props.vpcSubnets ?? (props.vpc ? undefined : plane?.vpcSubnets);
  const { subnets } = vpc.selectSubnets(selection);
  const securityGroups = props.securityGroups ?? [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description })];
  const connections = new ec2.Connections({ securityGroups });
  if (clusterSecurityGroups) openBare(scope, clusterSecurityGroups, { connections }, props.authentication);
  else (cluster as ICluster).allowClients({ connections }, props.authentication);
  return { vpc, subnets, securityGroups, connections };
}

const WITHOUT_NETWORK = finding(
  'ClientsWithoutNetwork',
  "'cluster' is only a reference, so the VPC and the security groups of its brokers are unknown; set 'vpc' and " +
    "'clusterSecurityGroups', or pass Cluster.fromClusterAttributes(...)",
);

/** The brokers' groups are taken by their IDs, so that the rules land in the stack of the clients. */
function openBare(
  scope: Construct,
  groups: ec2.ISecurityGroup[],
  client: ec2.IConnectable,
  authentication = ClientAuthentication.iam(),
): void {
  groups.forEach(({ securityGroupId }, index) => {
    const brokers = ec2.SecurityGroup.fromSecurityGroupId(scope, `Brokers${index}`, securityGroupId);
    for (const port of portsOf(authentication._kind)) brokers.connections.allowFrom(client, port, 'Kafka clients');
  });
}

/** Properties for clients of any cluster; of a bare reference nobody knows which ways it has. */
export function configurationOf(cluster: msk.IClusterRef, authentication?: ClientAuthentication): ClientConfiguration {
  const known = (cluster as Partial<ICluster>).clientConfiguration?.bind(cluster);
  if (known) return known(authentication);
  const brokers = BootstrapBrokers.fromCluster(cluster);
  switch (authentication?._kind ?? 'iam') {
    case 'iam':
      return ClientConfiguration.iam(brokers.saslIam);
    case 'scram':
      return ClientConfiguration.scram(brokers.saslScram);
    default:
      return ClientConfiguration.tls(brokers.tls);
  }
}

/** The names of services, as the template writes them: in a stack without a region they are expressions. */
export function endpointsOf(scope: IConstruct, vpc: ec2.IVpc): string[] {
  const inVpc = ({ stack, vpcId }: ec2.CfnVPCEndpoint) =>
    JSON.stringify(stack.resolve(vpcId)) === JSON.stringify(stack.resolve(vpc.vpcId));
  return scope.node.root.node
    .findAll()
    .filter((node) => node instanceof ec2.CfnVPCEndpoint)
    .filter(inVpc)
    .map(({ serviceName, stack }) => JSON.stringify(stack.resolve(serviceName)) ?? '');
}
