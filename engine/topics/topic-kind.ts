import { TOPIC_RESOURCE_TYPE } from '../../lib/model/wire/topic';
import type { Outcome, ResourceKind, Result } from '../resource';
import { apply, preflight, undo } from './apply';
import { topicAttributes } from './attributes';
import { topicFailures } from './failures';
import { type TopicIdentity, topicIds } from './identity';
import { type ApplyJob, read } from './job';
import { observe } from './observe';
import { createdIn, expectedPartitions } from './outcome';
import { plan } from './plan';
import { isShown } from './settle';
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
  isShown,
  undo,
  result,
};

function result({ job, plan: decided, progress, seen }: Outcome<TopicTypes>): Result<TopicIdentity> {
  const { desired, identity: previous, place } = job as ApplyJob;
  const topicId = createdIn(progress) ?? seen.topic?.topicId ?? '';
  const name = desired.topicName;
  const identity: TopicIdentity = {
    mark: decided.mark ?? previous?.mark ?? 'c',
    clusterId: seen.clusterId,
    topicId,
    name,
  };
  const partitionCount = expectedPartitions(desired, seen);
  return { identity, attributes: topicAttributes(place.clusterArn, { name, partitionCount, topicId }) };
}
