import { KafkaFailure, valueOf } from '../kafka/kafka-failure';
import type { Broker } from '../kafka/cluster-port';
import type { TopicConfigs, TopicContents, TopicPort, TopicRef, TopicState } from '../kafka/topic-port';
import type { ApplyJob, TopicJob } from './job';
import type { Observed } from './observed';
import { needsAbandoned, needsContents } from './plan';
import type { TopicPorts } from './types';

/** The answer of one broker about one topic. */
interface View {
  readonly clusterId: string;
  readonly brokers: readonly Broker[];
  readonly topic?: TopicState;
}

/** Looks at the cluster as closely as the plan needs: an Update that changes nothing costs two requests. */
export async function observe({ topics }: TopicPorts, job: TopicJob, isLate = true): Promise<Observed> {
  const ref = job.request === 'Delete' ? { topicId: job.identity.topicId } : { name: job.desired.topicName };
  const { clusterId, topic } = job.request === 'Create' ? await look(topics, ref) : await lookTwice(topics, ref);
  const configs = topic && job.request !== 'Delete' ? await configsOf(topics, topic.name) : {};
  const topicSeen: Observed = { clusterId, topic: topic && { ...topic, configs } };
  const seen = needsContents(job, topicSeen) ? await withContents(topics, topicSeen, isLate) : topicSeen;
  if (!needsAbandoned(job, seen)) return seen;
  return { ...seen, abandoned: await abandoned(topics, job as ApplyJob, { clusterId, isLate }) };
}

async function look(topics: TopicPort, ref: TopicRef, broker?: Broker): Promise<View> {
  const { brokers, clusterId, topics: found } = await topics.views([ref], broker);
  return { brokers, clusterId, topic: valueOf(found[0]) };
}

async function configsOf(topics: TopicPort, name: string): Promise<TopicConfigs> {
  return valueOf((await topics.configs([name]))[0]);
}

/** Undefined if a partition has no leader, which alone knows what it holds, and does not get one in time. */
async function contentsOf(topics: TopicPort, name: string, isLate: boolean): Promise<TopicContents | undefined> {
  const [contents] = await topics.contents([name]);
  const isOffline = contents instanceof KafkaFailure && contents.error === 'LEADER_NOT_AVAILABLE';
  return isOffline && isLate ? undefined : valueOf(contents);
}

async function withContents(topics: TopicPort, seen: Observed, isLate: boolean): Promise<Observed> {
  if (!seen.topic) return seen;
  return { ...seen, topic: { ...seen.topic, contents: await contentsOf(topics, seen.topic.name, isLate) } };
}

/** One broker may lag behind: a topic is absent only if no live broker knows it. */
async function lookTwice(topics: TopicPort, ref: TopicRef): Promise<View> {
  const view = await look(topics, ref);
  if (view.topic) return view;
  const others = await Promise.allSettled(view.brokers.map((broker) => look(topics, ref, broker)));
  const denied = others.find((one) => one.status === 'rejected' && !isSilence(one.reason));
  if (denied) throw (denied as PromiseRejectedResult).reason;
  const found = others.find((one) => one.status === 'fulfilled' && one.value.topic);
  return found ? (found as PromiseFulfilledResult<View>).value : view;
}

const isSilence = (reason: unknown) => reason instanceof KafkaFailure && reason.error === 'NO_ANSWER';

/** What the resource's present topic holds: nothing if it is gone, unknown if it is on another cluster. */
async function abandoned(
  topics: TopicPort,
  { identity }: ApplyJob,
  { clusterId, isLate }: { readonly clusterId: string; readonly isLate: boolean },
): Promise<TopicContents | undefined> {
  if (!identity || identity.clusterId !== clusterId) return undefined;
  const { topic } = await lookTwice(topics, { topicId: identity.topicId });
  return topic ? contentsOf(topics, topic.name, isLate) : { records: 0n, everWritten: false };
}
