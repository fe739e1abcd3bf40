import instances from '../facts/instance-types.json';
import limits from '../facts/limits.json';
import type { ClusterKind } from '../wire/topic';
import { type BudgetSettings, type Demand, demandOf } from './demand';
import { fits, type Row, rowsOf, type Shape } from './limits';
import { type CostItem, costOf, type PriceList, totalOf } from './prices';
import type { TopicLoad } from './workload';

/** What all candidates are measured by. */
export interface Measure {
  readonly loads: readonly TopicLoad[];
  readonly settings: BudgetSettings;
  readonly prices: PriceList;
  /** Number of zones of Standard brokers. */
  readonly zones: number;
  readonly kraft: boolean;
  readonly iam: boolean;
}

/** A cluster, what is needed of it, and what it costs in a month. */
export interface Assessment {
  readonly shape: Shape;
  readonly demand: Demand;
  readonly rows: readonly Row[];
  /** Missing if a limit is not known. */
  readonly fits?: boolean;
  readonly costs: readonly CostItem[];
  /** Missing if a price is not known. */
  readonly total?: number;
}

/** Express brokers always keep three replicas, in three zones. */
const EXPRESS_REPLICAS = 3;

export function assess(shape: Shape, { loads, prices, settings }: Measure): Assessment {
  const demand = demandOf(loads, settings, shape.kind === 'express' ? EXPRESS_REPLICAS : undefined);
  const rows = rowsOf(shape, demand, settings);
  const costs = costOf(shape, demand, prices);
  return { shape, demand, rows, fits: fits(rows), costs, total: totalOf(costs) };
}

/** For each kind, the smallest cluster of each type that fits, the cheapest first. */
export function candidatesOf(measure: Measure): Readonly<Record<ClusterKind, readonly Assessment[]>> {
  const serverless = assess({ kind: 'serverless', iam: true }, measure);
  return {
    standard: ranked(instances.standard.flatMap(({ type }) => smallest('standard', type, measure))),
    express: ranked(instances.express.flatMap(({ type }) => smallest('express', type, measure))),
    serverless: serverless.fits ? [serverless] : [],
  };
}

/** The cheapest one of all whose price is known. */
export const cheapestOf = (candidates: ReturnType<typeof candidatesOf>): Assessment | undefined =>
  ranked(Object.values(candidates).flat()).find(({ total }) => total !== undefined);

/** The fewest brokers of a type that fit, if the quota of a cluster allows for them. */
function smallest(kind: 'standard' | 'express', instanceType: string, measure: Measure): Assessment[] {
  const step = kind === 'express' ? EXPRESS_REPLICAS : measure.zones;
  const most = limits.brokersPerCluster[measure.kraft ? 'kraft' : 'zookeeper'];
  const shape = { kind, instanceType, iam: measure.iam };
  for (let brokers = step; brokers <= most; brokers += step) {
    const found = assess({ ...shape, brokers, maxVolumeGiB: limits.brokerVolumeGiB.max }, measure);
    if (!found.fits || brokers < found.demand.mostReplicas) continue;
    return kind === 'express' ? [found] : [assess({ ...shape, brokers, volumeGiB: volumeOf(found, measure) }, measure)];
  }
  return [];
}

/** The volume of one broker, in whole GiB. */
function volumeOf({ demand, shape: { brokers = 1 } }: Assessment, { settings }: Measure): number {
  const needed = (demand.volumesGiB * (1 + settings.storageHeadroom)) / brokers;
  return Math.max(limits.brokerVolumeGiB.min, Math.ceil(needed));
}

/** By price, and without prices by vCPUs. */
function ranked(candidates: readonly Assessment[]): Assessment[] {
  const key = ({ shape, total = Infinity }: Assessment) => [total, cpusOf(shape), shape.brokers ?? 0];
  return [...candidates].sort((one, other) => {
    const [left, right] = [key(one), key(other)];
    const index = left.findIndex((value, at) => value !== right[at]);
    return index === -1 ? 0 : left[index] - right[index];
  });
}

const TYPES = [...instances.standard, ...instances.express];

const cpusOf = ({ brokers = 0, instanceType }: Shape) =>
  brokers * (TYPES.find(({ type }) => type === instanceType)?.vcpu ?? 0);
