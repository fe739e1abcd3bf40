import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The subnets that a selection finds in a VPC, and what is known about them at synthesis. */
export interface SelectedSubnets {
  readonly subnets: ec2.ISubnet[];
  /**
   * Whether these are stand-ins for a VPC or zones that `cdk` has not looked up yet. Nothing may be judged by them: an error
   * would end the synthesis before the lookup.
   */
  readonly isPending: boolean;
  /** The zone of each subnet, undefined for a subnet that was imported without its zone. */
  readonly zones: readonly (string | undefined)[];
}

/** What the CDK uses for the zones of a Region until it has looked them up. */
const PENDING_ZONE = /^dummy\d[a-z]$/;

export function selectSubnets(vpc: ec2.IVpc, selection?: ec2.SubnetSelection): SelectedSubnets {
  const { isPendingLookup, subnets } = vpc.selectSubnets(selection);
  const zones = subnets.map(zoneOf);
  const isPending = (isPendingLookup ?? false) || zones.some((zone) => zone !== undefined && PENDING_ZONE.test(zone));
  return { subnets, isPending, zones };
}

/** The CDK throws if the zone of an imported subnet is not known. */
export function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
