import { KIND_NAMES, standardFact, versionFact } from '../../fact-lookups';
import versions from '../../facts/kafka-versions.json';
import { type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';

export function versionFindings(cluster: KnownCluster): Finding[] {
  return [
    ...retiredFindings(cluster),
    ...kindFindings(cluster),
    ...kraftFindings(cluster),
    ...instanceFindings(cluster),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/version-support.html */
function retiredFindings({ kafkaVersion }: KnownCluster): Finding[] {
  const end = versionFact(kafkaVersion)?.endOfSupport;
  if (!end) return [];
  const message = `'kafkaVersion' ${kafkaVersion} is supported until ${end}; after that, AWS upgrades the cluster automatically and the template no longer matches it. Upgrade to a supported version`;
  return [finding('KafkaVersionRetired', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html */
function kindFindings({ kafkaVersion, kind }: KnownCluster): Finding[] {
  const fact = versionFact(kafkaVersion);
  if (!fact || kind === undefined || (kind === 'express' ? fact.express : fact.standard)) return [];
  const able = versions.list.filter((one) => one[kind] && !one.endOfSupport).map(({ version }) => version);
  const message = `'kafkaVersion' ${fact.version} is not available for ${KIND_NAMES[kind]}; available versions: ${able.join(', ')}`;
  return [finding('KafkaVersionOfOtherKind', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html */
function kraftFindings({ kraft, kafkaVersion, instanceType }: KnownCluster): Finding[] {
  if (!kraft || standardFact(instanceType)?.kraft !== false) return [];
  return [
    finding(
      'KraftOnT3',
      `'instanceType' ${instanceType} does not support KRaft, but 'kafkaVersion' is ${kafkaVersion}; use m7g.large, or a version without .kraft`,
    ),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html */
function instanceFindings({ instanceType, kafkaVersion }: KnownCluster): Finding[] {
  const minimum = standardFact(instanceType)?.minKafkaVersion;
  if (!minimum || !versionFact(kafkaVersion) || kafkaVersion === undefined) return [];
  const [least, ...others] = minimum.match(/\d[\w.]*/g) ?? [minimum];
  if (others.includes(kafkaVersion) || compare(kafkaVersion, least) >= 0) return [];
  const message = `'instanceType' ${instanceType} requires 'kafkaVersion' ${[...others, least].join(' or ')} or later, got ${kafkaVersion}`;
  return [finding('InstanceTypeVersion', message)];
}

/** An `.x` means the newest patch. */
function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) =>
    version.split('.').map((part) => (part === 'x' ? Infinity : Number(part))),
  );
  const index = a.findIndex((part, at) => part !== b[at]);
  if (index < 0 || Number.isNaN(a[index]) || b[index] === undefined) return 0;
  return a[index] - b[index];
}
