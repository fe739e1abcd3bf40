import { TOPIC_RESOURCE_TYPE } from '../../lib/model/wire/topic';
import type { Outcome, ResourceKind, Result } from '../resource';
import { apply, preflight, undo } from './apply';
import { topicAttributes } from './attributes';
import { topicFailures } from './failures';
import { type Mark, type PreviousTopic, type TopicIdentity, topicIds } from './identity';
import { type ApplyJob, read } from './job';
import { observe } from './observe';
import { createdIn, expectedPartitions, mayHaveCreated } from './outcome';
import { isPristine, plan } from './plan';
import { shows } from './settle';
import type { TopicTypes } from './types';

/** One topic: `Custom::KafkaTopic`. */
export const topicKind: ResourceKind<TopicTypes> = {
  ...topicFailures,
  resourceType: TOPIC_RESOURCE_TYPE,
  ids: topicIds,
  read,
  observe,
  plan,
  preflight,
  apply,
  shows,
  undo,
  result,
};

function result(outcome: Outcome<TopicTypes>): Result<TopicIdentity> {
  const { job, plan: decided, progress, seen } = outcome;
  const { desired, identity: before, place } = job as ApplyJob;
  if (decided.isLeft && before) return leftAsItIs(before, job as ApplyJob);
  const topicId = createdIn(progress) ?? seen.topic?.topicId ?? '';
  const name = desired.topicName;
  const own = { mark: markOf(outcome), clusterId: seen.clusterId, topicId, name };
  const identity = { ...own, previous: previousOf(job as ApplyJob, own) };
  const partitionCount = expectedPartitions(desired, seen);
  return { identity, attributes: topicAttributes(place.clusterArn, { name, partitionCount, topicId }) };
}

function leftAsItIs(identity: TopicIdentity, { desired, place, previous, previousClusterArn }: ApplyJob) {
  const partitionCount = previous.partitionCount ?? desired.partitionCount;
  const attributes = topicAttributes(previousClusterArn ?? place.clusterArn, { ...identity, partitionCount });
  return { identity, attributes };
}

/** What this very call saw absent and then requested was created by it, also if the answer was lost. */
function markOf({ job, plan: { mark }, progress, seen }: Outcome<TopicTypes>): Mark {
  const { identity } = job;
  const isOurs = job.request !== 'Delete' && mayHaveCreated(progress) && isPristine(job, seen.topic);
  return isOurs ? 'c' : (mark ?? identity?.mark ?? 'c');
}

/** The ID of a topic never changes; that of a new topic says which one it replaces. */
function previousOf({ desired, identity }: ApplyJob, { clusterId, topicId }: TopicIdentity): PreviousTopic | undefined {
  if (!identity || (identity.topicId === topicId && identity.clusterId === clusterId)) return identity?.previous;
  const { clusterId: oldCluster, mark, topicId: oldTopic } = identity;
  const isMoved = identity.name !== desired.topicName || oldCluster !== clusterId;
  if (!isMoved || identity.previous?.topicId === topicId) return undefined;
  return { mark, clusterId: oldCluster, topicId: oldTopic, mayLoseRecords: desired.allowDataLoss };
}
