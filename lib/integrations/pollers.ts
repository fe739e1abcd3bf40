import { type CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, Dependable, type IConstruct } from 'constructs';
import { finding, type Finding } from '../model/finding';
import { type AuthenticationMethod, ENDPOINTS, endpointsOf } from '../model/listeners';
import type { ClusterNetwork } from '../internal/cluster-traits';
import { shortAddress } from '../internal/names';
import { isToken } from '../internal/validation';
import {
  findRule,
  isDeployedAfter,
  rememberRules,
  type SecurityGroupRule,
  shareRule,
  takesRules,
} from '../network/security-group-rules';
import { selectSubnets } from '../network/selected-subnets';
import { vpcEndpointServices } from './client-network';

/** What pollers need from the security groups of brokers. */
export interface PollerAccess {
  readonly groups: readonly ec2.ISecurityGroup[];
  readonly authentication: AuthenticationMethod;
  /** Whether they call AWS services from the brokers' subnets, as those on demand do. */
  readonly callServices: boolean;
}

/** A rule, and its ID and description if it must be defined. */
interface PollerRule extends SecurityGroupRule {
  readonly id: string;
  readonly description: string;
}

interface TcpPort {
  readonly ipProtocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const ANYWHERE = '0.0.0.0/0';
const destination = (peer: string) => (peer === ANYWHERE ? { cidrIp: peer } : { destinationSecurityGroupId: peer });

/**
 * The security group rules that Lambda's pollers need. Pollers run in the cluster's subnets and use the cluster's own
 * security groups, so each group must allow traffic from and to itself. The rules are resources of the function's
 * stack, one set for each cluster. A rule that another stack needs as well is defined once: in the stack of the group
 * if a function of that stack reads, otherwise in the stack of the first function. The others depend on it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
 */
export class Pollers extends Construct {
  public static of(scope: IConstruct, cluster: msk.IClusterRef): Pollers {
    const stack = Stack.of(scope);
    const id = `KafkaPollers${shortAddress(cluster)}`;
    const existing = stack.node.tryFindChild(id) as Pollers | undefined;
    return existing ?? new Pollers(stack, id);
  }

  private readonly groupIds: string[] = [];
  private readonly rules = new Map<string, () => IConstruct | undefined>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const roots = (): IConstruct[] => [this, ...this.rulesElsewhere()];
    Dependable.implement(this, {
      get dependencyRoots() {
        return roots();
      },
    });
  }

  /** Evaluated when the template is written, since a rule can be taken over until then. */
  private rulesElsewhere(): Set<IConstruct> {
    const rules = [...this.rules.values()].flatMap((rule) => rule() ?? []);
    return new Set(rules.filter(({ node }) => node.scope !== this));
  }

  /** Allows pollers to connect to the brokers' ports for an authentication method. Two methods may share a port. */
  public allow({ authentication, callServices, groups }: PollerAccess): this {
    const mutable = groups.filter(takesRules);
    if (callServices) for (const group of mutable) this.define(group, this.toServices(group));
    for (const { port } of endpointsOf(authentication))
      for (const group of mutable) for (const rule of this.toBrokers(group, port)) this.define(group, rule);
    return this;
  }

  private toServices({ securityGroupId: groupId }: ec2.ISecurityGroup): PollerRule {
    return {
      ...{ side: 'egress', groupId, peer: ANYWHERE, port: ec2.Port.tcp(443) },
      id: `EgressToServices${this.suffixOf(groupId)}`,
      description: 'Pollers of Lambda to Lambda and STS',
    };
  }

  private toBrokers({ securityGroupId: groupId }: ec2.ISecurityGroup, port: number): PollerRule[] {
    const rule = { groupId, peer: groupId, port: ec2.Port.tcp(port) };
    const name = port === ENDPOINTS.iam.port ? '' : String(port);
    const id = [name, this.suffixOf(groupId)].filter(Boolean).join('x'); // port 9096 of the second group is 9096x2, not 90962
    const description = 'Pollers of Lambda, which have the group of the brokers';
    return [
      { ...rule, side: 'ingress', id: `Ingress${id}`, description },
      { ...rule, side: 'egress', id: `Egress${id}`, description: 'Pollers of Lambda to the brokers' },
    ];
  }

  private suffixOf(groupId: string): string {
    if (!this.groupIds.includes(groupId)) this.groupIds.push(groupId);
    const index = this.groupIds.indexOf(groupId);
    return index === 0 ? '' : String(index + 1);
  }

  private define(group: ec2.ISecurityGroup, rule: PollerRule): void {
    const existing = findRule(group, rule);
    this.rules.set(rule.id, () => findRule(group, rule));
    if (!existing) this.create(rule);
    else if (this.takesOver(existing, group)) this.takeOver(existing, rule);
    else shareRule(existing, this);
  }

  /**
   * The stack of a group takes its rules over, since the stacks of other rules on the group depend on it already. So does
   * a stack that is deployed before the one with the rule.
   */
  private takesOver(existing: CfnResource, group: ec2.ISecurityGroup): boolean {
    const stack = Stack.of(this);
    const isHome = isToken(group.securityGroupId) && Stack.of(group) === stack;
    const isFirst = isHome || isDeployedAfter(existing.stack, stack);
    return isFirst && existing.stack !== stack && existing.node.scope instanceof Pollers;
  }

  private takeOver(existing: CfnResource, rule: PollerRule): void {
    const former = existing.node.scope!;
    former.node.tryRemoveChild(existing.node.id);
    shareRule(this.create(rule), former);
  }

  private create({ description, groupId, id, peer, port, side }: PollerRule): CfnResource {
    const given = { groupId, ...(port.toRuleJson() as TcpPort), description };
    const resource =
      side === 'ingress'
        ? new ec2.CfnSecurityGroupIngress(this, id, { ...given, sourceSecurityGroupId: peer })
        : new ec2.CfnSecurityGroupEgress(this, id, { ...given, ...destination(peer) });
    rememberRules([resource]);
    return resource;
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
  const { isPending, subnets } = selectSubnets(vpc, vpcSubnets);
  if (isPending || !subnets.some(({ subnetId }) => isolated.has(subnetId))) return [];
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
