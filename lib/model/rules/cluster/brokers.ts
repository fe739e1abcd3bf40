import facts from '../../facts/limits.json';
import { caution, type Finding, problem } from '../../finding';
import type { Judged } from './judged';

export function nameFindings(name?: string): Finding[] {
  const { minLength, maxLength } = facts.clusterName;
  if (name === undefined || (name.length >= minLength && name.length <= maxLength)) return [];
  return [
    problem('ClusterNameLength', `'clusterName' must have ${minLength} to ${maxLength} characters, got ${name.length}`),
  ];
}

export function brokerFindings(cluster: Judged): Finding[] {
  const { brokersPerAz, brokersPerAzUnknown } = cluster;
  if (brokersPerAzUnknown) {
    const message =
      "'brokersPerAz' must be known at synthesis, got a token; CloudFormation cannot multiply it by the number of zones";
    return [problem('BrokersPerAzUnknown', message)];
  }
  if (brokersPerAz === undefined) return [];
  if (!Number.isInteger(brokersPerAz) || brokersPerAz < 1) {
    return [problem('BrokersPerAzRange', `'brokersPerAz' must be a whole number from 1 on, got ${brokersPerAz}`)];
  }
  return [...quotaFindings(brokersPerAz, cluster), ...familyFindings(cluster)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
function quotaFindings(brokersPerAz: number, { kraft, zones }: Judged): Finding[] {
  const most = facts.brokersPerCluster[kraft ? 'kraft' : 'zookeeper'];
  if (kraft === undefined || zones === undefined || brokersPerAz * zones <= most) return [];
  const mode = kraft ? 'KRaft' : 'ZooKeeper';
  const message = `'brokersPerAz' ${brokersPerAz} makes ${brokersPerAz * zones} brokers, and the quota of a cluster with ${mode} is ${most}; ask AWS to raise it first`;
  return [caution('BrokersPerClusterQuota', message)];
}

/** Each kind of brokers has its own instance types; a cluster never changes from one kind to the other. */
function familyFindings({ instanceType, kind }: Judged): Finding[] {
  if (instanceType === undefined || instanceType.startsWith('express.') === (kind === 'express')) return [];
  const message =
    kind === 'express'
      ? `'brokerSize' must be a size of Express brokers, such as express.m7g.large, got ${instanceType}; take a ProvisionedCluster for Standard brokers`
      : `'instanceType' must be a type of Standard brokers, such as kafka.m7g.large, got ${instanceType}; take an ExpressCluster for Express brokers`;
  return [problem('InstanceTypeOfOtherKind', message)];
}
