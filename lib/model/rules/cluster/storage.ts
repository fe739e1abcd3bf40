import { standardFact, versionFact } from '../../fact-lookups';
import instances from '../../facts/instance-types.json';
import facts from '../../facts/limits.json';
import { type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';

export function storageFindings(cluster: KnownCluster): Finding[] {
  return [
    ...volumeFindings(cluster),
    ...tieredStorageFindings(cluster),
    ...throughputFindings(cluster),
    ...autoscalingFindings(cluster),
  ];
}

function volumeFindings({ volumeGiB }: KnownCluster): Finding[] {
  const { min, max } = facts.brokerVolumeGiB;
  if (volumeGiB === undefined || isVolume(volumeGiB)) return [];
  return [
    finding(
      'VolumeSizeRange',
      `'storage' must be a whole number of GiB from ${min} to ${max} per broker, got ${volumeGiB}`,
    ),
  ];
}

function isVolume(gibibytes: number): boolean {
  const { min, max } = facts.brokerVolumeGiB;
  return Number.isInteger(gibibytes) && gibibytes >= min && gibibytes <= max;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage.html */
function tieredStorageFindings({ instanceType, kafkaVersion, tiered }: KnownCluster): Finding[] {
  if (!tiered) return [];
  const type = standardFact(instanceType);
  const version = versionFact(kafkaVersion);
  const findings: Finding[] = [];
  if (type?.tieredStorage === false) {
    findings.push(
      finding(
        'TieredStorageInstance',
        `'storage' cannot be tiered with 'instanceType' ${type.type}; use a larger instance type`,
      ),
    );
  }
  if (version?.tieredStorage === false) {
    const message = `'storage' cannot be tiered with 'kafkaVersion' ${version.version}; use 2.8.2.tiered, or 3.6.0 or later`;
    findings.push(finding('TieredStorageVersion', message));
  }
  return findings;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html */
function throughputFindings({ instanceType, throughputMiBps, volumeGiB }: KnownCluster): Finding[] {
  if (throughputMiBps === undefined) return [];
  const { min, minVolumeGiB } = facts.provisionedThroughputMiBps;
  const findings: Finding[] = [];
  const type = standardFact(instanceType);
  const most = type ? (type.provisionedThroughputMaxMiBps ?? 0) : undefined;
  if (most === 0) {
    const able = instances.standard.filter((one) => one.provisionedThroughputMaxMiBps !== null).map((one) => one.type);
    const message = `'storage' has provisioned throughput, which 'instanceType' ${instanceType} does not support; these types do: ${able.join(', ')}`;
    findings.push(finding('ThroughputInstance', message));
  } else if (throughputMiBps < min || throughputMiBps > (most ?? Infinity) || !Number.isInteger(throughputMiBps)) {
    const range = most === undefined ? `of ${min} or more` : `from ${min} to ${most} on ${instanceType}`;
    const message = `'storage' must have a provisioned throughput ${range}, in whole MiB per second, got ${throughputMiBps}`;
    findings.push(finding('ThroughputRange', message));
  }
  if (volumeGiB !== undefined && volumeGiB < minVolumeGiB) {
    const message = `'storage' must be at least ${minVolumeGiB} GiB for provisioned throughput, got ${volumeGiB}`;
    findings.push(finding('ThroughputVolume', message));
  }
  return findings;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html */
function autoscalingFindings(cluster: KnownCluster): Finding[] {
  if (!cluster.autoscaling) return [];
  return [...maximumFindings(cluster), ...targetFindings(cluster), ...regionFindings(cluster), BELOW_REAL_SIZE];
}

function maximumFindings({ autoscalingMaxGiB: most, volumeGiB = 0 }: KnownCluster): Finding[] {
  if (most === undefined || (isVolume(most) && most > volumeGiB)) return [];
  const from = Math.max(volumeGiB + 1, facts.brokerVolumeGiB.min);
  const message = `the maximum of 'storageAutoscaling' must be a whole number of GiB from ${from} to ${facts.brokerVolumeGiB.max}, and larger than 'storage', got ${most}`;
  return [finding('StorageAutoscalingMaximum', message)];
}

function targetFindings({ autoscalingTarget: target }: KnownCluster): Finding[] {
  const { maxTargetPercent: max, minTargetPercent: min } = facts.storageAutoscaling;
  if (target === undefined || (Number.isInteger(target) && target >= min && target <= max)) return [];
  const message = `'targetUtilizationPercent' must be a whole number from ${min} to ${max}, got ${target}`;
  return [finding('StorageAutoscalingTarget', message)];
}

function regionFindings({ region }: KnownCluster): Finding[] {
  if (region === undefined || !facts.storageAutoscaling.regionsWithout.includes(region)) return [];
  return [finding('StorageAutoscalingRegion', `'storageAutoscaling' is not available in Region ${region}; remove it`)];
}

/** It is not known whether CloudFormation would then try to shrink the volumes; Terraform does. */
const BELOW_REAL_SIZE = finding(
  'StorageBelowReal',
  "'storageAutoscaling' lets the volumes become larger than 'storage'. Volumes cannot shrink: before you change 'storage', set it to more than the current size of the volumes",
);
