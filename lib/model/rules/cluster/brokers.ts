import { isExpressType, MOST_BROKERS } from '../../fact-lookups';
import facts from '../../facts/limits.json';
import { type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';

export function clusterNameFindings(name?: string): Finding[] {
  const { minLength, maxLength } = facts.clusterName;
  if (name === undefined) return [];
  if (!/^[!-~]*$/.test(name) || /[/:*?]/.test(name)) {
    const message = `'clusterName' is a part of the cluster's ARN, so it must not contain blanks, '/', ':', '*', '?' or characters beyond ASCII, got ${JSON.stringify(name.slice(0, 64))}`;
    return [finding('ClusterNameCharacters', message)];
  }
  if (name.length >= minLength && name.length <= maxLength) return [];
  return [
    finding('ClusterNameLength', `'clusterName' must have ${minLength} to ${maxLength} characters, got ${name.length}`),
  ];
}

export function brokerFindings(cluster: KnownCluster): Finding[] {
  const { brokersPerAz, brokersPerAzUnknown } = cluster;
  if (brokersPerAzUnknown) {
    const message =
      "'brokersPerAz' must be known at synthesis, got a token; CloudFormation cannot multiply it by the number of zones";
    return [finding('BrokersPerAzUnknown', message)];
  }
  if (brokersPerAz === undefined) return [];
  if (!Number.isInteger(brokersPerAz) || brokersPerAz < 1 || brokersPerAz > MOST_BROKERS) {
    const message = `'brokersPerAz' must be a whole number from 1 to ${MOST_BROKERS.toLocaleString('en')}, got ${brokersPerAz}`;
    return [finding('BrokersPerAzRange', message)];
  }
  return [...quotaFindings(brokersPerAz, cluster), ...familyFindings(cluster), ...typeLengthFindings(cluster)];
}

/** MSK's API takes longer names, of a cluster that is upgraded from Standard to Express brokers in place. */
function typeLengthFindings({ instanceType, kind }: KnownCluster): Finding[] {
  if (instanceType === undefined || instanceType.length <= facts.instanceTypeMaxLength) return [];
  const prop = kind === 'express' ? 'brokerSize' : 'instanceType';
  const message = `'${prop}' must have at most ${facts.instanceTypeMaxLength} characters in CloudFormation, got ${instanceType.length} in '${instanceType}'; keep the type that the cluster had until an upgrade in place is complete`;
  return [finding('InstanceTypeLength', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
function quotaFindings(brokersPerAz: number, { kraft, zones }: KnownCluster): Finding[] {
  const most = facts.brokersPerCluster[kraft ? 'kraft' : 'zookeeper'];
  if (kraft === undefined || zones === undefined || brokersPerAz * zones <= most) return [];
  const mode = kraft ? 'KRaft' : 'ZooKeeper';
  const message = `'brokersPerAz' ${brokersPerAz} results in ${brokersPerAz * zones} brokers, but the default quota of a cluster with ${mode} is ${most}; request a quota increase from AWS before you deploy`;
  return [finding('BrokersPerClusterQuota', message)];
}

/** Standard and Express brokers have different instance types, and a template cannot change from one to the other. */
function familyFindings({ instanceType, kind }: KnownCluster): Finding[] {
  if (instanceType === undefined || isExpressType(instanceType) === (kind === 'express')) return [];
  const message =
    kind === 'express'
      ? `'brokerSize' must be an Express broker size, such as express.m7g.large, got ${instanceType}; use a ProvisionedCluster for Standard brokers`
      : `'instanceType' must be an instance type of Standard brokers, such as kafka.m7g.large, got ${instanceType}; use an ExpressCluster for Express brokers`;
  return [finding('InstanceTypeOfOtherKind', message)];
}
