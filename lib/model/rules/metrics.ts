import facts from '../facts/metrics.json';
import { KIND_NAMES } from '../fact-lookups';
import { type Finding, finding } from '../finding';
import type { ClusterKind } from '../wire/topic';

export const LEVELS = ['DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'] as const;
type Level = (typeof LEVELS)[number];

/** One of the ways in which a metric is sent. */
export interface MetricSeries {
  readonly level: Level;
  /** By name, as Metrics Insights wants them. */
  readonly dimensions: readonly string[];
}

/** The parts of a cluster that decide about its metrics; what is undefined is not checked. */
export interface MetricSource {
  readonly kind: ClusterKind;
  readonly kraft?: boolean;
  readonly level?: string;
}

interface FactSet {
  readonly dimensions: readonly string[];
  readonly names: readonly string[];
  readonly alsoWithout?: string;
}

const SETS: Readonly<Record<ClusterKind, Partial<Record<Level, readonly FactSet[]>>>> = {
  standard: facts.standard,
  express: facts.express,
  serverless: facts.serverless,
};
const KINDS = Object.keys(SETS) as ClusterKind[];

/** All ways in which a kind of cluster sends a metric, those of the cheapest level first. */
export function seriesOf(kind: ClusterKind, name: string): MetricSeries[] {
  return LEVELS.flatMap((level) => {
    const sets = SETS[kind][level]?.filter(({ names }) => names.includes(name)) ?? [];
    return sets.flatMap(({ alsoWithout, dimensions }) =>
      [dimensions, dimensions.filter((one) => one !== alsoWithout)].map((some) => ({ level, dimensions: named(some) })),
    );
  });
}

/** The guide prints metrics of partitions without the cluster; their siblings have it. */
const named = (dimensions: readonly string[]) => [...new Set([...dimensions, 'Cluster Name'])].sort();

/** The series with the fewest dimensions that has those asked for, among what the cluster sends. */
export function seriesFor(source: MetricSource, name: string, asked: readonly string[]): MetricSeries | undefined {
  const sent = seriesOf(source.kind, name).filter((one) => has(one, asked) && isSent(source, one));
  return sent.sort((a, b) => a.dimensions.length - b.dimensions.length)[0];
}

const has = ({ dimensions }: MetricSeries, asked: readonly string[]) => asked.every((one) => dimensions.includes(one));

/** A level that AWS adds tomorrow passes. */
function isSent({ kind, level }: MetricSource, series: MetricSeries): boolean {
  const rank = LEVELS.indexOf(level as Level);
  return kind === 'serverless' || rank < 0 || LEVELS.indexOf(series.level) <= rank;
}

/** Why a cluster does not send a metric with these dimensions. */
export function metricFindings(source: MetricSource, name: string, asked: readonly string[] = []): Finding[] {
  if (seriesFor(source, name, asked)) return metadataFindings(source, name);
  const others = KINDS.filter((kind) => seriesOf(kind, name).length > 0);
  if (others.length === 0) {
    return [
      finding(
        'MetricUnknown',
        `'${name}' is not an MSK metric known to this version of cdk-msk; see the metrics in the MSK developer guide`,
      ),
    ];
  }
  const all = seriesOf(source.kind, name);
  if (all.length === 0) {
    const sent = others.map((kind) => KIND_NAMES[kind]).join(' and ');
    return [finding('MetricOfOtherKind', `metric '${name}' is sent by ${sent}, but not by ${KIND_NAMES[source.kind]}`)];
  }
  const higher = all.find((series) => has(series, asked));
  if (!higher) {
    const message = `metric '${name}' has the dimensions ${all[0].dimensions.join(', ')}, but ${asked.join(', ')} was requested`;
    return [finding('MetricDimension', message)];
  }
  const by = asked.length > 0 ? ` with ${asked.join(', ')}` : '';
  const message = `metric '${name}'${by} requires monitoring level ${higher.level} or higher, but the cluster has ${source.level}; raise 'monitoringLevel'`;
  return [finding('MetricNeedsLevel', message)];
}

function metadataFindings({ kraft }: MetricSource, name: string): Finding[] {
  if (!kraft || !facts.zookeeperOnly.includes(name)) return [];
  return [
    finding(
      'MetricOfOtherMetadata',
      `metric '${name}' is sent only by clusters with ZooKeeper, but this cluster uses KRaft`,
    ),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html */
export function groupFindings(consumerGroup?: string): Finding[] {
  if (consumerGroup === undefined || /^[\x20-\x7e]+$/.test(consumerGroup.replace(/[:']/g, '\n'))) return [];
  const message = `MSK sends no lag for consumer group '${consumerGroup}'; its name must consist of printable ASCII characters other than ':' and "'"`;
  return [finding('GroupWithoutLag', message)];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
export function dimensionFindings(values: readonly (readonly [string, string])[]): Finding[] {
  const unfit = values.filter(([, value]) => value.length < 1 || value.length > 255);
  return unfit.map(([dimension, value]) =>
    finding(
      'MetricDimensionLength',
      `dimension '${dimension}' of a metric must have 1 to 255 characters, got ${value.length}`,
    ),
  );
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html */
export function periodFindings(seconds?: number): Finding[] {
  if (seconds === undefined || [1, 5, 10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0)) return [];
  const message = `'period' must be 1, 5, 10, 20 or 30 seconds or a multiple of 60 seconds, got ${seconds} seconds`;
  return [finding('MetricPeriod', message)];
}

/** How the values of many brokers become one: the worst of them, or all together. */
export type Merge = 'MAX' | 'MIN' | 'SUM';

const LEAST = /^(CpuIdle|CPUCreditBalance|BurstBalance|MemoryFree|SwapFree)$|AvgIdlePercent$/;
const TOGETHER =
  /(PerSec|Rate|Packets|Dropped|Errors|Exceeded|Connections|ConnectionCount|ConnectionRequests|LeaderCount|TrafficBytes)$|^Volume.*(Bytes|Ops)$/;

export function mergeOf(name: string): Merge {
  if (LEAST.test(name)) return 'MIN';
  return TOGETHER.test(name) ? 'SUM' : 'MAX';
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/AvgIdlePercent$/, '0 to 1'], // in spite of the name
  [/^Cpu(Idle|IoWait|System|User)$|DiskUsed$|^HeapMemoryAfterGC$|^BurstBalance$/, '%'],
  [/TimeLag/, 'seconds'],
  [/OffsetLag$/, 'records'],
  [/Ms(Mean)?$|^RequestTime$|ThrottleTime$/, 'ms'],
  [/(Bytes.*PerSec|ByteRate)$/, 'bytes a second'],
  [/^(Memory|Swap)|Bytes(Mean)?$|^StorageUsed$/, 'bytes'],
  [/(PerSec|Rate)$/, 'a second'],
];

/** For people. It is never part of a request: CloudWatch finds nothing under a unit that MSK does not send. */
export function unitOf(name: string): string {
  return UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? 'count';
}
