import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import facts from '../model/facts/limits.json';
import { isToken } from '../internal/validation';
import { selectSubnets } from './selected-subnets';

/** Where brokers are placed: one subnet in each Availability Zone. */
export interface Placement {
  readonly subnets: ec2.ISubnet[];
  /** Undefined if it is not known yet, or wrong. */
  readonly zones?: number;
  readonly findings: Finding[];
}

const WAY_OUT = "select other subnets with 'vpcSubnets' (subnetGroupName, availabilityZones, onePerAz or subnets)";

/** The brokers to place, and the subnets to choose from. */
export interface PlacementOptions {
  readonly kind: 'standard' | 'express';
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * Selects the subnets of brokers, and checks them against what the broker type needs.
 *
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html
 */
export function placeBrokers(scope: IConstruct, { kind, vpc, vpcSubnets }: PlacementOptions): Placement {
  const { isPending, subnets, zones } = selectSubnets(vpc, vpcSubnets);
  if (isPending) return { subnets, findings: [] };
  const isKnown = (zone?: string) => zone !== undefined;
  const distinct = new Set(zones.filter(isKnown)).size + zones.filter((zone) => !isKnown(zone)).length;
  const { region } = Stack.of(scope);
  const wrong = [...sharedZoneFindings(zones), ...zoneCountFindings(distinct, kind, region)];
  return {
    subnets,
    zones: wrong.length === 0 ? subnets.length : undefined,
    findings: [...wrong, ...twoZonesFindings(scope, distinct)],
  };
}

function sharedZoneFindings(zones: readonly (string | undefined)[]): Finding[] {
  const shared = zones.find((zone, index) => zone !== undefined && zones.indexOf(zone) !== index);
  if (shared === undefined) return [];
  const zone = isToken(shared) ? 'the same Availability Zone' : `Availability Zone ${shared}`;
  return [
    finding(
      'SubnetsShareZone',
      `'vpcSubnets' must select one subnet per Availability Zone, got two in ${zone}; ${WAY_OUT}`,
    ),
  ];
}

/** In us-west-1, Standard brokers must be in exactly two zones. */
export function zoneCountFindings(zones: number, kind: PlacementOptions['kind'], region: string): Finding[] {
  const isWest1 = region === 'us-west-1' && kind === 'standard';
  const allowed = facts.clientSubnets[isWest1 ? region : kind];
  if (allowed.includes(zones)) return [];
  const standard = isWest1 ? 'two Availability Zones in us-west-1' : 'two or three Availability Zones';
  const wanted = kind === 'express' ? 'three Availability Zones for Express brokers' : standard;
  const more = zones < allowed[0] ? `; the number of zones of a VPC is set by its 'maxAzs' or 'availabilityZones'` : '';
  return [finding('NumberOfZones', `'vpcSubnets' must select subnets in ${wanted}, got ${zones}; ${WAY_OUT}${more}`)];
}

/** The zones of a cluster cannot change, and an environment-agnostic stack sees only two of three zones. */
function twoZonesFindings(scope: IConstruct, zones: number): Finding[] {
  if (zones !== 2 || !isToken(Stack.of(scope).region)) return [];
  return [
    finding(
      'TwoZonesWithoutEnvironment',
      'The cluster will use two Availability Zones, which cannot be changed later: an environment-agnostic stack sees only two. ' +
        "Set the stack's 'env', or list three zones in the VPC: availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs()))",
    ),
  ];
}
