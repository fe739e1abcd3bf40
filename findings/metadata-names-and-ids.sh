#!/usr/bin/env bash
# A Metadata request can name topics and give topic IDs. If it does both, Kafka answers only for the IDs.
#
# Versions: Apache Kafka 4.2.2 (KRaft), @platformatic/kafka 2.12.1, Metadata version 12, Node.js 24.21.0.
#
# One would expect an answer for each topic in the request, as for any list. The broker looks only at the IDs as soon as one entry has
# an ID: entries with a name are left out of the response, without an error. A client that takes "not in the response" for "does not
# exist" then creates or forgets a topic that is there. So the worker sends two requests.
#
# Output seen:
#   by name: a
#   by ID: b
#   both in one request: b
WORK=$(mktemp -d)
. "$(dirname "$0")/support/kafka.bash"
start_kafka 4.2.2
probe << 'JS' | tee "$WORK/seen"
const ask = (topics) => kafka.metadataV12.api.async(connection, topics, false, false);
const shown = ({ topics }) => topics.filter(({ errorCode }) => errorCode === 0).map(({ name }) => name).sort().join(', ');

const topic = (name) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] });
await kafka.createTopicsV7.api.async(connection, [topic('a'), topic('b')], 10_000, false);
let known;
do known = await ask([{ name: 'a' }, { name: 'b' }]);
while (shown(known) !== 'a, b'); // the broker learns of new topics a little later
const { topicId } = known.topics.find(({ name }) => name === 'b');

console.log(`by name: ${shown(await ask([{ name: 'a' }]))}`);
console.log(`by ID: ${shown(await ask([{ name: null, topicId }]))}`);
console.log(`both in one request: ${shown(await ask([{ name: 'a' }, { name: null, topicId }]))}`);
JS
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
