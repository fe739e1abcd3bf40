import { COMPARED_PROPERTIES } from './topic';

/** A topic as the schedule sends it: the properties that are compared, and the topic's physical ID. */
export type ScheduledTopic = Readonly<Record<string, unknown>> & { readonly PhysicalId: string };

/** The event that the schedule sends: the topics of one cluster in one stack, as they are declared. */
export interface DriftEvent {
  readonly Report: 'TopicDrift';
  readonly Topics: readonly ScheduledTopic[];
}

/**
 * Keeps only the properties that are compared, since the input of a schedule has a size limit and contains all topics.
 */
export function toScheduledTopic(properties: Readonly<Record<string, unknown>>, physicalId: string): ScheduledTopic {
  const compared = Object.entries(properties).filter(([name]) => COMPARED_PROPERTIES.includes(name));
  return { PhysicalId: physicalId, ...Object.fromEntries(compared) };
}

export const toDriftEvent = (topics: readonly ScheduledTopic[]): DriftEvent => ({
  Report: 'TopicDrift',
  Topics: topics,
});

export const isDriftEvent = (event: object): event is DriftEvent => 'Report' in event;

/** The topics of an event, each with its physical ID and its properties. */
export const fromDriftEvent = ({ Topics }: DriftEvent) =>
  Topics.map(({ PhysicalId, ...properties }) => ({ physicalId: PhysicalId, properties }));
