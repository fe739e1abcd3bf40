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
. "$(dirname "$0")/support/kafka.sh"
start_kafka 4.2.2
cat > "$WORK/probe.mjs" << 'JS'
import { Connection, createTopicsV7, metadataV12 } from '@platformatic/kafka';

const [host, port] = process.argv[2].split(':');
const connection = new Connection('finding', {});
await connection.connect(host, Number(port));
const ask = (topics) => metadataV12.api.async(connection, topics, false, false);
const shown = ({ topics }) => topics.filter(({ errorCode }) => errorCode === 0).map(({ name }) => name).sort().join(', ');

const topic = (name) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] });
await createTopicsV7.api.async(connection, [topic('a'), topic('b')], 10_000, false);
let known = await ask([{ name: 'a' }, { name: 'b' }]);
while (shown(known) !== 'a, b') known = await ask([{ name: 'a' }, { name: 'b' }]); // the broker learns of new topics a little later
const { topicId } = known.topics.find(({ name }) => name === 'b');

console.log(`by name: ${shown(await ask([{ name: 'a' }]))}`);
console.log(`by ID: ${shown(await ask([{ name: null, topicId }]))}`);
console.log(`both in one request: ${shown(await ask([{ name: 'a' }, { name: null, topicId }]))}`);
await connection.close();
JS
run_probe @platformatic/kafka@2.12.1
diff "$WORK/seen" - << 'SEEN'
by name: a
by ID: b
both in one request: b
SEEN
