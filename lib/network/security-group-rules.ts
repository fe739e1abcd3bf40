import { CfnDeletionPolicy, type CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { Carried } from '../internal/carried';
import { isToken } from '../internal/validation';
import { type Finding, finding } from '../model/finding';

/** A rule of a security group as EC2 compares rules: without its description. */
export interface SecurityGroupRule {
  readonly side: 'ingress' | 'egress';
  readonly groupId: string;
  /** A security group or a range of addresses. */
  readonly peer: string;
  readonly port: ec2.Port;
}

type RuleResource = ec2.CfnSecurityGroupIngress | ec2.CfnSecurityGroupEgress;

const RULES = new Carried<Map<string, CfnResource>>('SecurityGroupRules');

/** The rules that are deployed together with a construct, by their texts. */
function rulesAround(scope: IConstruct): Map<string, CfnResource> {
  const stage = Stage.of(scope) ?? scope.node.root;
  const rules = RULES.of(stage) ?? new Map<string, CfnResource>();
  RULES.set(stage, rules);
  return rules;
}

function textOf({ groupId, peer, port, side }: SecurityGroupRule): string {
  const { fromPort, ipProtocol, toPort } = port.toRuleJson() as Record<string, unknown>;
  return [side, groupId, peer, ipProtocol, fromPort, toPort].join(' ');
}

const isRule = (node: IConstruct): node is RuleResource =>
  node instanceof ec2.CfnSecurityGroupIngress || node instanceof ec2.CfnSecurityGroupEgress;

function textOfResource(rule: RuleResource): string {
  const isIngress = rule instanceof ec2.CfnSecurityGroupIngress;
  const peer = isIngress ? rule.sourceSecurityGroupId : rule.destinationSecurityGroupId;
  const traffic = [rule.ipProtocol, rule.fromPort, rule.toPort];
  return [isIngress ? 'ingress' : 'egress', rule.groupId, peer ?? rule.cidrIp, ...traffic].join(' ');
}

/**
 * Finds a rule that is defined already: by this library in any stack that is deployed together with the group, or by
 * anyone as a child of the group. EC2 refuses to create the same rule twice.
 */
export function findRule(group: ec2.ISecurityGroup, rule: SecurityGroupRule): CfnResource | undefined {
  const text = textOf(rule);
  const known = rulesAround(group).get(text);
  return known ?? group.node.children.filter(isRule).find((child) => textOfResource(child) === text);
}

/** Remembers rules, so that other stacks find them. */
export function rememberRules(rules: Iterable<IConstruct>): void {
  for (const rule of rules) if (isRule(rule)) rulesAround(rule).set(textOfResource(rule), rule);
}

/**
 * Keeps a rule if another stack needs it as well: a stack that is destroyed must not cut off the
 * clients of another one.
 */
export function shareRule(rule: CfnResource, reader: IConstruct): void {
  if (Stack.of(rule) !== Stack.of(reader)) rule.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}

/** Whether a stack is deployed after another one, as far as that is declared. */
export const isDeployedAfter = (stack: Stack, other: Stack): boolean =>
  stack.dependencies.some((one) => one === other || isDeployedAfter(one, other));

/**
 * Whether rules can be added to a group. An immutable import ignores them silently, and nothing but a rule tells it
 * apart. This rule is never defined, since its peer throws when the group asks for it.
 */
export function takesRules(group: ec2.ISecurityGroup): boolean {
  if (group instanceof ec2.SecurityGroup) return true;
  const asked = new Error('the group takes rules');
  const ask = () => {
    throw asked;
  };
  const peer = { ...ec2.Peer.anyIpv4(), canInlineRule: false, uniqueId: 'probe' };
  try {
    group.addIngressRule({ ...peer, toEgressRuleConfig: ask, toIngressRuleConfig: ask }, ec2.Port.tcp(0));
  } catch (error) {
    if (error !== asked) throw error;
    return true;
  }
  return false;
}

/** How messages name a group: by its ID, or by its construct if the ID is known at deployment only. */
export const groupText = ({ node, securityGroupId }: ec2.ISecurityGroup): string =>
  isToken(securityGroupId) ? node.path : securityGroupId;

/** What an immutable group must have, since nothing is added to it. */
export function immutableFindings(groups: readonly ec2.ISecurityGroup[], rules: string): Finding[] {
  return groups
    .filter((group) => !takesRules(group))
    .map((group) =>
      finding(
        'SecurityGroupImmutable',
        `The security group ${groupText(group)} is immutable, so no rules are added to it. It must have ${rules}. ` +
          "If it has, acknowledge this warning; if the rules should be added, import the group without 'mutable: false'",
      ),
    );
}

/** The props of a construct that creates a security group unless it is given some. */
export interface OwnGroups {
  readonly securityGroups?: readonly ec2.ISecurityGroup[];
  readonly allowAllOutbound?: boolean;
}

/** Refuses an empty list, and a choice that would have no effect. */
export function ownGroupsFindings({ allowAllOutbound, securityGroups }: OwnGroups): Finding[] {
  const empty = emptyGroupsFindings({ securityGroups });
  if (!securityGroups || allowAllOutbound === undefined) return empty;
  const message =
    "'allowAllOutbound' applies only to a security group that is created, and 'securityGroups' names others; remove it, and " +
    "set 'allowAllOutbound' of those groups";
  return [...empty, finding('OutboundOfGivenGroups', message)];
}

/** Refuses an empty list of security groups, which MSK and its clients cannot use. */
export const emptyGroupsFindings = (groups: Readonly<Record<string, readonly unknown[] | undefined>>): Finding[] =>
  Object.entries(groups)
    .filter(([, list]) => list?.length === 0)
    .map(([name]) =>
      finding(
        'SecurityGroupsEmpty',
        `'${name}' must contain at least one security group, got an empty list; omit it, or list a group`,
      ),
    );
