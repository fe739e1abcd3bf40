import throughput from '../facts/broker-throughput.json';
import limits from '../facts/limits.json';
import { expressFact, standardFact } from '../fact-lookups';
import type { ClusterKind } from '../wire/topic';
import type { BudgetSettings, Demand } from './demand';

/** A cluster, as far as its limits depend on it. What is not known is missing. */
export interface Shape {
  readonly kind: ClusterKind;
  readonly instanceType?: string;
  /** Number of brokers, which a Serverless cluster does not have. */
  readonly brokers?: number;
  /** The size of the volume of one broker. */
  readonly volumeGiB?: number;
  /** The size to which the volume grows by itself, if it does. */
  readonly maxVolumeGiB?: number;
  /** The provisioned throughput of a volume, if it is provisioned. */
  readonly volumeMiBps?: number;
  /** Whether clients can authenticate with IAM, which limits their connections. */
  readonly iam: boolean;
}

/** What warnings are about. */
export type Dimension = 'partitions' | 'throughput' | 'partitionThroughput' | 'storage' | 'connections';

/** What is needed of a cluster in one respect, and what it has. */
export interface Row {
  readonly dimension: Dimension;
  readonly what: string;
  readonly unit: string;
  readonly needed: number;
  /** Missing if it is not published, or if the cluster is not known well enough. */
  readonly limit?: number;
}

/** Everything that a cluster of a shape has to fulfill. */
export function rowsOf(shape: Shape, demand: Demand, settings: BudgetSettings): Row[] {
  const rows = { standard: standardRows, express: expressRows, serverless: serverlessRows }[shape.kind];
  return [...rows(shape, demand, settings), ...connectionRows(shape, settings)];
}

/** Undefined if a row cannot be judged, and no row that can be is exceeded. */
export function fits(rows: readonly Row[]): boolean | undefined {
  if (rows.some(isExceeded)) return false;
  return rows.some(({ limit }) => limit === undefined) ? undefined : true;
}

/** Sums of rates are not exact. */
const ROUNDING = 1e-9;

export const isExceeded = ({ limit, needed }: Row): boolean => limit !== undefined && needed > limit * (1 + ROUNDING);

const MB_PER_MIB = 1024 ** 2 / 1e6;

/**
 * Equation 1 of AWS's article: the volumes take every record once for each replica, and the network of the brokers sends
 * every record to its consumers and to the other replicas.
 *
 * @see https://aws.amazon.com/blogs/big-data/best-practices-for-right-sizing-your-apache-kafka-clusters-to-optimize-performance-and-cost/
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
 */
function standardRows(shape: Shape, demand: Demand, settings: BudgetSettings): Row[] {
  const { brokers, instanceType, maxVolumeGiB = shape.volumeGiB, volumeMiBps } = shape;
  const broker = throughputOf(instanceType);
  const volume = (volumeMiBps ?? throughput.baselineVolumeMiBps) * MB_PER_MIB;
  const storage = broker && Math.min(broker.ebsMBps, volume) * settings.utilization;
  const network = broker && broker.networkMBps * settings.utilization;
  const stored = demand.volumesGiB * (1 + settings.storageHeadroom);
  return [
    partitionRow(demand, brokers, standardFact(instanceType)?.recommendedPartitions),
    rate('throughput of the volumes', demand.storageMBps, times(brokers, storage)),
    rate('network throughput out of the brokers', demand.networkOutMBps, times(brokers, network)),
    row('storage', 'storage of the volumes', { unit: 'GiB', needed: stored, limit: times(brokers, maxVolumeGiB) }),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota */
function expressRows({ brokers, instanceType }: Shape, demand: Demand): Row[] {
  const broker = expressFact(instanceType);
  return [
    partitionRow(demand, brokers, broker?.recommendedPartitions),
    rate('throughput in', demand.ingressMBps, times(brokers, broker?.ingressSustainedMBps)),
    rate('throughput out', demand.egressMBps, times(brokers, broker?.egressSustainedMBps)),
    partitionRate('in', demand.partitionIngressMBps, limits.expressMBpsPerPartition),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#serverless-quota */
function serverlessRows(_shape: Shape, demand: Demand): Row[] {
  const quota = limits.serverless;
  const [compacted, others] = [demand.compactedPartitions, demand.otherPartitions];
  return [
    row('partitions', 'partitions', { unit: '', needed: others, limit: quota.leaderPartitions }),
    row('partitions', 'partitions with compaction', {
      unit: '',
      needed: compacted,
      limit: quota.compactedLeaderPartitions,
    }),
    rate('throughput in', demand.ingressMBps, quota.ingressMBps),
    rate('throughput out', demand.egressMBps, quota.egressMBps),
    partitionRate('in', demand.partitionIngressMBps, quota.ingressMBpsPerPartition),
    partitionRate('out', demand.partitionEgressMBps, quota.egressMBpsPerPartition),
  ];
}

/** Connections without IAM have no limit that AWS publishes. */
function connectionRows({ brokers, iam, instanceType, kind }: Shape, settings: BudgetSettings): Row[] {
  const { connections, connectionsPerSecond } = settings;
  if (!iam) return [];
  const type = standardFact(instanceType) ?? expressFact(instanceType);
  const [most, mostNew] =
    kind === 'serverless'
      ? [limits.serverless.connections, limits.serverless.connectionAttemptsPerSecond]
      : [times(brokers, limits.iamConnectionsPerBroker), times(brokers, type?.iamNewConnectionsPerSecond)];
  return [
    ...(connections === undefined
      ? []
      : [row('connections', 'connections', { unit: '', needed: connections, limit: most })]),
    ...(connectionsPerSecond === undefined
      ? []
      : [row('connections', 'new connections', { unit: 'per second', needed: connectionsPerSecond, limit: mostNew })]),
  ];
}

type Amount = Pick<Row, 'unit' | 'needed' | 'limit'>;

const row = (dimension: Dimension, what: string, amount: Amount): Row => ({ dimension, what, ...amount });

const rate = (what: string, needed: number, limit?: number) => row('throughput', what, { unit: 'MB/s', needed, limit });

const partitionRate = (direction: 'in' | 'out', needed: number, limit: number) =>
  row('partitionThroughput', `throughput ${direction} of a single partition`, { unit: 'MB/s', needed, limit });

const partitionRow = ({ replicas }: Demand, brokers?: number, perBroker?: number) =>
  row('partitions', "partitions with replicas and Kafka's own", {
    unit: '',
    needed: replicas,
    limit: times(brokers, perBroker),
  });

const times = (brokers?: number, each?: number) =>
  brokers === undefined || each === undefined ? undefined : brokers * each;

/** Undefined for a type without published figures. */
const throughputOf = (type = '') => (throughput.types as Readonly<Record<string, BrokerThroughput | undefined>>)[type];

interface BrokerThroughput {
  readonly ebsMBps: number;
  readonly networkMBps: number;
}
