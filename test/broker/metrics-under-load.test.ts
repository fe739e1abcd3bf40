import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { BrokerLogAlarms } from '../../lib';
import { until } from '../../local/readiness';
import { CONTROLLER_ID } from '../../local/kafka/server-properties';
import { beansOf, KAFKA_METRICS, type KafkaMetric } from '../../testkit/kafka-metrics';
import { consumeLoad, type Load, produceLoad, type Produced } from '../../testkit/performance-tools';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';
import { aStack } from '../../testkit/stacks';

const BROKERS = [1, 2, 3];
const LOAD: Load = { topic: 'load', records: 5_000, recordBytes: 1_000, recordsPerSecond: 2_000 };
const WRITTEN = LOAD.records * LOAD.recordBytes;
/** Bytes per second and broker: far below the load, so that both clients are throttled even on a busy machine. */
const QUOTA = 250_000;
const QUOTAS = { producer_byte_rate: QUOTA, consumer_byte_rate: 200_000 };
/** Beans that have values only during the load. */
const FLEETING = ['type=Produce', 'type=Fetch', 'type=Request', 'type=socket-server-metrics'];

type Attributes = Readonly<Record<string, number | string>>;

let real: RealCluster;
let produced: Produced;
let consumedBytes: number;
/** All beans that were read of each metric, at any time and on any node. */
const seen = new Map<string, Attributes[]>();

const nodesOf = ({ node }: KafkaMetric) => (node === 'broker' ? BROKERS : [CONTROLLER_ID]);

async function look(patterns: readonly string[]): Promise<void> {
  for (const node of [...BROKERS, CONTROLLER_ID]) {
    const beans = Object.assign({}, ...(await Promise.all(patterns.map((one) => real.set.mbeans(node, one)))));
    for (const [name, metric] of KAFKA_METRICS) {
      if (nodesOf(metric).includes(node)) seen.set(name, [...(seen.get(name) ?? []), ...beansOf(metric, beans)]);
    }
  }
}

/** The values of all beans of a metric. */
const read = (name: string, attribute = KAFKA_METRICS.get(name)!.attribute) =>
  seen.get(name)!.map((attributes) => Number(attributes[attribute]));
const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);

beforeAll(async () => {
  // quotas are measured over the last two seconds instead of ten
  real = await aRealCluster({ serverProperties: { 'quota.window.num': 2 } });
  const { inspector, set } = real;
  for (const [quota, most] of Object.entries(QUOTAS)) await inspector.limit(quota, most);
  await inspector.createTopic(LOAD.topic, { partitions: 3, replicationFactor: 3 });
  await inspector.createTopic('strict', {
    partitions: 3,
    replicationFactor: 3,
    configs: { 'min.insync.replicas': '3' },
  });
  await inspector.createTopic('alone', { partitions: 3, replicationFactor: 1 });
  await set.settled();
  const tools = Promise.all([produceLoad(set, LOAD), consumeLoad(set, LOAD)]);
  const over = tools.then(() => true);
  while (!(await Promise.race([over, delay(250, false)]))) await look(FLEETING.map((one) => `kafka.server:${one},*`));
  [produced, consumedBytes] = await tools;
  await look(['kafka.*:*']);
});

afterAll(() => real?.stop());

/** Plausible values after some seconds of load, by unit. A wrong unit would put a value off by a factor of 1000. */
const RANGES: Readonly<Record<string, readonly [least: number, most: () => number]>> = {
  '0 to 1': [0.001, () => 1.05],
  bytes: [1_000, () => 100_000],
  'bytes a second': [0, () => 2 * WRITTEN],
  'a second': [0, () => 2 * LOAD.records],
  count: [0, () => 1_000],
  ms: [0, () => produced.maxLatencyMs],
};

describe('Under load, a broker of Kafka', () => {
  test.each([...KAFKA_METRICS])('has %s, in the unit of our table', (name, { counts, unit }) => {
    const [least, most] = RANGES[unit];
    const largest = Math.max(...read(name));
    expect(largest).toBeGreaterThanOrEqual(least);
    expect(largest).toBeLessThanOrEqual(most());
    for (const { EventType } of counts ? seen.get(name)! : []) expect(EventType).toBe(counts);
  });

  test('counts traffic as the performance tools do, in bytes and in records', () => {
    expect(produced.records).toBe(LOAD.records);
    const [bytesIn, bytesOut, records] = ['BytesInPerSec', 'BytesOutPerSec', 'MessagesInPerSec'].map((name) =>
      sum(read(name, 'Count')),
    );
    expect([bytesIn / WRITTEN, bytesOut / consumedBytes, records / LOAD.records]).toEqual([1, 1, 1].map(aLittleMore));
    expect(sum(read('ReplicationBytesInPerSec', 'Count')) / WRITTEN).toEqual(aLittleMore(2)); // two follower replicas
  });

  test('times the parts of a request in milliseconds of the whole', () => {
    for (const request of ['Produce', 'FetchConsumer', 'FetchFollower']) {
      const mean = (part: string) => read(`${request}${part}TimeMsMean`);
      const whole = mean('Total');
      const parts = ['RequestQueue', 'Local', 'ResponseQueue', 'ResponseSend'].map(mean);
      whole.forEach((total, broker) => {
        expect(total).toBeGreaterThan(0);
        expect(sum(parts.map((each) => each[broker]))).toBeLessThanOrEqual(total + parts.length); // each is rounded
      });
    }
  });

  test('holds clients back for milliseconds, to the bytes a second of their quota', () => {
    const longest = Math.max(...read('ProduceThrottleTime'));
    expect(longest).toBeGreaterThan(10);
    expect(longest).toBeLessThanOrEqual(produced.maxLatencyMs);
    const fastest = Math.max(...read('ProduceThrottleByteRate'));
    expect(fastest / QUOTA).toBeGreaterThan(0.5);
    expect(fastest / QUOTA).toBeLessThan(5);
  });
});

