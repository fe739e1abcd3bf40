import type { TopicConfigs, TopicContents, TopicState } from '../kafka/topic-port';

export interface ObservedTopic extends TopicState {
  readonly configs: TopicConfigs;
  /** Only where the plan depends on it. */
  readonly contents?: TopicContents;
}

/** What was seen of the cluster. */
export interface Observed {
  readonly clusterId: string;
  /** The topic with the declared name; for a Delete, with the ID. */
  readonly topic?: ObservedTopic;
  /** What the topic holds that a new name or cluster leaves behind; undefined if that cannot be found out. */
  readonly abandoned?: TopicContents;
}
