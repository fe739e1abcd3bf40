import type { WorkerCall } from '../../engine/calls';
import { propertiesOf } from '../handling';
import type { WireRequestName } from './kafka-proxy';

export const EVENT_KINDS = ['create', 'grow', 'alter', 'delete'] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** The request that carries out an event of a kind. */
export const WRITES: Readonly<Record<EventKind, WireRequestName>> = {
  create: 'CreateTopics',
  grow: 'CreatePartitions',
  alter: 'IncrementalAlterConfigs',
  delete: 'DeleteTopics',
};

/** The settings of a topic that an event can change. */
export interface TopicShape {
  readonly partitionCount: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** An event as the worker receives it, and the state that it must lead to. */
export interface TopicEvent {
  readonly kind: EventKind;
  readonly topicName: string;
  readonly call: Partial<WorkerCall>;
  /** Undefined if the topic must not exist. */
  readonly after?: TopicShape;
}

const SMALL: TopicShape = {
  partitionCount: 3,
  configs: { 'retention.ms': '86400000', 'segment.ms': '7200000' },
};

/** A change whose result shows whether it was made, and whether it was made twice. */
const CHANGES: Readonly<Record<Exclude<EventKind, 'create' | 'delete'>, (shape: TopicShape) => TopicShape>> = {
  grow: ({ configs, partitionCount }) => ({ configs, partitionCount: partitionCount + 2 }),
  // one config set, one reset to the default
  alter: ({ configs, partitionCount }) => ({
    partitionCount,
    configs: { 'retention.ms': String(Number(configs['retention.ms'] ?? 86_400_000) + 1000) },
  }),
};

/** What is known of the topics, for example by a ledger. */
interface KnownTopics {
  shapeOf(topicName: string): TopicShape | undefined;
  physicalIdOf(topicName: string): string | undefined;
}

/** An event on a known topic, or the creation of a topic with the given shape. */
export function anEvent(known: KnownTopics, kind: EventKind, topicName: string, shape: TopicShape = SMALL): TopicEvent {
  const properties = (one: TopicShape) => propertiesOf({ topicName, ...one });
  const before = known.shapeOf(topicName) ?? shape;
  const physicalId = known.physicalIdOf(topicName);
  if (kind === 'create')
    return { kind, topicName, after: before, call: { requestType: 'Create', properties: properties(before) } };
  if (kind === 'delete')
    return { kind, topicName, call: { requestType: 'Delete', physicalId, properties: properties(before) } };
  const after = CHANGES[kind](before);
  const [oldProperties, now] = [properties(before), properties(after)];
  return { kind, topicName, after, call: { requestType: 'Update', physicalId, oldProperties, properties: now } };
}
