import facts from '../facts/limits.json';
import { type Finding, finding } from '../finding';
import { TIME_LIMITS } from '../time-limits';
import type { TopicDeclaration } from './declared-topics';

const {
  compactedLeaderPartitions: COMPACTED,
  leaderPartitions: NOT_COMPACTED,
  partitionChangesPer5Minutes: CHANGES,
} = facts.serverless;

/** How many partitions MSK creates, at least, while a function waits for them. */
const WAITED_OUT = CHANGES * Math.floor(TIME_LIMITS.workerMinutes / 5);

/**
 * Whether all declared topics of a Serverless cluster stay within its quotas. AWS can raise them, so that these are warnings.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota
 */
export function serverlessTopicFindings(topics: readonly TopicDeclaration[]): Finding[] {
  const byStack = new Map(topics.map(({ stack }) => [stack, topics.filter((topic) => topic.stack === stack)]));
  return [
    ...quotaFindings(topics, false, NOT_COMPACTED),
    ...quotaFindings(topics, true, COMPACTED),
    ...topics.flatMap(largeTopicFindings),
    ...[...byStack].flatMap(([stack, ofStack]) => paceFindings(stack, ofStack)),
  ];
}

function quotaFindings(topics: readonly TopicDeclaration[], isCompacted: boolean, most: number): Finding[] {
  const partitions = partitionsOf(topics.filter((topic) => topic.isCompacted === isCompacted));
  if (partitions <= most) return [];
  const which = isCompacted ? 'with' : 'without';
  const message = `the topics ${which} compaction that are declared on this Serverless cluster have ${partitions} partitions, but the default quota is ${most}; declare fewer partitions, or request a quota increase from AWS before you deploy`;
  return [finding('ServerlessPartitionsQuota', message)];
}

function largeTopicFindings({ partitionCount = 0, path }: TopicDeclaration): Finding[] {
  if (partitionCount <= CHANGES) return [];
  const message = `the topic at '${path}' has ${partitionCount} partitions, but a Serverless cluster creates at most ${CHANGES} in five minutes; begin with ${CHANGES} or fewer, and add the others in later deployments`;
  return [finding('ServerlessPartitionPace', message)];
}

/** Topics in progress at the same time wait for the same quota. Those that wait for too long fail. */
function paceFindings(stack: string, topics: readonly TopicDeclaration[]): Finding[] {
  const lanes = Math.min(...topics.map(({ maxConcurrentTopics = Infinity }) => maxConcurrentTopics));
  const counts = topics.map(({ partitionCount = 0 }) => partitionCount).filter((count) => count <= CHANGES);
  counts.sort((one, other) => other - one);
  const atOnce = (count: number) => counts.slice(0, count).reduce((sum, one) => sum + one, 0);
  if (atOnce(lanes) <= WAITED_OUT) return [];
  let fitting = Math.min(lanes, counts.length);
  while (fitting > 1 && atOnce(fitting) > WAITED_OUT) fitting--;
  const message = `up to ${atOnce(lanes)} partitions of topics in the stack '${stack}' are created at the same time, but a Serverless cluster creates ${CHANGES} in five minutes, so some topics may fail after ${TIME_LIMITS.workerMinutes} minutes; set 'maxConcurrentTopics' of TopicBackend.dataPlane() to ${fitting} or less`;
  return [finding('ServerlessPartitionPace', message)];
}

const partitionsOf = (topics: readonly TopicDeclaration[]) =>
  topics.reduce((sum, { partitionCount = 0 }) => sum + partitionCount, 0);
