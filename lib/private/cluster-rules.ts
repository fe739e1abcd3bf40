import facts from './facts/limits.json';
import type { Finding } from './finding';
import { problem } from './finding';

/** The parts of a cluster that rules judge. */
export interface JudgedCluster {
  readonly clusterName: string;
  readonly brokersPerAz: number;
  readonly brokersPerAzUnknown: boolean;
  readonly volumeGiB: number;
  readonly kafkaVersion: string;
  readonly kraft: boolean;
  readonly instanceType: string;
  readonly twoConfigurations: boolean;
}

/** All that cannot work about a cluster with Standard brokers, besides where its subnets are. */
export function clusterFindings(cluster: Partial<JudgedCluster>): Finding[] {
  return [
    ...nameFindings(cluster.clusterName),
    ...brokerFindings(cluster),
    ...storageFindings(cluster.volumeGiB),
    ...kraftFindings(cluster),
    ...configurationFindings(cluster.twoConfigurations),
  ];
}

function nameFindings(name?: string): Finding[] {
  const { minLength, maxLength } = facts.clusterName;
  if (name === undefined || (name.length >= minLength && name.length <= maxLength)) return [];
  return [
    problem('ClusterNameLength', `'clusterName' must have ${minLength} to ${maxLength} characters, got ${name.length}`),
  ];
}

function brokerFindings({ brokersPerAz, brokersPerAzUnknown }: Partial<JudgedCluster>): Finding[] {
  if (brokersPerAzUnknown) {
    const message =
      "'brokersPerAz' must be known at synthesis, got a token; CloudFormation cannot multiply it by the number of zones";
    return [problem('BrokersPerAzUnknown', message)];
  }
  if (brokersPerAz === undefined || (Number.isInteger(brokersPerAz) && brokersPerAz >= 1)) return [];
  return [problem('BrokersPerAzRange', `'brokersPerAz' must be a whole number from 1 on, got ${brokersPerAz}`)];
}

function storageFindings(volumeGiB?: number): Finding[] {
  const { min, max } = facts.brokerVolumeGiB;
  if (volumeGiB === undefined || (Number.isInteger(volumeGiB) && volumeGiB >= min && volumeGiB <= max)) return [];
  return [problem('VolumeSizeRange', `'storage' must have whole GiB from ${min} to ${max} a broker, got ${volumeGiB}`)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html */
function kraftFindings({ kraft, kafkaVersion, instanceType }: Partial<JudgedCluster>): Finding[] {
  if (!kraft || instanceType !== 'kafka.t3.small') return [];
  return [
    problem(
      'KraftOnT3',
      `'instanceType' kafka.t3.small takes no KRaft, and 'kafkaVersion' is ${kafkaVersion}; take m7g.large, or a version without .kraft`,
    ),
  ];
}

function configurationFindings(two?: boolean): Finding[] {
  if (!two) return [];
  const message = "'configuration' and 'serverProperties' are both set; put the properties into the Configuration";
  return [problem('ConfigurationTwice', message)];
}
