#!/usr/bin/env bash
# A request to add more than 10,000 partitions fails with UNKNOWN_SERVER_ERROR, and 10,000 partitions are there all the same.
#
# Versions: Apache Kafka 4.2.2 (KRaft), @platformatic/kafka 2.12.1, CreatePartitions version 3, CreateTopics version 7,
# Node.js 24.21.0. Kafka 3.7.2 and 3.9.1 do the same.
#
# One would expect a refused request to change nothing, as when CreateTopics is refused for the same reason. The controller collects
# the records of a growth in a list of at most 10,000, reports the partition that did not fit as an error of the topic, and still
# writes the list. Partitions cannot be removed, so an answer with this error leaves open whether the topic has grown. A client that
# repeats the same request then gets a success, for the rest. So the worker adds partitions 10,000 at a time.
#
# Output seen:
#   create a topic with 10001 partitions: POLICY_VIOLATION, then it has 0
#   grow a topic from 1 partition to 10002: UNKNOWN_SERVER_ERROR, then it has 10001
#   the same request again: NONE, then it has 10002
WORK=$(mktemp -d)
. "$(dirname "$0")/support/kafka.bash"
start_kafka 4.2.2
probe << 'JS' | tee "$WORK/seen"
const errorOf = ([result]) => kafka.protocolErrorsCodesById[result.errorCode] ?? 'NONE';
const refused = (error) => error.response ?? error.errors[0].response;

async function create(name, numPartitions) {
  const topics = [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }];
  return errorOf((await kafka.createTopicsV7.api.async(connection, topics, 60_000, false).catch(refused)).topics);
}

async function grow(name, count) {
  const topics = [{ name, count, assignments: null }];
  return errorOf((await kafka.createPartitionsV3.api.async(connection, topics, 60_000, false).catch(refused)).results);
}

/** Counts once the broker knows a topic that was created later, since it learns of all changes in their order. */
async function partitionsOf(name) {
  const marker = `after-${name}-${process.hrtime.bigint()}`;
  await create(marker, 1);
  for (;;) {
    const { topics } = await kafka.metadataV12.api.async(connection, [{ name }, { name: marker }], false, false).catch(refused);
    const counts = Object.fromEntries(topics.map((topic) => [topic.name, topic.partitions.length]));
    if (counts[marker]) return counts[name];
  }
}

const created = await create('large', 10_001);
console.log(`create a topic with 10001 partitions: ${created}, then it has ${await partitionsOf('large')}`);
await create('small', 1);
await partitionsOf('small');
const grown = await grow('small', 10_002);
console.log(`grow a topic from 1 partition to 10002: ${grown}, then it has ${await partitionsOf('small')}`);
const again = await grow('small', 10_002);
console.log(`the same request again: ${again}, then it has ${await partitionsOf('small')}`);
JS
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
