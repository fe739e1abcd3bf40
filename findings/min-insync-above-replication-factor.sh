#!/usr/bin/env bash
# A topic with one replica and min.insync.replicas=2 accepts records of producers with acks=all.
#
# Versions: Apache Kafka 4.2.2 (KRaft), @platformatic/kafka 2.12.1, Node.js 24.21.0. Kafka 3.7.2 and 3.9.2 do the same.
#
# One would expect NOT_ENOUGH_REPLICAS, as the documentation of the config says and as it is when replicas have fallen out of sync.
# A broker compares the replicas in sync with the smaller of the config and the number of replicas. So a value above the replication
# factor protects nothing and blocks nothing: it has the effect of the replication factor itself. The broker accepts the config without
# a word, also when the topic is created. So the library warns of it, and does not refuse it.
#
# Output seen:
#   create with 1 replica and min.insync.replicas=2: NONE
#   produce with acks=all: offset 0
#   the config that the broker shows: 2
WORK=$(mktemp -d)
. "$(dirname "$0")/support/kafka.bash"
start_kafka 4.2.2
probe << 'JS' | tee "$WORK/seen"
const name = 'lonely';
const configs = [{ name: 'min.insync.replicas', value: '2' }];
const topics = [{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs }];
const { topics: created } = await kafka.createTopicsV7.api.async(connection, topics, 60_000, false);
console.log(`create with 1 replica and min.insync.replicas=2: ${kafka.protocolErrorsCodesById[created[0].errorCode] ?? 'NONE'}`);

const { host, port } = connection;
const producer = new kafka.Producer({ clientId: 'finding', bootstrapBrokers: [`${host}:${port}`], retries: 20 });
const { offsets } = await producer.send({ messages: [{ topic: name, value: Buffer.from('a') }], acks: kafka.ProduceAcks.ALL });
console.log(`produce with acks=all: offset ${offsets[0].offset}`);
await producer.close();

const resource = { resourceType: 2, resourceName: name, configurationKeys: ['min.insync.replicas'] };
const { results } = await kafka.describeConfigsV4.api.async(connection, [resource], false, false);
console.log(`the config that the broker shows: ${results[0].configs[0].value}`);
JS
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
