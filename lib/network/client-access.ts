import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { traitsOf } from '../internal/cluster-traits';
import { shortAddress } from '../internal/names';
import { refuse, refused } from '../internal/validation';
import { finding } from '../model/finding';
import {
  ANY_ACCESS,
  type AuthenticationMethod,
  type ClientAccess,
  type Endpoint,
  endpointsOf,
  LISTENERS,
} from '../model/listeners';
import { BootstrapBrokers } from './bootstrap-brokers';
import type { BootstrapBrokerList } from './bootstrap-broker-list';
import { ClientConfiguration } from './client-configuration';
import { portsOf } from './ports';
import {
  findRule,
  groupText,
  isDeployedAfter,
  immutableFindings,
  rememberRules,
  shareRule,
  takesRules,
} from './security-group-rules';

/** The connections of brokers. Their default port is the port of the first method that the brokers offer. */
export function brokerConnections(access: ClientAccess, securityGroups: ec2.ISecurityGroup[]): ec2.Connections {
  const [defaultPort] = access.methods.length === 0 ? [] : portsOf(access.methods[0], access.clientBroker);
  return new ec2.Connections({ securityGroups, defaultPort });
}

/** The preferred endpoint for a method, or for the first one that the cluster offers. */
function endpointOf(cluster: msk.IClusterRef, authentication?: ClientAuthentication): Endpoint {
  return endpointsOf(methodOf(cluster, authentication), accessOf(cluster).clientBroker)[0];
}

/** The list of brokers for clients inside the VPC that use the first method that the cluster offers. */
export const preferredBrokers = (cluster: msk.IClusterRef): string => brokersAt(cluster, endpointOf(cluster));

const brokersAt = (cluster: msk.IClusterRef, { bootstrapList }: Endpoint): string =>
  BootstrapBrokers.fromCluster(cluster).read(bootstrapList as BootstrapBrokerList);

const accessOf = (cluster: msk.IClusterRef) => traitsOf(cluster).access ?? ANY_ACCESS;

/** The requested method, or the first one that the cluster offers. */
function methodOf(cluster: msk.IClusterRef, authentication?: ClientAuthentication): AuthenticationMethod {
  const { methods } = accessOf(cluster);
  const method = authentication?._kind ?? methods[0];
  if (methods.includes(method)) return method;
  const { name } = LISTENERS[method];
  const message = `'authentication' is ${name}, which the cluster does not have enabled; add it to the cluster's 'authentication'`;
  throw refused(cluster, finding('AuthenticationOff', message));
}

/** The settings for clients of any cluster. */
export function clientConfigurationOf(
  cluster: msk.IClusterRef,
  authentication?: ClientAuthentication,
): ClientConfiguration {
  const endpoint = endpointOf(cluster, authentication);
  return ClientConfiguration._of(brokersAt(cluster, endpoint), endpoint.protocol);
}

/** Opens the ports for a method to a client. The security group rules are created in the client's stack. */
export function allowClients(
  cluster: msk.IClusterRef & ec2.IConnectable,
  client: ec2.IConnectable,
  authentication?: ClientAuthentication,
): void {
  const method = methodOf(cluster, authentication);
  openPorts(cluster, client, portsOf(method, accessOf(cluster).clientBroker), LISTENERS[method].ruleDescription);
}

/**
 * Opens ports of the brokers to a client. The security group rules are created in the client's stack, unless another
 * stack of the app has defined the same ones.
 */
export function openPorts(
  cluster: msk.IClusterRef & ec2.IConnectable,
  client: ec2.IConnectable,
  ports: readonly ec2.Port[],
  description: string,
): void {
  const groups = cluster.connections.securityGroups;
  for (const one of withoutCircle(client)) openGroups(groups, one, { ports, description, ...placeOf(one, cluster) });
}

/**
 * The rules for a client with several groups are in the stack of the first one, which then depends on the stacks of the others. Where
 * one of those depends on the first already, each group is a client of its own.
 */
