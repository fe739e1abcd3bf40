import type { TopicSpec } from '../../lib/model/wire/topic';
import type { ProgressOf } from '../resource';
import type { Observed } from './observed';
import type { TopicTypes } from './types';

/** The ID of the topic that a call created, if it created one. */
export const createdIn = ({ created }: ProgressOf<TopicTypes>): string | undefined => created.at(-1);

/** Whether a request to create the topic may have had its effect, although no answer said so. */
export const mayHaveCreated = ({ uncertain }: ProgressOf<TopicTypes>): boolean =>
  uncertain.some((step) => step.do === 'createTopic');

/** How many partitions a topic has after a call: Kafka can add partitions, and never removes any. */
export const expectedPartitions = (desired: TopicSpec, { topic }: Observed): number =>
  Math.max(desired.partitionCount, topic?.partitionCount ?? 0);
