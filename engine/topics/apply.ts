import { type ItemResult, KafkaFailure, valueOf } from '../kafka/kafka-failure';
import type { TopicContents, TopicState } from '../kafka/topic-port';
import type { ProgressOf } from '../resource';
import type { Step, TopicPlan } from './plan';
import type { TopicPorts, TopicTypes } from './types';

/** Partitions cannot be removed again, so the brokers are asked about the configs before any partition is added. */
export async function preflight({ topics }: TopicPorts, { steps }: TopicPlan): Promise<void> {
  const configs = steps.find((step) => step.do === 'alterConfigs');
  if (!configs || steps.length === 1) return;
  const [validated] = await topics.alterConfigs([configs], true);
  valueOf(validated);
}

export async function apply(
  { topics }: TopicPorts,
  step: Step,
  { changes, created }: ProgressOf<TopicTypes>,
): Promise<void> {
  switch (step.do) {
    case 'createTopic': {
      const { configs, partitionCount, replicationFactor, topicName } = step.topic;
      const [topicId] = await topics.createTopics([{ name: topicName, partitionCount, replicationFactor, configs }]);
      created.push(valueOf(topicId));
      break;
    }
    case 'alterConfigs':
      valueOf((await topics.alterConfigs([step]))[0]);
      changes.push(`configs of '${step.name}'`);
      break;
    case 'growTopic':
      valueOf((await topics.growTopics([{ name: step.name, partitionCount: step.to }]))[0]);
      changes.push(`partitions of '${step.name}' from ${step.from} to ${step.to}`);
      break;
    case 'deleteTopic':
      valueOf((await topics.deleteTopics([step.topicId]))[0]);
  }
}

/** Deletes topics by their IDs, unless a client has written to them. */
export async function undo({ topics }: TopicPorts, topicIds: readonly string[]): Promise<void> {
  const views = await topics.views(topicIds.map((topicId) => ({ topicId })));
  const live = views.topics.filter(isLive);
  if (live.length === 0) return;
  const contents = await topics.contents(live.map(({ name }) => name));
  const unused = live.filter((_, index) => isNeverWritten(contents[index]));
  if (unused.length > 0) await topics.deleteTopics(unused.map(({ topicId }) => topicId));
}

const isLive = (topic: ItemResult<TopicState | undefined>): topic is TopicState =>
  topic !== undefined && !(topic instanceof KafkaFailure);

const isNeverWritten = (contents: ItemResult<TopicContents>) =>
  !(contents instanceof KafkaFailure) && !contents.everWritten;
