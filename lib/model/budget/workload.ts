import { isCompacted, storedOf } from './retention';

/** A topic that the app declares, as far as it is known at synthesis. */
export interface DeclaredTopic {
  /** The name, or the path of the construct if only the deployment knows the name. */
  readonly topicName: string;
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  readonly configs: Readonly<Record<string, string>>;
  /** The configs whose values only the deployment knows. */
  readonly unknownConfigs: readonly string[];
}

/** What the budget says about one topic. What is not known at synthesis is missing. */
export interface Traffic {
  readonly topicName: string;
  readonly ingressMBps?: number;
  readonly egressMBps?: number;
  readonly consumerGroups?: number;
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  readonly retentionMs?: number;
  readonly storedBytes?: number;
  /** Whether only the deployment knows how long, or how much, the budget says is kept. */
  readonly isRetentionUnknown?: boolean;
}

/** One topic with everything that a cluster has to carry for it. Rates are averages. */
export interface TopicLoad {
  readonly topicName: string;
  readonly isDeclared: boolean;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly isCompacted: boolean;
  readonly ingressMBps: number;
  readonly egressMBps: number;
  /** Records of one replica. */
  readonly storedGiB: number;
  /** The part of it that brokers keep on their volumes. The remainder is in tiered storage. */
  readonly localGiB: number;
}

/** All topics of a cluster, and what is missing to judge them. */
export interface Workload {
  readonly loads: readonly TopicLoad[];
  /** Declared topics without traffic. Their partitions count. */
  readonly notInBudget: readonly string[];
  /** Topics with traffic that the app does not declare, and whose number of partitions is not given. */
  readonly undeclared: readonly string[];
  /** What is not known, and counts as nothing. */
  readonly unknown: readonly string[];
}

/** What topics inherit from their cluster. */
export interface WorkloadDefaults {
  readonly serverProperties: Readonly<Record<string, string>>;
  readonly replicationFactor: number;
}

/** A topic that is declared, or that the budget names, or both. */
interface Named {
  readonly topicName: string;
  readonly topic?: DeclaredTopic;
  readonly traffic?: Traffic;
}

/** Brings together what the app declares and what the budget says, by name, so that the order in the app does not matter. */
export function workloadOf(
  declared: readonly DeclaredTopic[],
  traffic: readonly Traffic[],
  defaults: WorkloadDefaults,
): Workload {
  const names = [...new Set([...declared, ...traffic].map(({ topicName }) => topicName))].sort();
  const topics = names.map((topicName): Named => {
    const isIt = (one: { topicName: string }) => one.topicName === topicName;
    return { topicName, topic: declared.find(isIt), traffic: traffic.find(isIt) };
  });
  const found = topics.map((named) => loadOf(named, defaults));
  return {
    loads: found.map(({ load }) => load),
    notInBudget: namesOf(topics.filter((named) => !named.traffic)),
    undeclared: namesOf(topics.filter((named) => !named.topic && named.traffic?.partitionCount === undefined)),
    unknown: found.flatMap(({ unknown }) => unknown),
  };
}

const namesOf = (topics: readonly Named[]) => topics.map(({ topicName }) => topicName);

const BYTES_PER_GIB = 1024 ** 3;

function loadOf({ topic, topicName, traffic }: Named, defaults: WorkloadDefaults) {
  const { configs = {}, unknownConfigs = [] } = topic ?? {};
  const { serverProperties } = defaults;
  const { consumerGroups = 1, ingressMBps = 0, ...said } = traffic ?? { topicName };
  const partitions = said.partitionCount ?? topic?.partitionCount;
  const stored = storedOf({ ...said, configs, unknownConfigs, serverProperties, ingressMBps, partitions });
  const known = typeof stored === 'string' ? { bytes: 0, localBytes: 0 } : stored;
  const load: TopicLoad = {
    topicName,
    isDeclared: topic !== undefined,
    partitions: partitions ?? 0,
    replicationFactor: said.replicationFactor ?? topic?.replicationFactor ?? defaults.replicationFactor,
    isCompacted: isCompacted({ configs, serverProperties }),
    ingressMBps,
    egressMBps: said.egressMBps ?? ingressMBps * consumerGroups,
    storedGiB: known.bytes / BYTES_PER_GIB,
    localGiB: known.localBytes / BYTES_PER_GIB,
  };
  const unknown = [
    ...(partitions === undefined && topic ? [`how many partitions '${topicName}' has`] : []),
    ...(traffic && traffic.ingressMBps === undefined ? [`how much producers send to '${topicName}'`] : []),
    ...(typeof stored === 'string' ? [`how much '${topicName}' stores, because ${stored}`] : []),
  ];
  return { load, unknown };
}
