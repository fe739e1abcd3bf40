import { nameFindings } from './brokers';
import facts from '../../facts/limits.json';
import { type Finding, problem } from '../../finding';

/** The parts of a Serverless cluster that rules judge. */
export interface JudgedServerless {
  readonly clusterName?: string;
  /** How many subnets there are in each VPC. */
  readonly subnets: readonly number[];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-serverless-quota */
export function serverlessFindings({ clusterName, subnets }: JudgedServerless): Finding[] {
  return [...nameFindings(clusterName), ...vpcFindings(subnets.length), ...subnetFindings(subnets)];
}

function vpcFindings(vpcs: number): Finding[] {
  const { clientVpcs } = facts.serverless;
  if (vpcs <= clientVpcs) return [];
  const message = `'otherVpcs' must have ${clientVpcs - 1} VPCs at most beside 'vpc', got ${vpcs - 1}`;
  return [problem('ServerlessVpcs', message)];
}

function subnetFindings(subnets: readonly number[]): Finding[] {
  const { minSubnetsPerVpc } = facts.serverless;
  return subnets.flatMap((count, index) => {
    if (count >= minSubnetsPerVpc) return [];
    const prop = index === 0 ? 'vpcSubnets' : `otherVpcs[${index - 1}].vpcSubnets`;
    return [problem('ServerlessSubnets', `'${prop}' must be ${minSubnetsPerVpc} subnets at least, got ${count}`)];
  });
}
