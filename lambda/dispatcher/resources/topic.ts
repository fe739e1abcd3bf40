import { topicAttributes } from '../../../engine/topics/attributes';
import { type TopicIdentity, topicIds } from '../../../engine/topics/identity';
import { fromOldProperties, fromProperties, type TopicSpec } from '../../../lib/model/wire/topic';
import type { BrokerResourceKind, DeclaredResource, Place } from './broker-resource-kind';

interface TopicProperties extends DeclaredResource {
  readonly spec: Partial<TopicSpec>;
}

/** One topic, as the dispatcher sees it. */
export const topic: BrokerResourceKind<TopicIdentity, TopicProperties> = {
  noun: 'topic',
  warnings: {
    kept: (reason) => `TopicKept: ${reason}`,
    notRolledBack: (reason) => `TopicNotRolledBack: ${reason}`,
  },
  ids: topicIds,
  read: (properties) => declared(fromProperties(properties).request),
  readOld: (properties) => declared(fromOldProperties(properties)),
  nameOf: ({ name }) => name,
  isNeverDeleted: ({ mark }) => mark === 'a',
  isSame: (one, other) => one.topicId === other.topicId && one.clusterId === other.clusterId,
  isDeclaredBy: ({ name }, { spec }) => name === spec.topicName,
  attributes: ({ name, topicId }, { place, spec }) =>
    topicAttributes(place.clusterArn ?? '', { name, topicId, partitionCount: spec.partitionCount ?? 0 }),
};

function declared({ place, spec }: { place: Partial<Place>; spec: Partial<TopicSpec> }): TopicProperties {
  return { place, spec, onUnreachable: spec.onUnreachable };
}
