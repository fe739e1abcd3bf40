import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { finding, type Finding } from '../model/finding';
import { type AuthenticationMethod, ENDPOINTS, endpointsOf } from '../model/listeners';
import type { ClusterNetwork } from '../internal/cluster-traits';
import { shortAddress } from '../internal/names';
import { vpcEndpointServices } from './client-network';

/**
 * The security group rules that Lambda's pollers need. Pollers run in the cluster's subnets and use the cluster's own
 * security groups, so each group must allow traffic from and to itself. The rules are resources of the function's
 * stack, one set for each cluster.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
export class Pollers extends Construct {
  public static of(scope: IConstruct, cluster: msk.IClusterRef, groups: ec2.ISecurityGroup[]): Pollers {
    const stack = Stack.of(scope);
    const id = `KafkaPollers${shortAddress(cluster)}`;
    const existing = stack.node.tryFindChild(id) as Pollers | undefined;
    return existing ?? new Pollers(stack, id, { groups });
  }

  private readonly groups: readonly { readonly groupId: string; readonly suffix: string }[];
  private readonly openPorts = new Set<number>();

  private constructor(scope: Construct, id: string, props: { groups: ec2.ISecurityGroup[] }) {
    super(scope, id);
    this.groups = props.groups.map(({ securityGroupId: groupId }, index) => {
      return { groupId, suffix: index === 0 ? '' : String(index + 1) };
    });
    for (const { groupId, suffix } of this.groups) {
      new ec2.CfnSecurityGroupEgress(this, `EgressToServices${suffix}`, {
        ...{ groupId, ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' },
        description: 'Pollers of Lambda to Lambda and STS',
      });
    }
  }

  /** Allows pollers to connect to the brokers' ports for an authentication method. Two methods may share a port. */
  public allow(authentication: AuthenticationMethod): this {
    for (const { port } of endpointsOf(authentication)) {
      if (this.openPorts.has(port)) continue;
      this.openPorts.add(port);
      this.openPort(port, port === ENDPOINTS.iam.port ? '' : String(port));
    }
    return this;
  }

  private openPort(port: number, name: string): void {
    for (const { groupId, suffix } of this.groups) {
      const rule = { groupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
      const id = [name, suffix].filter(Boolean).join('x'); // port 9096 of the second group is 9096x2, not 90962
      new ec2.CfnSecurityGroupIngress(this, `Ingress${id}`, {
        ...{ ...rule, sourceSecurityGroupId: groupId },
        description: 'Pollers of Lambda, which have the group of the brokers',
      });
      new ec2.CfnSecurityGroupEgress(this, `Egress${id}`, {
        ...{ ...rule, destinationSecurityGroupId: groupId },
        description: 'Pollers of Lambda to the brokers',
      });
    }
  }
}

/**
 * Services that on-demand pollers cannot call from the cluster's subnets. Endpoints of other apps are not known here.
 */
export function missingEndpointFindings(
  scope: IConstruct,
  network: ClusterNetwork,
  services: readonly string[],
): Finding[] {
  const { vpc, vpcSubnets } = network;
  const isolated = new Set(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  if (!subnetIds.some((id) => isolated.has(id))) return [];
  const present = vpcEndpointServices(scope, vpc);
  const missing = services.filter((service) => !present.some((name) => name.includes(`.${service}"`)));
  if (missing.length === 0) return [];
  return [
    finding(
      'PollersWithoutWayOut',
      `The brokers' subnets cannot reach ${missing.join(', ').replace(/, ([^,]+)$/, ' and $1')}, which Lambda's pollers call from there. Add interface ` +
        "endpoints to the VPC, or set 'provisionedPollers'",
    ),
  ];
}
