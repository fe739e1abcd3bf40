import { Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import facts from '../model/facts/limits.json';

/** Where brokers stand: one subnet in each Availability Zone. */
export interface Placement {
  readonly subnets: ec2.ISubnet[];
  readonly zones: number;
  readonly findings: Finding[];
}

const WAY_OUT = "select other subnets with 'vpcSubnets' (subnetGroupName, availabilityZones, onePerAz or subnets)";

/** Which brokers are to be placed, and where. */
export interface WantedPlacement {
  readonly kind: 'standard' | 'express';
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * The subnets that a selection stands for, judged by what brokers of a kind need.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html
 */
export function placeBrokers(scope: IConstruct, { kind, vpc, vpcSubnets }: WantedPlacement): Placement {
  const { subnets } = vpc.selectSubnets(vpcSubnets);
  const zones = subnets.map((subnet) => subnet.availabilityZone);
  const distinct = [...new Set(zones)];
  const { region } = Stack.of(scope);
  return {
    subnets,
    zones: subnets.length,
    findings: [...sharedZone(zones), ...numberOfZones(distinct, kind, region), ...frozenZones(scope, distinct)],
  };
}

function sharedZone(zones: string[]): Finding[] {
  const twice = zones.find((zone, index) => zones.indexOf(zone) !== index);
  if (twice === undefined) return [];
  const zone = Token.isUnresolved(twice) ? 'the same Availability Zone' : `Availability Zone ${twice}`;
  return [
    finding(
      'SubnetsShareZone',
      `'vpcSubnets' must select one subnet per Availability Zone, got two in ${zone}; ${WAY_OUT}`,
    ),
  ];
}

/** In us-west-1 Standard brokers stand in exactly two. */
function numberOfZones(zones: string[], kind: WantedPlacement['kind'], region: string): Finding[] {
  const isWest1 = region === 'us-west-1' && kind === 'standard';
  const allowed = facts.clientSubnets[isWest1 ? region : kind];
  if (allowed.includes(zones.length)) return [];
  const standard = isWest1 ? 'two Availability Zones in us-west-1' : 'two or three Availability Zones';
  const wanted = kind === 'express' ? 'three Availability Zones for Express brokers' : standard;
  const more =
    zones.length < allowed[0] ? `; the number of zones of a VPC is set by its 'maxAzs' or 'availabilityZones'` : '';
  return [
    finding('NumberOfZones', `'vpcSubnets' must select subnets in ${wanted}, got ${zones.length}; ${WAY_OUT}${more}`),
  ];
}

/** The zones of a cluster cannot change, and a stack without an environment sees two where there are three. */
function frozenZones(scope: IConstruct, zones: string[]): Finding[] {
  if (zones.length !== 2 || !Token.isUnresolved(Stack.of(scope).region)) return [];
  return [
    finding(
      'TwoZonesWithoutEnvironment',
      'The cluster will use two Availability Zones, which cannot be changed later: an environment-agnostic stack sees only two. ' +
        "Set the stack's 'env', or list three zones in the VPC: availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs()))",
    ),
  ];
}
