import type { TopicSpec } from '../../lib/model/wire/topic';
import { Refusal } from '../refusal';
import type { ApplyJob } from './job';
import type { ObservedTopic } from './plan';

const partitions = (count: number) => `${count} partition${count === 1 ? '' : 's'}`;

export function existing({ topicName }: TopicSpec, live: ObservedTopic): never {
  const like = `${partitions(live.partitionCount)}, replication factor ${live.replicationFactor}`;
  const maker = 'a person, another stack, or a construct that was renamed';
  throw new Refusal('TopicExists', `topic '${topicName}' already exists (${like}), made by ${maker}`, {
    todo: "set 'onExisting' to adopt to take it over, or choose another 'topicName'",
  });
}

export function adoption({ topicName, ...asked }: TopicSpec, live: ObservedTopic): never {
  const what =
    `topic '${topicName}' cannot be adopted: it has ${partitions(live.partitionCount)} with replication factor ` +
    `${live.replicationFactor}, asked are ${asked.partitionCount} with ${asked.replicationFactor}`;
  throw new Refusal('AdoptionRefused', what, {
    todo: `ask for 'partitionCount' ${live.partitionCount} or more and 'replicationFactor' ${live.replicationFactor}`,
  });
}

export function decrease({ topicName, partitionCount }: TopicSpec, live: ObservedTopic): never {
  const what = `topic '${topicName}' has ${partitions(live.partitionCount)} and ${partitionCount} are asked; Kafka takes none away`;
  throw new Refusal('PartitionDecrease', what, {
    todo: `ask for 'partitionCount' ${live.partitionCount} or more, set 'onPartitionDecrease' to keep, or make a new topic`,
  });
}

export function replicationFactor({ topicName, replicationFactor: asked }: TopicSpec, live: ObservedTopic): never {
  const what = `topic '${topicName}' has replication factor ${live.replicationFactor} and ${asked} is asked; a deployment cannot move replicas, which takes hours`;
  throw new Refusal('ReplicationFactorChange', what, {
    todo:
      `reassign the partitions with kafka-reassign-partitions.sh (--generate, --execute with ${asked} replicas each, --verify), ` +
      'then deploy again: when the topic has the factor, nothing is written',
  });
}

export function replacement({ desired, identity }: ApplyJob, records?: bigint): never {
  const old = identity?.name ?? '';
  const held = records === undefined ? 'records that cannot be counted from here' : `${records} records`;
  const what = `topic '${old}' would be replaced by '${desired.topicName}' and deleted, with ${held}`;
  throw new Refusal('ReplaceRefused', what, {
    todo: "set the removal policy of the topic to RETAIN, or 'allowDataLoss' to true if the records may go",
  });
}
