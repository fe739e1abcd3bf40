import type { PhysicalIds } from '../resource';

/**
 * Where the topic came from: `c` created by cdk-msk, `a` adopted, `r` recognized (an identical, empty topic already
 * existed, most likely from an earlier attempt).
 */
export type Mark = 'c' | 'a' | 'r';

/** What the physical ID of the resource contains, which is all that CloudFormation remembers about a topic. */
export interface TopicIdentity {
  readonly mark: Mark;
  /** Kafka's own ID of the cluster. */
  readonly clusterId: string;
  readonly topicId: string;
  readonly name: string;
  /** What the resource stood for before its name or cluster changed; undefined if neither ever did. */
  readonly previous?: PreviousTopic;
}

/** The topic that a new name or cluster left behind. A rollback takes back this topic, and no other one of its name. */
export interface PreviousTopic {
  readonly mark: Mark;
  readonly clusterId: string;
  readonly topicId: string;
  /** Whether it may be deleted with the records that it holds. */
  readonly mayLoseRecords: boolean;
}

const FORMAT = /^kt1:([car]):([\w-]+):([\w-]+):([\w.-]+)(?::([car]):([\w-]+):([\w-]+)(:lossy)?)?$/;

export function formatIdentity({ mark, clusterId, topicId, name, previous }: TopicIdentity): string {
  const own = `kt1:${mark}:${clusterId}:${topicId}:${name}`;
  if (!previous) return own;
  return `${own}:${previous.mark}:${previous.clusterId}:${previous.topicId}${previous.mayLoseRecords ? ':lossy' : ''}`;
}

/** Undefined for an ID in another format, such as one that CloudFormation generated. */
export function parseIdentity(physicalId: string | undefined): TopicIdentity | undefined {
  const match = FORMAT.exec(physicalId ?? '');
  if (!match) return undefined;
  const [, mark, clusterId, topicId, name, ...before] = match;
  const own = { mark: mark as Mark, clusterId, topicId, name };
  return before[0] === undefined ? own : { ...own, previous: toPrevious(before) };
}

const toPrevious = ([mark, clusterId, topicId, lossy]: readonly string[]): PreviousTopic => ({
  mark: mark as Mark,
  clusterId,
  topicId,
  mayLoseRecords: lossy !== undefined,
});

export const topicIds: PhysicalIds<TopicIdentity> = { format: formatIdentity, parse: parseIdentity };
