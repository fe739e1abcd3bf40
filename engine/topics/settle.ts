import { isSameConfig } from '../../lib/model/rules/topics';
import { valueOf } from '../kafka/kafka-failure';
import type { Broker } from '../kafka/cluster-port';
import type { TopicRef } from '../kafka/topic-port';
import type { Outcome } from '../resource';
import { createdIn, expectedPartitions } from './outcome';
import type { TopicPorts, TopicTypes } from './types';

/** What every live broker is expected to show. */
interface Expectation {
  readonly ref: TopicRef;
  /** Undefined: the topic is gone. */
  readonly partitionCount?: number;
  /** Undefined as a value: the config is not set on the topic. */
  readonly configs?: Readonly<Record<string, string | undefined>>;
}

export async function isShown({ topics }: TopicPorts, outcome: Outcome<TopicTypes>, broker: Broker): Promise<boolean> {
  const { configs, partitionCount, ref } = expectation(outcome);
  const topic = valueOf((await topics.views([ref], broker)).topics[0]);
  if (partitionCount === undefined) return topic === undefined;
  if (!topic?.led || topic.partitionCount < partitionCount) return false;
  if (!configs) return true;
  const live = valueOf((await topics.configs([topic.name], broker))[0]);
  return Object.entries(configs).every(([key, value]) => isSameConfig(key, value, live[key]));
}

function expectation({ job, progress, seen }: Outcome<TopicTypes>): Expectation {
  if (job.request === 'Delete') return { ref: { topicId: job.identity.topicId } };
  const altered = progress.begun.findLast((step) => step.do === 'alterConfigs')?.change;
  const created = createdIn(progress);
  return {
    ref: created ? { topicId: created } : { name: job.desired.topicName },
    partitionCount: expectedPartitions(job.desired, seen),
    configs: altered && { ...altered.set, ...Object.fromEntries(altered.reset.map((key) => [key, undefined])) },
  };
}
