import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { portsOf } from '../network/ports';
import type { AuthenticationKind } from '../model/wire/topic';
import type { DataPlane } from '../internal/cluster-traits';
import { endpointsOf } from './client-network';

/**
 * The rules that Lambda's pollers need: they stand in the cluster's subnets with the cluster's own security groups, so each
 * group lets itself in and out. Resources of the reader's stack, one set for a cluster.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
export class Pollers extends Construct {
  public static of(scope: IConstruct, cluster: msk.IClusterRef, groups: ec2.ISecurityGroup[]): Pollers {
    const stack = Stack.of(scope);
    const id = `KafkaPollers${cluster.node.addr.slice(-12)}`;
    const existing = stack.node.tryFindChild(id) as Pollers | undefined;
    return existing ?? new Pollers(stack, id, { groups });
  }

  private readonly groups: readonly { readonly groupId: string; readonly suffix: string }[];
  private readonly open = new Set<number>();

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

  /** Lets pollers reach the brokers' ports for a way to authenticate; two ways may share a port. */
  public reach(authentication: AuthenticationKind): this {
    const ports = portsOf(authentication).map((it) => it.toRuleJson() as { fromPort: number; toPort: number });
    for (const port of ports.filter(({ fromPort }) => !this.open.has(fromPort))) {
      this.open.add(port.fromPort);
      this.openPort(port, port.fromPort === IAM_PORT ? '' : String(port.fromPort));
    }
    return this;
  }

  private openPort(port: { readonly fromPort: number; readonly toPort: number }, name: string): void {
    for (const { groupId, suffix } of this.groups) {
      const rule = { groupId, ipProtocol: 'tcp', ...port };
      const id = [name, suffix].filter(Boolean).join('x'); // apart: 9096 of the second group is no 90962
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

const [IAM_PORT] = portsOf('iam').map((it) => (it.toRuleJson() as { fromPort: number }).fromPort);

/** What pollers on demand lack in the cluster's subnets; endpoints that another app made cannot be seen. */
export function wayOutFindings(scope: IConstruct, plane: DataPlane, services: readonly string[]): Finding[] {
  const { vpc, vpcSubnets } = plane;
  const isolated = new Set(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  if (!subnetIds.some((id) => isolated.has(id))) return [];
  const present = endpointsOf(scope, vpc);
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
