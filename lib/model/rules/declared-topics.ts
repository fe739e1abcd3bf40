import { type Finding, finding } from '../finding';

/** A topic as the app declares it. What is not known at synthesis is missing. */
export interface TopicDeclaration {
  /** Path of the construct. */
  readonly path: string;
  readonly topicName?: string;
  readonly partitionCount?: number;
  readonly replicationFactor?: number;
  /** The config of the topic, or undefined if the default of the brokers applies. */
  readonly minInsyncReplicas?: string;
  readonly isCompacted: boolean;
  /** Path of the stack, whose topics are deployed together. */
  readonly stack: string;
  /** How many topics of the stack are deployed at the same time, if a function of the library does it. */
  readonly maxConcurrentTopics?: number;
  /** Whether it explicitly adopts an existing topic. */
  readonly adopts: boolean;
}

/** How many partitions, including their replicas, the brokers of a cluster should hold. */
export interface PartitionCapacity {
  readonly brokers: number;
  readonly perBroker: number;
  /** The maximum of a broker, if it has one. */
  readonly most?: number;
}

/** @param maxConcurrentTopics undefined for a token, with which no dependencies can be computed */
export function concurrencyFindings(maxConcurrentTopics?: number): Finding[] {
  if (maxConcurrentTopics !== undefined && Number.isInteger(maxConcurrentTopics) && maxConcurrentTopics >= 1) return [];
  const message = `'maxConcurrentTopics' must be a whole number of 1 or more that is known at synthesis, got ${maxConcurrentTopics ?? 'a token'}`;
  return [finding('ConcurrentTopicsRange', message)];
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html */
const SCHEDULE_INPUT_BYTES = 256 * 1024;

/** Whether the declarations of the topics of one cluster in one stack fit into the input of the schedule that reports drift. */
export function driftInputFindings(topics: number, bytes: number): Finding[] {
  if (bytes <= SCHEDULE_INPUT_BYTES) return [];
  const message = `the declarations of ${topics} topics have ${bytes} bytes or more, but the schedule of a TopicDriftReport can send at most ${SCHEDULE_INPUT_BYTES}; define some of the topics in another stack`;
  return [finding('DriftReportTooLarge', message)];
}

/**
 * Topic names that exclude each other on one cluster. Of two topics, the one that was declared later gets the finding.
 *
 * @param earlier the topics with the same `metricName` that were declared before
 */
export function nameConflicts(topic: TopicDeclaration, earlier: readonly TopicDeclaration[]): Finding[] {
  const { topicName } = topic;
  if (topicName === undefined) return [];
  return earlier.flatMap((other) => {
    if (other.topicName !== topicName) return [collision(topic, other)];
    return topic.adopts || other.adopts ? [] : [declaredTwice(topicName, other)];
  });
}

const declaredTwice = (topicName: string, { path }: TopicDeclaration) =>
  finding(
    'TopicNameTwice',
    `'topicName' '${topicName}' is already declared on this cluster at '${path}'; declare the topic once, or choose another name`,
  );

/** Kafka refuses the second topic only once the first exists, and a deployment creates them in any order. */
function collision({ adopts, topicName }: TopicDeclaration, other: TopicDeclaration): Finding {
  const what = `'topicName' '${topicName}' collides with '${other.topicName}' at '${other.path}', because Kafka treats '.' and '_' as the same character in metric names`;
  return adopts && other.adopts
    ? finding(
        'TopicNameCollisionAdopted',
        `${what}; both must exist already, since Kafka refuses to create one beside the other`,
      )
    : finding('TopicNameCollision', `${what}; choose another name`);
}

/** The part of the names of a topic's metrics in which Kafka tells topics apart. */
export const metricName = (topicName: string) => topicName.replaceAll('.', '_');

/**
 * Replicas of `__consumer_offsets` and `__transaction_state`, which have 50 partitions and three replicas each by default.
 *
 * @see https://kafka.apache.org/documentation/#brokerconfigs_offsets.topic.num.partitions
 */
export const INTERNAL_REPLICAS = 2 * 50 * 3;

/**
 * Whether all declared topics fit on the brokers. Standard brokers accept more, but become slow, and MSK then refuses some
 * updates; Express brokers have a hard limit.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota
 */
export function partitionFindings(topics: readonly TopicDeclaration[], capacity: PartitionCapacity): Finding[] {
  const { brokers, most = Infinity, perBroker } = capacity;
  const replicas = topics.reduce(
    (sum, { partitionCount = 0, replicationFactor = 0 }) => sum + partitionCount * replicationFactor,
    0,
  );
  if (replicas > brokers * most) {
    const message = `the topics declared on this cluster have ${replicas} partitions including replicas, but its ${brokers} brokers support at most ${brokers * most} (${most} each); use a larger 'brokerSize', add brokers, or declare fewer partitions`;
    return [finding('PartitionsAboveMaximum', message)];
  }
  const all = replicas + INTERNAL_REPLICAS;
  if (all <= brokers * perBroker) return [];
  const message = `the topics declared on this cluster have ${replicas} partitions including replicas, and Kafka's own topics up to ${INTERNAL_REPLICAS}, but AWS recommends at most ${brokers * perBroker} for its ${brokers} brokers (${perBroker} each); use a larger 'instanceType', add brokers, or declare fewer partitions`;
  return [finding('PartitionsAboveRecommended', message)];
}
