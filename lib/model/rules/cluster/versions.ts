import instances from '../../facts/instance-types.json';
import versions from '../../facts/kafka-versions.json';
import { caution, type Finding, problem } from '../../finding';
import type { Judged } from './judged';

export function versionFindings(cluster: Judged): Finding[] {
  return [
    ...retiredFindings(cluster),
    ...kindFindings(cluster),
    ...kraftFindings(cluster),
    ...instanceFindings(cluster),
  ];
}

const factOf = (kafkaVersion?: string) => versions.list.find(({ version }) => version === kafkaVersion);

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/version-support.html */
function retiredFindings({ kafkaVersion }: Judged): Finding[] {
  const end = factOf(kafkaVersion)?.endOfSupport;
  if (!end) return [];
  const message = `'kafkaVersion' ${kafkaVersion} has support until ${end}; after that AWS upgrades the cluster without a word, and the template is no longer what is there`;
  return [caution('KafkaVersionRetired', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html */
function kindFindings({ kafkaVersion, kind }: Judged): Finding[] {
  const fact = factOf(kafkaVersion);
  if (!fact || kind === undefined || (kind === 'express' ? fact.express : fact.standard)) return [];
  const able = versions.list.filter((one) => one[kind] && !one.endOfSupport).map(({ version }) => version);
  const message = `'kafkaVersion' ${fact.version} is not offered for ${kind === 'express' ? 'Express' : 'Standard'} brokers; these are: ${able.join(', ')}`;
  return [problem('KafkaVersionOfOtherKind', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html */
function kraftFindings({ kraft, kafkaVersion, instanceType }: Judged): Finding[] {
  if (!kraft || instances.standard.find(({ type }) => type === instanceType)?.kraft !== false) return [];
  return [
    problem(
      'KraftOnT3',
      `'instanceType' ${instanceType} takes no KRaft, and 'kafkaVersion' is ${kafkaVersion}; take m7g.large, or a version without .kraft`,
    ),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html */
function instanceFindings({ instanceType, kafkaVersion }: Judged): Finding[] {
  const minimum = instances.standard.find(({ type }) => type === instanceType)?.minKafkaVersion;
  if (!minimum || !factOf(kafkaVersion) || kafkaVersion === undefined) return [];
  const [least, ...others] = minimum.match(/\d[\w.]*/g) ?? [minimum];
  if (others.includes(kafkaVersion) || compare(kafkaVersion, least) >= 0) return [];
  const message = `'instanceType' ${instanceType} needs 'kafkaVersion' ${[...others, least].join(' or ')} or later, got ${kafkaVersion}`;
  return [problem('InstanceTypeVersion', message)];
}

/** An `.x` stands for the newest patch. */
function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) =>
    version.split('.').map((part) => (part === 'x' ? Infinity : Number(part))),
  );
  const index = a.findIndex((part, at) => part !== b[at]);
  if (index < 0 || Number.isNaN(a[index]) || b[index] === undefined) return 0;
  return a[index] - b[index];
}
