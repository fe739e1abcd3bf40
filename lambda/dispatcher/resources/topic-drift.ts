import { UserError } from '../../../engine/refusal';
import { DIFFERENCE_KINDS, type DeclaredTopic, notCompared, type TopicDrift } from '../../../engine/topics/drift-call';
import { knownClusterName } from '../../../lib/model/arns';
import { type DriftEvent, fromDriftEvent } from '../../../lib/model/wire/drift';
import { fromOldProperties, fromProperties, type TopicPlace } from '../../../lib/model/wire/topic';
import { callLimits } from '../context/call-limits';
import type { DispatcherContext } from '../context/dispatcher-context';
import { bootstrapBrokersOf, chooseListener } from '../network/listener';

/**
 * Compares topics of one cluster with their declaration (read-only): logs a line per topic, and sends a metric per kind of
 * difference. Nobody waits for an answer, so what cannot be compared is logged and measured too, and the others go on.
 */
export async function reportTopicDrift(event: DriftEvent, context: DispatcherContext): Promise<void> {
  const groups = Map.groupBy(fromDriftEvent(event), listenerKey);
  const topics: TopicDrift[] = [];
  for (const group of groups.values()) topics.push(...(await compareGroup(group, context)));
  const arns = fromDriftEvent(event).flatMap(({ properties }) => placeOf(properties)?.clusterArn ?? []);
  report(topics, arns.length > 0 ? knownClusterName(arns[0]) : 'unknown', context);
}

/** Topics of one call have the same brokers and the same credentials. */
const listenerKey = ({ properties: { Authentication, ClusterArn, Secret, Worker } }: DeclaredTopic) =>
  JSON.stringify([ClusterArn, Worker, Authentication, Secret]);

/** How to reach the brokers, or undefined if the properties do not say so. */
function placeOf(properties: Readonly<Record<string, unknown>>): TopicPlace | undefined {
  const { place } = fromOldProperties(properties);
  return place.clusterArn && place.worker && place.authentication ? (place as TopicPlace) : undefined;
}

async function compareGroup(
  topics: readonly DeclaredTopic[],
  context: DispatcherContext,
): Promise<readonly TopicDrift[]> {
  const place = placeOf(topics[0].properties);
  if (!place) return topics.map(unreadable);
  try {
    return await compare(place, topics, context);
  } catch (error) {
    const reason = error instanceof UserError ? error.message : `Unexpected: ${String((error as Error).stack)}`;
    return topics.map((topic) => notCompared(topic, reason));
  }
}

function unreadable({ properties }: DeclaredTopic): TopicDrift {
  const text = fromProperties(properties)
    .problems.map(({ code, message }) => `${code}: ${message}`)
    .join('; ');
  return { topicName: String(properties.TopicName), differences: [{ kind: 'Refused', text }] };
}

async function compare(
  place: TopicPlace,
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
  for (const { differences, failure, topicName } of topics) {
    if (failure !== undefined) context.log('topic not compared', { topicName, reason: failure });
    else context.log(differences.length > 0 ? 'topic differs' : 'topic is as declared', { topicName, differences });
  }
  const cluster = { 'Cluster Name': clusterName };
  const count = (is: (topic: TopicDrift) => boolean) => topics.filter(is).length;
  context.measure(
    'TopicDriftFailed',
    count(({ failure }) => failure !== undefined),
    cluster,
  );
  context.measure(
    'TopicDrift',
    count(({ differences }) => differences.length > 0),
    cluster,
  );
  for (const kind of DIFFERENCE_KINDS) {
    const isOfKind = ({ differences }: TopicDrift) => differences.some((one) => one.kind === kind);
    context.measure('TopicDrift', count(isOfKind), { ...cluster, Difference: kind });
  }
}
