import instances from '../../facts/instance-types.json';
import facts from '../../facts/limits.json';
import versions from '../../facts/kafka-versions.json';
import { caution, type Finding, problem } from '../../finding';
import type { Judged } from './judged';

export function storageFindings(cluster: Judged): Finding[] {
  return [
    ...volumeFindings(cluster),
    ...tieredFindings(cluster),
    ...throughputFindings(cluster),
    ...autoscalingFindings(cluster),
  ];
}

function volumeFindings({ volumeGiB }: Judged): Finding[] {
  const { min, max } = facts.brokerVolumeGiB;
  if (volumeGiB === undefined || isVolume(volumeGiB)) return [];
  return [problem('VolumeSizeRange', `'storage' must have whole GiB from ${min} to ${max} a broker, got ${volumeGiB}`)];
}

function isVolume(gibibytes: number): boolean {
  const { min, max } = facts.brokerVolumeGiB;
  return Number.isInteger(gibibytes) && gibibytes >= min && gibibytes <= max;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage.html */
function tieredFindings({ instanceType, kafkaVersion, tiered }: Judged): Finding[] {
  if (!tiered) return [];
  const type = instances.standard.find((one) => one.type === instanceType);
  const version = versions.list.find((one) => one.version === kafkaVersion);
  const findings: Finding[] = [];
  if (type?.tieredStorage === false) {
    findings.push(problem('TieredStorageInstance', `'storage' cannot be tiered on 'instanceType' ${type.type}`));
  }
  if (version?.tieredStorage === false) {
    const message = `'storage' cannot be tiered with 'kafkaVersion' ${version.version}; it needs 2.8.2.tiered, or 3.6.0 and later`;
    findings.push(problem('TieredStorageVersion', message));
  }
  return findings;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html */
function throughputFindings({ instanceType, throughputMiBps, volumeGiB }: Judged): Finding[] {
  if (throughputMiBps === undefined) return [];
  const { min, minVolumeGiB } = facts.provisionedThroughputMiBps;
  const findings: Finding[] = [];
  const type = instances.standard.find((one) => one.type === instanceType);
  const most = type ? (type.provisionedThroughputMaxMiBps ?? 0) : undefined;
  if (most === 0) {
    const able = instances.standard.filter((one) => one.provisionedThroughputMaxMiBps !== null).map((one) => one.type);
    const message = `'storage' has provisioned throughput, which 'instanceType' ${instanceType} does not take; these do: ${able.join(', ')}`;
    findings.push(problem('ThroughputInstance', message));
  } else if (throughputMiBps < min || throughputMiBps > (most ?? Infinity) || !Number.isInteger(throughputMiBps)) {
    const range = most === undefined ? `from ${min} on` : `from ${min} to ${most} on ${instanceType}`;
    const message = `'storage' must have a provisioned throughput of whole MiB per second ${range}, got ${throughputMiBps}`;
    findings.push(problem('ThroughputRange', message));
  }
  if (volumeGiB !== undefined && volumeGiB < minVolumeGiB) {
    const message = `'storage' must have ${minVolumeGiB} GiB at least for provisioned throughput, got ${volumeGiB}`;
    findings.push(problem('ThroughputVolume', message));
  }
  return findings;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html */
function autoscalingFindings(cluster: Judged): Finding[] {
  if (!cluster.autoscaling) return [];
  return [...maximumFindings(cluster), ...targetFindings(cluster), ...placeFindings(cluster), SHADOW];
}

function maximumFindings({ autoscalingMaxGiB: most, volumeGiB = 0 }: Judged): Finding[] {
  if (most === undefined || (isVolume(most) && most > volumeGiB)) return [];
  const from = Math.max(volumeGiB + 1, facts.brokerVolumeGiB.min);
  const message = `'storageAutoscaling' must go up to whole GiB from ${from} to ${facts.brokerVolumeGiB.max}, above 'storage', got ${most}`;
  return [problem('StorageAutoscalingMaximum', message)];
}

function targetFindings({ autoscalingTarget: target }: Judged): Finding[] {
  const { maxTargetPercent: max, minTargetPercent: min } = facts.storageAutoscaling;
  if (target === undefined || (Number.isInteger(target) && target >= min && target <= max)) return [];
  const message = `'targetUtilizationPercent' must be a whole number from ${min} to ${max}, got ${target}`;
  return [problem('StorageAutoscalingTarget', message)];
}

function placeFindings({ region }: Judged): Finding[] {
  if (region === undefined || !facts.storageAutoscaling.regionsWithout.includes(region)) return [];
  return [
    problem('StorageAutoscalingRegion', `'storageAutoscaling' is not offered in the Region ${region}; leave it out`),
  ];
}

/** Whether CloudFormation would then try to shrink the volumes is not known; Terraform does. */
const SHADOW = caution(
  'StorageBelowReal',
  "'storageAutoscaling' lets the volumes grow, and 'storage' then lies below the real size; before you change 'storage', raise it above what the brokers have: volumes never shrink",
);
