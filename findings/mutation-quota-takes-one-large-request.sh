#!/usr/bin/env bash
# A controller mutation quota of one partition a second lets a single request create 500 partitions at once.
#
# Versions: Apache Kafka 4.2.2 (KRaft), @platformatic/kafka 2.12.1, CreateTopics version 7, Node.js 24.21.0.
#
# One would expect the request to be refused or slowed down. The quota is a bucket that refills with the rate and holds 11 seconds of it
# (quota.window.num). A request passes whenever the bucket is not empty, whatever its size, and its size is then taken out of the bucket,
# which goes far below zero. The next request, for a single partition, is refused for as long as it takes to refill: minutes here. So a
# deployment with one large topic goes through, and the small topics after it wait.
#
# Output seen (the seconds are rounded to hundreds):
#   500 partitions in one request: NONE
#   1 partition in the next request: THROTTLING_QUOTA_EXCEEDED, told to wait about 500 s
. "$(dirname "$0")/support/kafka.sh"
start_kafka 4.2.2
cat > "$WORK/probe.mjs" << 'JS'
import { alterClientQuotasV1, Connection, createTopicsV7, protocolErrorsCodesById } from '@platformatic/kafka';

const [host, port] = process.argv[2].split(':');
const connection = new Connection('finding', {});
await connection.connect(host, Number(port));
const quota = { key: 'controller_mutation_rate', value: 1, remove: false };
const everyClient = [{ entityType: 'client-id', entityName: null }];
await alterClientQuotasV1.api.async(connection, [{ entities: everyClient, ops: [quota] }], false);
await new Promise((resolve) => setTimeout(resolve, 2_000)); // until the controller applies it

async function create(name, numPartitions) {
  const topics = [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }];
  const answer = await createTopicsV7.api.async(connection, topics, 30_000, false).catch((error) => error.response ?? error.errors[0].response);
  const [{ errorCode }] = answer.topics;
  return { error: protocolErrorsCodesById[errorCode] ?? 'NONE', seconds: Math.round(answer.throttleTimeMs / 100_000) * 100 };
}

console.log(`500 partitions in one request: ${(await create('large', 500)).error}`);
const { error, seconds } = await create('small', 1);
console.log(`1 partition in the next request: ${error}, told to wait about ${seconds} s`);
await connection.close();
JS
run_probe @platformatic/kafka@2.12.1
diff "$WORK/seen" - << 'SEEN'
500 partitions in one request: NONE
1 partition in the next request: THROTTLING_QUOTA_EXCEEDED, told to wait about 500 s
SEEN
