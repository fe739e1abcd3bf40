import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { javaTool, sharing } from '../local/kafka/artifacts';
import type { BrokerSet } from '../local/kafka/broker-set';

const run = promisify(execFile);

export interface Load {
  readonly topic: string;
  readonly records: number;
  readonly recordBytes: number;
  /** The maximum number of records per second. */
  readonly recordsPerSecond: number;
}

/** The producer's own report. */
export interface Produced {
  readonly records: number;
  readonly seconds: number;
  readonly maxLatencyMs: number;
}

const SUM = /^(\d+) records sent, ([\d.]+) records\/sec .* ms avg latency, ([\d.]+) ms max latency, .* 99\.9th\.$/m;

/** Runs `kafka-producer-perf-test` with acks=all. */
export async function produceLoad(set: BrokerSet, load: Load): Promise<Produced> {
  const said = await tool(set, 'ProducerPerformance', [
    ...['--topic', load.topic, '--num-records', String(load.records), '--record-size', String(load.recordBytes)],
    ...['--throughput', String(load.recordsPerSecond), '--producer-props', 'acks=all'],
    `bootstrap.servers=${set.bootstrap.plaintext}`,
  ]);
  const [, records, rate, latency] = SUM.exec(said) ?? [];
  return { records: Number(records), seconds: Number(records) / Number(rate), maxLatencyMs: Number(latency) };
}

/** Runs `kafka-consumer-perf-test` until it has read all records, and returns the number of bytes that it reports. */
export async function consumeLoad(set: BrokerSet, load: Load): Promise<number> {
  const said = await tool(set, 'ConsumerPerformance', [
    ...['--topic', load.topic, '--messages', String(load.records), '--bootstrap-server', set.bootstrap.plaintext],
    ...['--hide-header', '--timeout', '60000'],
  ]);
  const [, , megabytes] = said.trim().split('\n').at(-1)!.split(', ');
  return Number(megabytes) * 1024 * 1024;
}

async function tool(set: BrokerSet, name: string, args: readonly string[]): Promise<string> {
  const logs = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  const jvm = [
    '-Xmx160m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xlog:disable',
    ...sharing(set.artifacts.clientArchive, set.artifacts.archive),
    logs,
  ];
  const program = ['-cp', set.artifacts.classpath, `org.apache.kafka.tools.${name}`];
  const { stdout } = await run(javaTool('java'), [...jvm, ...program, ...args]);
  return stdout;
}
