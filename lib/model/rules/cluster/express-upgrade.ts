import facts from '../../facts/limits.json';
import { type Finding, finding } from '../../finding';
import type { KnownCluster } from './cluster-facts';

/**
 * What MSK demands of a cluster with Standard brokers before it upgrades it to Express brokers in place.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html
 */
export function expressUpgradeFindings(cluster: KnownCluster): Finding[] {
  if (!cluster.expressReadiness) return [];
  return [
    ...versionFindings(cluster),
    ...zoneFindings(cluster),
    ...storageFindings(cluster),
    ...instanceTypeFindings(cluster),
  ];
}

const needed = facts.expressUpgrade;
const GOAL = 'before an upgrade in place to Express brokers';

function versionFindings({ kafkaVersion, kraft }: KnownCluster): Finding[] {
  const line = `${needed.kafkaLine}.`;
  if (kafkaVersion === undefined || (kraft && kafkaVersion.startsWith(line))) return [];
  const message = `'kafkaVersion' must be ${needed.kafkaLine} with KRaft ${GOAL}, got ${kafkaVersion}; move to KafkaVersion.V3_9_X_KRAFT first`;
  return [finding('ExpressUpgradeVersion', message)];
}

function zoneFindings({ zones }: KnownCluster): Finding[] {
  if (zones === undefined || zones === needed.zones) return [];
  const message = `'vpcSubnets' must be in ${needed.zones} Availability Zones ${GOAL}, got ${zones}; zones never change, so define an ExpressCluster in addition`;
  return [finding('ExpressUpgradeZones', message)];
}

function storageFindings({ tiered }: KnownCluster): Finding[] {
  if (!tiered) return [];
  const message = `'storage' must not be tiered ${GOAL}, got BrokerStorage.tiered(); tiered storage cannot be turned off, so define an ExpressCluster in addition`;
  return [finding('ExpressUpgradeStorage', message)];
}

function instanceTypeFindings({ instanceType }: KnownCluster): Finding[] {
  const families = needed.instanceFamilies;
  if (instanceType === undefined || families.some((family) => instanceType.startsWith(`${family}.`))) return [];
  const message = `'instanceType' must be of ${families.join(', ')} ${GOAL}, got ${instanceType}; update the instance type first`;
  return [finding('ExpressUpgradeInstanceType', message)];
}

/** A topic with what is known of its replicas. */
interface ReplicatedTopic {
  readonly path: string;
  readonly topicName?: string;
  readonly replicationFactor?: number;
  /** The config of the topic, or undefined if the default of the brokers applies. */
  readonly minInsyncReplicas?: string;
}

/** @param byDefault `min.insync.replicas` of the brokers; undefined if it is not known, as MSK's own default is right */
export function expressTopicFindings(topics: readonly ReplicatedTopic[], byDefault?: string): Finding[] {
  const wrong = topics.flatMap((topic) => {
    const { minInsyncReplicas: minimum = byDefault, replicationFactor: factor } = topic;
    const hasReplicas = factor === undefined || factor === needed.replicationFactor;
    const hasMinimum = minimum === undefined || Number(minimum) === needed.minInsyncReplicas;
    return hasReplicas && hasMinimum ? [] : [`'${topic.topicName ?? topic.path}' (${factor}, ${minimum})`];
  });
  if (wrong.length === 0) return [];
  const listed =
    wrong.slice(0, LISTED).join(', ') + (wrong.length > LISTED ? ` and ${wrong.length - LISTED} more` : '');
  const message = `topics must have 'replicationFactor' ${needed.replicationFactor} and 'min.insync.replicas' ${needed.minInsyncReplicas} ${GOAL}, got ${listed}; set the config, and reassign partitions to change the replication factor`;
  return [finding('ExpressUpgradeTopics', message)];
}

const LISTED = 5;
