import type { Template } from 'aws-cdk-lib/assertions';

interface Rule {
  readonly way: 'in' | 'out';
  /** The security group that has the rule. */
  readonly group: string;
  /** A security group or a range of addresses. */
  readonly peer: string;
  readonly covers: (port: number) => boolean;
}

const EVERYWHERE = '0.0.0.0/0';
const asKey = (expression: unknown) => (typeof expression === 'string' ? expression : JSON.stringify(expression));

function ruleOf(way: Rule['way'], group: string, written: Record<string, unknown>): Rule {
  const { CidrIp, DestinationSecurityGroupId, FromPort, IpProtocol, SourceSecurityGroupId, ToPort } = written;
  const covers = (port: number) =>
    IpProtocol === '-1' || (IpProtocol === 'tcp' && Number(FromPort) <= port && port <= Number(ToPort));
  return { way, group, peer: asKey(CidrIp ?? DestinationSecurityGroupId ?? SourceSecurityGroupId), covers };
}

function rulesOf(template: Template): Rule[] {
  const found = (type: string) => Object.entries(template.findResources(`AWS::EC2::SecurityGroup${type}`));
  const inline = found('').flatMap(([id, { Properties }]) => {
    const group = asKey({ 'Fn::GetAtt': [id, 'GroupId'] });
    const { SecurityGroupEgress: out = [], SecurityGroupIngress: into = [] } = Properties as Record<string, object[]>;
    return [
      ...into.map((rule) => ruleOf('in', group, rule as Record<string, unknown>)),
      ...out.map((rule) => ruleOf('out', group, rule as Record<string, unknown>)),
    ];
  });
  const apart = (way: Rule['way'], type: string) =>
    found(type).map(([, { Properties }]) => ruleOf(way, asKey(Properties.GroupId), Properties));
  return [...inline, ...apart('in', 'Ingress'), ...apart('out', 'Egress')];
}

/**
 * Whether the security group rules of a template let a network interface open a TCP connection to a port of another one.
 * Groups are written as in the template. Routes and network ACLs are not considered.
 */
export function reaches(template: Template, from: unknown[], to: unknown[], port: number): boolean {
  const [sources, targets] = [from.map(asKey), to.map(asKey)];
  const allows = (way: Rule['way'], own: string[], peers: string[]) =>
    rulesOf(template).some(
      (rule) =>
        rule.way === way && own.includes(rule.group) && rule.covers(port) && [...peers, EVERYWHERE].includes(rule.peer),
    );
  return allows('out', sources, targets) && allows('in', targets, sources);
}

/** Whether it can open a connection to any address outside the VPC. */
export const reachesServices = (template: Template, from: unknown[], port: number): boolean =>
  rulesOf(template).some(
    ({ covers, group, peer, way }) =>
      way === 'out' && from.map(asKey).includes(group) && covers(port) && peer === EVERYWHERE,
  );