/** The texts in the filter of each alarm. CloudWatch counts a log line that contains one of them. */
function textsOf(): Map<string, string[]> {
  const stack = aStack();
  new BrokerLogAlarms(stack, 'Logs', { clusterName: 'events', logGroup: new LogGroup(stack, 'Brokers') });
  const filters = Object.values(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'));
  return new Map(filters.map(({ Properties }) => textsIn(Properties as Filter)));
}

interface Filter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly { readonly MetricName: string }[];
}

const textsIn = ({ FilterPattern, MetricTransformations }: Filter): [string, string[]] => [
  MetricTransformations[0].MetricName.replace('-events', ''),
  [...FilterPattern.matchAll(/"([^"]+)"/g)].map(([, text]) => text),
];

describe('In its log, a broker of Kafka', () => {
  const texts = textsOf();
  const lines = () => BROKERS.flatMap((broker) => real.set.logOf(broker).split('\n'));
  const found = (alarm: string) => lines().filter((line) => texts.get(alarm)!.some((text) => line.includes(text)));
  const asksFor = async (topic: string, config: Partial<KafkaConfig>) => {
    const brokers = real.set.bootstrap.plaintext.split(',');
    const settings = { retry: { retries: 0 }, logLevel: logLevel.NOTHING, brokers, ...config };
    const admin = new Kafka(settings).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  };

  test('tells of a client that asks for what it may not do', async () => {
    expect(found('AuthorizerDenials')).toEqual([]);
    await real.inspector.allow({ principal: 'User:alice', resource: 'TOPIC', name: 'strict', operations: ['READ'] });
    await real.set.settled();
    await expect(asksFor('strict', {})).rejects.toThrow(/[Nn]ot authorized/);
    expect(found('AuthorizerDenials')).not.toEqual([]);
  });

  test('tells of a client with a wrong password', async () => {
    expect(found('AuthenticationFailures')).toEqual([]);
    const { bootstrap, certificates } = real.set;
    const sasl = { mechanism: 'scram-sha-512', username: 'alice', password: 'wrong' } as const;
    const ssl = { ca: [fs.readFileSync(certificates.ca, 'utf8')] };
    await expect(asksFor('load', { brokers: bootstrap.saslScram.split(','), sasl, ssl })).rejects.toThrow(
      /[Aa]uthentic/,
    );
    const told = () => found('AuthenticationFailures').length > 0; // the line is written after the answer
    await until(told, { what: () => 'a line on it', deadline: Date.now() + 10_000 });
  });
});

describe('Once one of three brokers is offline, Kafka', () => {
  const now = async (name: string, nodes: readonly number[]): Promise<number> => {
    const { domain, bean } = KAFKA_METRICS.get(name)!;
    const beans = await Promise.all(
      nodes.map((node) => real.set.mbeans(node, `${domain}:type=${bean.type},name=${name}`)),
    );
    return sum(beans.flatMap((each) => beansOf(KAFKA_METRICS.get(name)!, each)).map(({ Value }) => Number(Value)));
  };

  test('counts partitions that are offline, under-replicated, and below the minimum', async () => {
    const rest = BROKERS.filter((broker) => broker !== 2);
    const counts = () =>
      Promise.all([
        now('OfflinePartitionsCount', [CONTROLLER_ID]),
        now('UnderMinIsrPartitionCount', rest),
        now('UnderReplicatedPartitions', rest).then((partitions) => partitions >= 6), // and those of __consumer_offsets
      ]);
    expect(await counts()).toEqual([0, 0, false]);
    await real.set.kill(2);
    const isSo = async () => JSON.stringify(await counts()) === JSON.stringify([1, 3, true]);
    await until(isSo, { what: () => 'what one broker less makes of the counts', deadline: Date.now() + 30_000 });
    expect(await now('ActiveControllerCount', [CONTROLLER_ID])).toBe(1);
  });
});

/** Slightly more than a value, because of batch headers and committed offsets. */
const aLittleMore = (than: number) => ({
  asymmetricMatch: (value: number) => value >= than * 0.99 && value <= than * 1.2,
  toString: () => `${than} to ${than * 1.2}`,
});
