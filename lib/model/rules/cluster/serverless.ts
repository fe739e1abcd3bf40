import { clusterNameFindings } from './brokers';
import facts from '../../facts/limits.json';
import { type Finding, finding } from '../../finding';

/** What the rules need to know about a Serverless cluster. */
export interface ServerlessFacts {
  readonly clusterName?: string;
  /** The number of subnets in each VPC, undefined if it is not known yet. */
  readonly subnets: readonly (number | undefined)[];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-serverless-quota */
export function serverlessFindings({ clusterName, subnets }: ServerlessFacts): Finding[] {
  return [...clusterNameFindings(clusterName), ...vpcFindings(subnets.length), ...subnetFindings(subnets)];
}

function vpcFindings(vpcs: number): Finding[] {
  const { clientVpcs } = facts.serverless;
  if (vpcs <= clientVpcs) return [];
  const message = `'otherVpcs' must contain at most ${clientVpcs - 1} VPCs in addition to 'vpc', got ${vpcs - 1}`;
  return [finding('ServerlessVpcs', message)];
}

function subnetFindings(subnets: ServerlessFacts['subnets']): Finding[] {
  const { minSubnetsPerVpc } = facts.serverless;
  return subnets.flatMap((count, index) => {
    if (count === undefined || count >= minSubnetsPerVpc) return [];
    const prop = index === 0 ? 'vpcSubnets' : `otherVpcs[${index - 1}].vpcSubnets`;
    const message = `'${prop}' must select at least ${minSubnetsPerVpc} subnets, got ${count}`;
    return [finding('ServerlessSubnets', message)];
  });
}
