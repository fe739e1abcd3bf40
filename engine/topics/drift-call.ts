import type { CallLimits, WorkerRefusal } from '../calls';

/** A topic as its stack declares it now. */
export interface DeclaredTopic {
  readonly physicalId: string;
  readonly properties: Record<string, unknown>;
}

/** What the dispatcher passes to the worker to compare topics with their declaration, without changing anything. */
export interface DriftCall extends CallLimits {
  readonly requestType: 'Report';
  readonly topics: readonly DeclaredTopic[];
}

/** How a topic can differ from its declaration. */
export const DIFFERENCE_KINDS = [
  'Missing',
  'MadeAgain',
  'OtherCluster',
  'PartitionCount',
  'ReplicationFactor',
  'Configs',
  'Denied',
  'Refused',
] as const;

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  /** The declared and the live value, for a person. */
  readonly text: string;
}

export interface TopicDrift {
  readonly topicName: string;
  readonly differences: readonly Difference[];
  /** Why the topic could not be compared. */
  readonly failure?: string;
}

/** A topic that could not be compared. */
export const notCompared = ({ properties }: DeclaredTopic, failure: string): TopicDrift => ({
  topicName: String(properties.TopicName),
  differences: [],
  failure,
});

export type DriftAnswer = { readonly topics: readonly TopicDrift[] } | WorkerRefusal;
