import { type AdminPort, KafkaFailure, type TopicContents, type TopicRef, type View } from '../kafka/admin-port';
import type { ApplyJob, Job } from './job';
import { needsAbandoned, needsContents, type Observed } from './plan';

/** Looks at the cluster as closely as the plan will need, and no closer: an Update that changes nothing costs two requests. */
export async function observe(port: AdminPort, job: Job): Promise<Observed> {
  const ref = job.request === 'Delete' ? { topicId: job.identity.topicId } : { name: job.desired.topicName };
  const view = job.request === 'Create' ? await port.view(ref) : await lookTwice(port, ref);
  const { clusterId, topic } = view;
  const configs = topic && job.request !== 'Delete' ? await port.configs(topic.name) : {};
  const topicSeen: Observed = { clusterId, topic: topic && { ...topic, configs } };
  const seen = needsContents(job, topicSeen) ? await withContents(port, topicSeen) : topicSeen;
  return needsAbandoned(job, seen) ? { ...seen, abandoned: await abandoned(port, job as ApplyJob, clusterId) } : seen;
}

async function withContents(port: AdminPort, seen: Observed): Promise<Observed> {
  return { ...seen, topic: seen.topic && { ...seen.topic, contents: await port.contents(seen.topic.name) } };
}

/** One broker may lag behind: what it does not know is absent only when no live broker knows it. */
async function lookTwice(port: AdminPort, ref: TopicRef): Promise<View> {
  const view = await port.view(ref);
  if (view.topic) return view;
  const others = await Promise.allSettled(view.brokers.map((broker) => port.view(ref, broker)));
  const denied = others.find((one) => one.status === 'rejected' && !isSilence(one.reason));
  if (denied) throw (denied as PromiseRejectedResult).reason;
  const found = others.find((one) => one.status === 'fulfilled' && one.value.topic);
  return found ? (found as PromiseFulfilledResult<View>).value : view;
}

const isSilence = (reason: unknown) => reason instanceof KafkaFailure && reason.error === 'NO_ANSWER';

/** What the resource's present topic holds; nothing when it is gone, unknown when it is on another cluster. */
async function abandoned(
  port: AdminPort,
  { identity }: ApplyJob,
  clusterId: string,
): Promise<TopicContents | undefined> {
  if (!identity || identity.clusterId !== clusterId) return undefined;
  const { topic } = await lookTwice(port, { topicId: identity.topicId });
  return topic ? port.contents(topic.name) : { records: 0n, everWritten: false };
}