function withoutCircle(client: ec2.IConnectable): ec2.IConnectable[] {
  const [first, ...others] = client.connections.securityGroups;
  if (!others.some((other) => isDeployedAfter(Stack.of(other), Stack.of(first)))) return [client];
  return client.connections.securityGroups.map((group) => ({ connections: group.connections }));
}

/** What is opened, and where the rules are created. */
export interface Opening {
  readonly ports: readonly ec2.Port[];
  readonly description: string;
  /**
   * Where the groups are imported by ID, so that rules in the client's stack do not make the stack of the groups depend
   * on it.
   *
   * @default - the groups are used as they are
   */
  readonly importInto?: { readonly scope: Construct; readonly prefix: string };
}

/** Opens ports of security groups to a client. Immutable groups stay as they are. */
export function openGroups(groups: readonly ec2.ISecurityGroup[], client: ec2.IConnectable, opening: Opening): void {
  const { description, importInto, ports } = opening;
  const [clientGroup = groups[0]] = client.connections.securityGroups;
  const sources = client.connections.securityGroups.map(groupText);
  const rule = `inbound TCP on port ${ports.map(String).join(' and ')} from ${sources.join(' and ') || 'the client'}`;
  refuse(clientGroup, immutableFindings(groups, rule));
  groups.forEach((group, index) => {
    const brokers = importInto ? imported(group, importInto.scope, `${importInto.prefix}${index}`) : group;
    for (const port of ports) allowOnce(brokers, client, port, description);
  });
}

function imported(group: ec2.ISecurityGroup, scope: Construct, id: string): ec2.ISecurityGroup {
  const existing = scope.node.tryFindChild(id) as ec2.ISecurityGroup | undefined;
  const options = { mutable: takesRules(group) };
  return existing ?? ec2.SecurityGroup.fromSecurityGroupId(scope, id, group.securityGroupId, options);
}

/** Rules in the cluster's own stack would make that stack depend on the stacks of its clients. */
function placeOf(client: ec2.IConnectable, cluster: msk.IClusterRef): Pick<Opening, 'importInto'> {
  const [clientGroup] = client.connections.securityGroups;
  if (!clientGroup || Stack.of(clientGroup) === Stack.of(cluster)) return {};
  const id = `Brokers${shortAddress(cluster)}`;
  const stack = Stack.of(clientGroup);
  const scope = stack.node.tryFindChild(id) ?? new Construct(stack, id);
  return { importInto: { scope, prefix: 'Group' } };
}

/** Leaves out the groups of a client for which this app has defined the rule already, in whatever stack. */
function allowOnce(brokers: ec2.ISecurityGroup, client: ec2.IConnectable, port: ec2.Port, description: string): void {
  const groups = client.connections.securityGroups;
  const missing = groups.filter((group) => !isDefinedElsewhere(brokers, group, port));
  if (missing.length === groups.length) brokers.connections.allowFrom(client, port, description);
  else for (const group of missing) brokers.connections.allowFrom(group, port, description);
  for (const group of [brokers, ...groups]) rememberRules(group.node.children);
}

/**
 * Whether the inbound rule exists beside the group, which does not repeat its own rules. If it is in another stack, the
 * client's stack depends on that one. The client's outbound rule may be missing nevertheless.
 */
export function isDefinedElsewhere(brokers: ec2.ISecurityGroup, client: ec2.ISecurityGroup, port: ec2.Port): boolean {
  const [brokersId, clientId] = [brokers.securityGroupId, client.securityGroupId];
  const inbound = findRule(brokers, { side: 'ingress', groupId: brokersId, peer: clientId, port });
  if (!inbound || inbound.node.scope === brokers) return false;
  shareRule(inbound, client);
  const stack = Stack.of(client);
  if (!isDeployedAfter(inbound.stack, stack))
    stack.addStackDependency(inbound.stack, 'It has the security group rule of the client');
  const outbound = findRule(client, { side: 'egress', groupId: clientId, peer: brokersId, port });
  if (!outbound) client.addEgressRule(brokers, port, undefined, true); // no warning if the group allows all outbound traffic
  return true;
}
