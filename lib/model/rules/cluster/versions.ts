import { isOlder, isTypeKnown, KIND_NAMES, standardFact, versionFact } from '../../fact-lookups';
import versions from '../../facts/kafka-versions.json';
import { type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';

export function versionFindings(cluster: KnownCluster): Finding[] {
  return [
    ...unknownFindings(cluster),
    ...retiredFindings(cluster),
    ...kindFindings(cluster),
    ...kraftFindings(cluster),
    ...instanceFindings(cluster),
  ];
}

/**
 * AWS adds versions and instance types, so what is not in the tables may exist. Nothing else can be checked about it.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html
 */
function unknownFindings({ instanceType, kafkaVersion, kind }: KnownCluster): Finding[] {
  const found: Finding[] = [];
  if (kafkaVersion !== undefined && !versionFact(kafkaVersion)) {
    const newest = versions.list.slice(-3).map(({ version }) => version);
    const message = `'kafkaVersion' ${kafkaVersion} is not among the versions that MSK offered when this library was released, such as ${newest.join(', ')}; check its name, and acknowledge the warning if AWS has added it`;
    found.push(finding('KafkaVersionUnknown', message));
  }
  if (instanceType !== undefined && !isTypeKnown(instanceType)) {
    const prop = kind === 'express' ? 'brokerSize' : 'instanceType';
    const message = `'${prop}' ${instanceType} is not among the types that AWS listed when this library was released, so neither its limits nor what it supports are checked; check its name, and acknowledge the warning if AWS has added it`;
    found.push(finding('InstanceTypeUnknown', message));
  }
  return found;
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
  if (others.includes(kafkaVersion) || !isOlder(kafkaVersion, least)) return [];
  const message = `'instanceType' ${instanceType} requires 'kafkaVersion' ${[...others, least].join(' or ')} or later, got ${kafkaVersion}`;
  return [finding('InstanceTypeVersion', message)];
}
