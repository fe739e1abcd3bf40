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
}

const FORMAT = /^kt1:([car]):([\w-]+):([\w-]+):([\w.-]+)$/;

export function formatIdentity({ mark, clusterId, topicId, name }: TopicIdentity): string {
  return `kt1:${mark}:${clusterId}:${topicId}:${name}`;
}

/** Undefined for an ID in another format, such as one that CloudFormation generated. */
export function parseIdentity(physicalId: string | undefined): TopicIdentity | undefined {
  const match = FORMAT.exec(physicalId ?? '');
  if (!match) return undefined;
  const [, mark, clusterId, topicId, name] = match;
  return { mark: mark as Mark, clusterId, topicId, name };
}

export const topicIds: PhysicalIds<TopicIdentity> = { format: formatIdentity, parse: parseIdentity };
