import type { Finding } from '../finding';
import { caution, problem } from '../finding';

/** A topic as it is declared somewhere in the app; what is not known yet is not there. */
export interface DeclaredTopic {
  /** Path of the construct. */
  readonly path: string;
  readonly topicName?: string;
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  /** Whether it says in words that it takes over a topic that is there. */
  readonly adopts: boolean;
}

/** How many partitions, with their replicas, the brokers of a cluster should have. */
export interface PartitionRoom {
  readonly brokers: number;
  readonly perBroker: number;
  /** How many a broker takes, where there is such a limit. */
  readonly most?: number;
}

/** Names on one cluster that exclude each other. Of two topics the one that was declared later is told. */
export function nameFindings(topic: DeclaredTopic, earlier: readonly DeclaredTopic[]): Finding[] {
  const { topicName } = topic;
  if (topicName === undefined) return [];
  return earlier.flatMap((other) => {
    if (other.topicName === topicName) return topic.adopts || other.adopts ? [] : [declaredTwice(topicName, other)];
    return other.topicName !== undefined && metricName(other.topicName) === metricName(topicName)
      ? [collision(topicName, other)]
      : [];
  });
}

const declaredTwice = (topicName: string, { path }: DeclaredTopic) =>
  problem(
    'TopicNameTwice',
    `'topicName' ${topicName} is declared twice on one cluster, also at '${path}'; declare it once, or choose another name`,
  );

/** Kafka refuses the second one only when the first is there already: in one deployment it may be either. */
const collision = (topicName: string, other: DeclaredTopic) =>
  problem(
    'TopicNameCollision',
    `'topicName' ${topicName} collides with ${other.topicName} at '${other.path}': '.' and '_' count as the same character in the names of metrics; choose another name`,
  );

const metricName = (topicName: string) => topicName.replaceAll('.', '_');

/**
 * Whether all declared topics fit on the brokers. On Standard brokers more is possible, and slow, and MSK refuses some updates
 * then; Express brokers have a limit.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota
 */
export function partitionFindings(topics: readonly DeclaredTopic[], room: PartitionRoom): Finding[] {
  const { brokers, most = Infinity, perBroker } = room;
  const replicas = topics.reduce(
    (sum, { partitionCount = 0, replicationFactor = 0 }) => sum + partitionCount * replicationFactor,
    0,
  );
  if (replicas > brokers * most) {
    const message = `the topics declared on this cluster have ${replicas} partitions with their replicas, and its ${brokers} brokers take ${brokers * most}, ${most} each; take a larger 'brokerSize' or more brokers, or declare fewer partitions`;
    return [problem('PartitionsAboveMaximum', message)];
  }
  if (replicas <= brokers * perBroker) return [];
  return [
    caution(
      'PartitionsAboveRecommended',
      `the topics declared on this cluster have ${replicas} partitions with their replicas, and its ${brokers} brokers should have at most ${brokers * perBroker}, ${perBroker} each; ` +
        "take a larger 'instanceType' or more brokers, or declare fewer partitions",
    ),
  ];
}
