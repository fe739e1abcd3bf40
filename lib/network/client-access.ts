import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { traitsOf } from '../internal/cluster-traits';
import { shortAddress } from '../internal/names';
import { refused } from '../internal/validation';
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

/** Opens ports of the brokers to a client. The security group rules are created in the client's stack. */
export function openPorts(
  cluster: msk.IClusterRef & ec2.IConnectable,
  client: ec2.IConnectable,
  ports: readonly ec2.Port[],
  description: string,
): void {
  for (const brokers of brokersInStackOf(client, cluster))
    for (const port of ports) brokers.allowFrom(client, port, description);
}

/**
 * The brokers' security groups, imported into the client's stack. Rules in the cluster's own stack would make that
 * stack depend on the stacks of its clients.
 */
function brokersInStackOf(client: ec2.IConnectable, cluster: msk.IClusterRef & ec2.IConnectable): ec2.Connections[] {
  const [clientGroup] = client.connections.securityGroups;
  if (!clientGroup || Stack.of(clientGroup) === Stack.of(cluster)) return [cluster.connections];
  const id = `Brokers${shortAddress(cluster)}`;
  const stack = Stack.of(clientGroup);
  const scope = stack.node.tryFindChild(id) ?? new Construct(stack, id);
  return cluster.connections.securityGroups.map(({ securityGroupId }, index) => {
    const existing = scope.node.tryFindChild(`Group${index}`) as ec2.ISecurityGroup | undefined;
    return (existing ?? ec2.SecurityGroup.fromSecurityGroupId(scope, `Group${index}`, securityGroupId)).connections;
  });
}
