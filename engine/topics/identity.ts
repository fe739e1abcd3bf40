/**
 * How the topic came to us: `c` created by us, `a` adopted, `r` recognised (an identical, empty topic was there, most
 * likely by an earlier try of ours).
 */
export type Mark = 'c' | 'a' | 'r';

/** All that CloudFormation remembers of a topic for us: it is the physical ID of the resource. */
export interface TopicIdentity {
  readonly mark: Mark;
  /** Kafka's own ID of the cluster. */
  readonly clusterId: string;
  readonly topicId: string;
  readonly name: string;
}

const SHAPE = /^kt1:([car]):([\w-]+):([\w-]+):([\w.-]+)$/;

export function formatIdentity({ mark, clusterId, topicId, name }: TopicIdentity): string {
  return `kt1:${mark}:${clusterId}:${topicId}:${name}`;
}

/** Undefined for an ID that is not ours, such as one that CloudFormation invented. */
export function parseIdentity(physicalId: string | undefined): TopicIdentity | undefined {
  const match = SHAPE.exec(physicalId ?? '');
  if (!match) return undefined;
  const [, mark, clusterId, topicId, name] = match;
  return { mark: mark as Mark, clusterId, topicId, name };
}
