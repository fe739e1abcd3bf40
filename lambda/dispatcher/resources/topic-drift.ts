import { UserError } from '../../../engine/refusal';
import { DIFFERENCE_KINDS, type DeclaredTopic, type TopicDrift } from '../../../engine/topics/drift-call';
import { knownClusterName } from '../../../lib/model/arns';
import { type DriftEvent, fromDriftEvent } from '../../../lib/model/wire/drift';
import { fromOldProperties } from '../../../lib/model/wire/topic';
import { callLimits } from '../context/call-limits';
import type { DispatcherContext } from '../context/dispatcher-context';
import { bootstrapBrokersOf, chooseListener } from '../network/listener';
import type { Place } from './broker-resource-kind';

/** Compares topics with their declaration (read-only): logs a line per topic, and sends a metric per kind of difference. */
export async function reportTopicDrift(event: DriftEvent, context: DispatcherContext): Promise<void> {
  for (const declared of Map.groupBy(fromDriftEvent(event), listenerKey).values()) {
    const place = fromOldProperties(declared[0].properties).place as Place;
    report(await compare(place, declared, context), knownClusterName(place.clusterArn), context);
  }
}

/** Topics of one call have the same brokers and the same secret. */
const listenerKey = ({ properties: { ClusterArn, Secret, Worker } }: DeclaredTopic) =>
  JSON.stringify([ClusterArn, Worker, Secret]);

async function compare(
  place: Place,
  topics: readonly DeclaredTopic[],
  context: DispatcherContext,
): Promise<readonly TopicDrift[]> {
  const { aws } = context;
  const listener = await chooseListener(place, await bootstrapBrokersOf(place.clusterArn, aws), aws);
  const answer = await aws.report(place.worker, { requestType: 'Report', topics, ...callLimits(listener, context) });
  if ('refusal' in answer) throw new UserError(answer.refusal.code, answer.refusal.message);
  return answer.topics;
}

function report(topics: readonly TopicDrift[], clusterName: string, context: DispatcherContext): void {
  for (const { differences, topicName } of topics)
    context.log(differences.length > 0 ? 'topic differs' : 'topic is as declared', { topicName, differences });
  const cluster = { 'Cluster Name': clusterName };
  context.measure('TopicDrift', topics.filter(({ differences }) => differences.length > 0).length, cluster);
  for (const kind of DIFFERENCE_KINDS) {
    const count = topics.filter(({ differences }) => differences.some((one) => one.kind === kind)).length;
    context.measure('TopicDrift', count, { ...cluster, Difference: kind });
  }
}
