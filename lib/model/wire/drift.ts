import { comparedProperties } from './fields';
import { isMap, scalar } from './parse';
import { COMPARED_PROPERTIES, PLACE_FIELDS } from './topic';

/** A topic as the schedule sends it: the properties that are compared, and the topic's physical ID. */
export type ScheduledTopic = Readonly<Record<string, unknown>> & { readonly PhysicalId: string };

/** The event that the schedule sends: the topics of one cluster in one stack, as they are declared. */
export interface DriftEvent {
  readonly Report: 'TopicDrift';
  /** Properties of all topics, since the input of a schedule has a size limit. */
  readonly Common?: Readonly<Record<string, unknown>>;
  readonly Topics: readonly ScheduledTopic[];
}

/**
 * Keeps only the properties that are compared, since the input of a schedule has a size limit and contains all topics.
 */
export function toScheduledTopic(properties: Readonly<Record<string, unknown>>, physicalId: string): ScheduledTopic {
  const compared = Object.entries(properties).filter(([name]) => COMPARED_PROPERTIES.includes(name));
  return { PhysicalId: physicalId, ...Object.fromEntries(compared) };
}

/** Says only once where the topics are, if it is the same for all. */
export function toDriftEvent(topics: readonly ScheduledTopic[]): DriftEvent {
  const common = PLACE_PROPERTIES.filter((name) => topics.every((topic) => topic[name] === topics[0][name]));
  const split = (topic: ScheduledTopic, isCommon: boolean) =>
    Object.entries(topic).filter(([name]) => common.includes(name) === isCommon);
  return {
    Report: 'TopicDrift',
    Common: Object.fromEntries(topics.slice(0, 1).flatMap((topic) => split(topic, true))),
    Topics: topics.map((topic) => Object.fromEntries(split(topic, false)) as ScheduledTopic),
  };
}

const PLACE_PROPERTIES = comparedProperties(PLACE_FIELDS);

export const isDriftEvent = (event: unknown): event is DriftEvent => isMap(event) && 'Report' in event;

/** The topics of an event, each with its physical ID and its properties. What is no topic is left out. */
export const fromDriftEvent = ({ Common, Topics }: DriftEvent) =>
  (Array.isArray(Topics) ? (Topics as unknown[]) : []).filter(isMap).map(({ PhysicalId, ...properties }) => ({
    physicalId: scalar(PhysicalId) ?? '',
    properties: { ...Common, ...properties },
  }));
