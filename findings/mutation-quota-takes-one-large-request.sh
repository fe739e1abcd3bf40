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
WORK=$(mktemp -d)
. "$(dirname "$0")/support/kafka.bash"
start_kafka 4.2.2
probe << 'JS' | tee "$WORK/seen"
const quota = { key: 'controller_mutation_rate', value: 1, remove: false };
const everyClient = [{ entityType: 'client-id', entityName: null }];
await kafka.alterClientQuotasV1.api.async(connection, [{ entities: everyClient, ops: [quota] }], false);

async function create(name, numPartitions) {
  const topics = [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }];
  const refused = (error) => error.response ?? error.errors[0].response;
  const answer = await kafka.createTopicsV7.api.async(connection, topics, 30_000, false).catch(refused);
  const [{ errorCode }] = answer.topics;
  return { error: kafka.protocolErrorsCodesById[errorCode] ?? 'NONE', seconds: Math.round(answer.throttleTimeMs / 100_000) * 100 };
}

let large, small;
// the controller applies the quota a little later
for (let round = 1; round <= 10 && small?.error !== 'THROTTLING_QUOTA_EXCEEDED'; round++) {
  large = await create(`large-${round}`, 500);
  small = await create(`small-${round}`, 1);
}
console.log(`500 partitions in one request: ${large.error}`);
console.log(`1 partition in the next request: ${small.error}, told to wait about ${small.seconds} s`);
JS
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
