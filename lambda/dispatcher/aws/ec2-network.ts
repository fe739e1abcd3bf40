import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type RouteTable,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Network, Routes, Rule, Subnet } from './control-plane';

/** Reads what the network allows, from the EC2 API. */
export class Ec2Network {
  private readonly ec2 = new EC2Client({});

  public async read(securityGroupIds: readonly string[], subnetIds: readonly string[]): Promise<Network> {
    const [rules, subnets] = await Promise.all([this.rules(securityGroupIds), this.subnets(subnetIds)]);
    return { rules, subnets, routes: await this.routes(subnets) };
  }

  private async rules(groupIds: readonly string[]): Promise<Rule[]> {
    const Filters = [{ Name: 'group-id', Values: [...new Set(groupIds)] }];
    const { SecurityGroupRules } = await this.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return (SecurityGroupRules ?? []).filter(isTcp).map(toRule);
  }

  private async subnets(ids: readonly string[]): Promise<Subnet[]> {
    const { Subnets } = await this.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...new Set(ids)] }));
    return (Subnets ?? []).map(({ CidrBlock, SubnetId, VpcId }) => ({
      subnetId: SubnetId ?? '',
      vpcId: VpcId ?? '',
      cidr: CidrBlock ?? '',
    }));
  }

  private async routes(subnets: readonly Subnet[]): Promise<Routes[]> {
    const Filters = [{ Name: 'vpc-id', Values: [...new Set(subnets.map(({ vpcId }) => vpcId))] }];
    const { RouteTables } = await this.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return subnets.map(({ subnetId, vpcId }) => ({
      subnetId,
      destinations: destinations(RouteTables ?? [], subnetId, vpcId),
    }));
  }
}

const isTcp = ({ IpProtocol }: SecurityGroupRule) => IpProtocol === 'tcp' || IpProtocol === '-1';

function toRule({
  CidrIpv4,
  FromPort,
  GroupId,
  IpProtocol,
  IsEgress,
  ReferencedGroupInfo,
  ToPort,
}: SecurityGroupRule): Rule {
  return {
    groupId: GroupId ?? '',
    direction: IsEgress ? 'out' : 'in',
    ports: IpProtocol === '-1' ? undefined : [FromPort ?? 0, ToPort ?? 65_535],
    peer: { groupId: ReferencedGroupInfo?.GroupId, cidr: CidrIpv4 },
  };
}

/** A subnet without its own route table uses the main one of its VPC. */
function destinations(tables: readonly RouteTable[], subnetId: string, vpcId: string): string[] {
  const own = tables.find(({ Associations }) => Associations?.some((one) => one.SubnetId === subnetId));
  const main = tables.find(({ Associations, VpcId }) => VpcId === vpcId && Associations?.some((one) => one.Main));
  const routes = (own ?? main)?.Routes ?? [];
  return routes.flatMap(({ DestinationCidrBlock, State }) =>
    DestinationCidrBlock && State !== 'blackhole' ? [DestinationCidrBlock] : [],
  );
}
