import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { caution, type Finding } from '../private/finding';
import { portsOf } from '../private/ports';
import type { DataPlane } from '../topics/data-plane/data-plane';
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
    const existing = stack.node.tryFindChild(id);
    return existing ?? new Pollers(stack, id, { groups });
  }

  private constructor(scope: Construct, id: string, props: { groups: ec2.ISecurityGroup[] }) {
    super(scope, id);
    const [port] = portsOf('iam').map((it) => it.toRuleJson() as { fromPort: number; toPort: number });
    props.groups.forEach(({ securityGroupId: groupId }, index) => {
      const suffix = index === 0 ? '' : String(index + 1);
      const rule = { groupId, ipProtocol: 'tcp' };
      new ec2.CfnSecurityGroupIngress(this, `Ingress${suffix}`, {
        ...{ ...rule, ...port, sourceSecurityGroupId: groupId },
        description: 'Pollers of Lambda, which have the group of the brokers',
      });
      new ec2.CfnSecurityGroupEgress(this, `Egress${suffix}`, {
        ...{ ...rule, ...port, destinationSecurityGroupId: groupId },
        description: 'Pollers of Lambda to the brokers',
      });
      new ec2.CfnSecurityGroupEgress(this, `EgressToServices${suffix}`, {
        ...{ ...rule, fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' },
        description: 'Pollers of Lambda to Lambda and STS',
      });
    });
  }
}

const SERVICES = ['lambda', 'sts'];

/** What pollers on demand lack in the cluster's subnets; endpoints that another app made cannot be seen. */
export function wayOutFindings(scope: IConstruct, { vpc, vpcSubnets }: DataPlane): Finding[] {
  const isolated = new Set(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
  const { subnetIds } = vpc.selectSubnets(vpcSubnets);
  if (!subnetIds.some((id) => isolated.has(id))) return [];
  const present = endpointsOf(scope, vpc);
  const missing = SERVICES.filter((service) => !present.some((name) => name.includes(`.${service}"`)));
  if (missing.length === 0) return [];
  return [
    caution(
      'PollersWithoutWayOut',
      `The brokers' subnets have no way to ${missing.join(' and ')}, and Lambda's pollers need one there. Add interface ` +
        "endpoints to the VPC, or set 'provisionedPollers'",
    ),
  ];
}
