import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct, IConstruct } from 'constructs';
import { ClientAuthentication } from '../access/client-authentication';
import type { ICluster } from '../cluster/cluster-interface';
import { allowClients, openGroups } from '../network/client-access';
import { traitsOf } from '../internal/cluster-traits';
import { finding } from '../model/finding';
import { portsOf } from '../network/ports';
import { emptyGroupsFindings, ownGroupsFindings } from '../network/security-group-rules';
import { selectSubnets } from '../network/selected-subnets';
import { refuse, refused } from '../internal/validation';
import { referenced } from '../internal/cluster-reference';

/** Where the clients of a service run, and the cluster that they connect to. */
export interface ClientNetworkOptions {
  readonly cluster: msk.IClusterRef;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];
  readonly authentication?: ClientAuthentication;
  readonly addSecurityGroupRules?: boolean;
  readonly allowAllOutbound?: boolean;
}

/** The network of a service whose clients may connect to the brokers. */
export interface ClientNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  /** Whether the subnets have not been looked up yet. */
  readonly isPending: boolean;
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly connections: ec2.Connections;
}

/** Defines the part of the network that the props do not name: a security group, and the rules on both sides. */
export function defineClientNetwork(scope: Construct, description: string, props: ClientNetworkOptions): ClientNetwork {
  const { clusterSecurityGroups, cluster } = props;
  refuse(scope, [...ownGroupsFindings(props), ...emptyGroupsFindings({ clusterSecurityGroups })]);
  const { network: brokers } = traitsOf(referenced(cluster, scope));
  const vpc = props.vpc ?? brokers?.vpc;
  if (!vpc || !(clusterSecurityGroups ?? brokers)) throw refused(scope, WITHOUT_NETWORK);
  const selection = props.vpcSubnets ?? (props.vpc ? undefined : brokers?.vpcSubnets);
  const { isPending, subnets } = selectSubnets(vpc, selection);
  const { allowAllOutbound } = props;
  const securityGroups = props.securityGroups ?? [
    new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description, allowAllOutbound }),
  ];
  const connections = new ec2.Connections({ securityGroups });
  const network = { vpc, subnets, isPending, securityGroups, connections };
  if (!(props.addSecurityGroupRules ?? true)) return network;
  if (clusterSecurityGroups) allowByGroups(scope, clusterSecurityGroups, { connections }, props.authentication);
  else allowClients(cluster as ICluster, { connections }, props.authentication);
  return network;
}

const WITHOUT_NETWORK = finding(
  'ClientsWithoutNetwork',
  "'cluster' is only a reference, so the VPC and the security groups of its brokers are unknown; set 'vpc' and " +
    "'clusterSecurityGroups', or pass Cluster.fromClusterAttributes(...)",
);

/** The brokers' security groups are imported by ID, so that the rules are created in the stack of the clients. */
function allowByGroups(
  scope: Construct,
  groups: ec2.ISecurityGroup[],
  client: ec2.IConnectable,
  authentication = ClientAuthentication.iam(),
): void {
  const ports = portsOf(authentication._kind);
  openGroups(groups, client, { ports, description: 'Kafka clients', importInto: { scope, prefix: 'Brokers' } });
}

/**
 * The service names of the VPC's endpoints that this app defines, as JSON of the template: in an environment-agnostic
 * stack they are expressions.
 */
export function vpcEndpointServices(scope: IConstruct, vpc: ec2.IVpc): string[] {
  const isInVpc = ({ stack, vpcId }: ec2.CfnVPCEndpoint) =>
    JSON.stringify(stack.resolve(vpcId)) === JSON.stringify(stack.resolve(vpc.vpcId));
  return scope.node.root.node
    .findAll()
    .filter((node) => node instanceof ec2.CfnVPCEndpoint)
    .filter(isInVpc)
    .map(({ serviceName, stack }) => JSON.stringify(stack.resolve(serviceName)) ?? '');
}
