import type { TopicSpec } from '../../lib/model/wire/topic';
import { Refusal } from '../refusal';
import type { ApplyJob } from './job';
import type { ObservedTopic } from './observed';

const partitions = (count: number) => `${count} partition${count === 1 ? '' : 's'}`;

export function existing({ topicName }: TopicSpec, live: ObservedTopic): never {
  const unread = live.led ? '' : ', with a partition without a leader, so nobody can say whether it holds records';
  const shape = `${partitions(live.partitionCount)}, replication factor ${live.replicationFactor}${unread}`;
  const origin = 'a person, another stack, or a construct that was renamed';
  throw new Refusal('TopicExists', `topic '${topicName}' already exists (${shape}), created by ${origin}`, {
    fix: "set 'onExisting' to adopt to manage it from this stack, or choose another 'topicName'",
  });
}

export function adoption({ partitionCount, replicationFactor, topicName }: TopicSpec, live: ObservedTopic): never {
  const what =
    `topic '${topicName}' cannot be adopted: it has ${partitions(live.partitionCount)} with replication factor ` +
    `${live.replicationFactor}, but ${partitionCount} with replication factor ${replicationFactor} were requested`;
  throw new Refusal('AdoptionRefused', what, {
    fix: `set 'partitionCount' to ${live.partitionCount} or more and 'replicationFactor' to ${live.replicationFactor}`,
  });
}

export function decrease({ topicName, partitionCount }: TopicSpec, live: ObservedTopic): never {
  const what = `topic '${topicName}' has ${partitions(live.partitionCount)} but ${partitionCount} were requested; Kafka cannot reduce the number of partitions`;
  throw new Refusal('PartitionDecrease', what, {
    fix: `set 'partitionCount' to ${live.partitionCount} or more, set 'onPartitionDecrease' to keep, or create a new topic`,
  });
}

export function replicationFactor({ topicName, replicationFactor: requested }: TopicSpec, live: ObservedTopic): never {
  const what = `topic '${topicName}' has replication factor ${live.replicationFactor} but ${requested} was requested; a deployment cannot move replicas, which takes hours`;
  throw new Refusal('ReplicationFactorChange', what, {
    fix:
      `reassign the partitions with kafka-reassign-partitions.sh (--generate, --execute with ${requested} replicas each, --verify), ` +
      'then deploy again: once the topic has the new factor, nothing is written',
  });
}

export function otherCluster({ desired, identity }: ApplyJob, clusterId: string): never {
  const what = `topic '${desired.topicName}' is on the Kafka cluster ${identity?.clusterId}, but ${clusterId} answers at the address of its cluster, whose ARN has not changed`;
  throw new Refusal('ClusterMismatch', what, {
    fix: "check DNS and proxies between the worker and the brokers; to move a topic, declare the other cluster's ARN",
  });
}

export function replacement({ desired, identity }: ApplyJob, records?: bigint): never {
  const old = identity?.name ?? '';
  const held = records === undefined ? 'an unknown number of records' : `${records} records`;
  const what = `topic '${old}' would be replaced by '${desired.topicName}' and deleted, along with ${held}`;
  throw new Refusal('ReplaceRefused', what, {
    fix: "set the removal policy of the topic to RETAIN, or 'allowDataLoss' to true if the records may be deleted",
  });
}
