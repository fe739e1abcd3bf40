import { knownClusterName } from '../../../lib/model/arns';
import { fromOldProperties, type TopicPlace } from '../../../lib/model/wire/topic';
import { UserError } from '../../../engine/refusal';
import type { DeclaredTopic, DifferenceKind, TopicDrift } from '../../../engine/calls';
import { chooseListener, clusterNotFound } from '../listener';
import type { Surroundings } from '../surroundings';

/** What the schedule sends: the topics of one cluster in one stack, as they are declared. */
export interface DriftEvent {
  readonly Report: 'TopicDrift';
  readonly Topics: readonly (Readonly<Record<string, unknown>> & { readonly PhysicalId: string })[];
}

const KINDS: readonly DifferenceKind[] = [
  'Missing',
  'MadeAgain',
  'OtherCluster',
  'PartitionCount',
  'ReplicationFactor',
  'Configs',
  'Refused',
];
const PATIENCE_MS = 60_000;

/** Compares, and touches nothing: a line in the log for each topic, a metric for each kind of difference. */
export async function reportTopicDrift({ Topics }: DriftEvent, around: Surroundings): Promise<void> {
  for (const topics of Map.groupBy(Topics, listenerKey).values()) {
    const place = fromOldProperties(topics[0]).place as TopicPlace;
    const declared = topics.map(({ PhysicalId, ...properties }) => ({ physicalId: PhysicalId, properties }));
    tell(await compare(place, declared, around), knownClusterName(place.clusterArn), around);
  }
}

/** Topics of one call have their brokers and their secret in common. */
const listenerKey = ({ ClusterArn, Secret, Worker }: Readonly<Record<string, unknown>>) =>
  JSON.stringify([ClusterArn, Worker, Secret]);

async function compare(
  place: TopicPlace,
  topics: readonly DeclaredTopic[],
  { aws, deadline, time }: Surroundings,
): Promise<readonly TopicDrift[]> {
  const brokers = await aws.bootstrapBrokers(place.clusterArn);
  if (!brokers) throw clusterNotFound(place.clusterArn);
  const listener = await chooseListener(place, brokers, aws);
  const call = {
    requestType: 'Report',
    topics,
    ...listener,
    patienceMs: PATIENCE_MS,
    budgetMs: deadline - time.now(),
  } as const;
  const answer = await aws.report(place.worker, call);
  if ('refusal' in answer) throw new UserError(answer.refusal.code, answer.refusal.message);
  return answer.topics;
}

function tell(topics: readonly TopicDrift[], clusterName: string, around: Surroundings): void {
  for (const { differences, topicName } of topics)
    around.log(differences.length > 0 ? 'topic differs' : 'topic is as declared', { topicName, differences });
  const cluster = { 'Cluster Name': clusterName };
  around.measure('TopicDrift', topics.filter(({ differences }) => differences.length > 0).length, cluster);
  for (const kind of KINDS) {
    const count = topics.filter(({ differences }) => differences.some((one) => one.kind === kind)).length;
    around.measure('TopicDrift', count, { ...cluster, Difference: kind });
  }
}
