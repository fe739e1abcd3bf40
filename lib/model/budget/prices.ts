import facts from '../facts/prices.json';
import type { Demand } from './demand';
import type { Shape } from './limits';

/** Prices of one Region, by month where the name does not say hour. A figure that is missing is unknown. */
export interface PriceFigures {
  readonly brokerHour?: Readonly<Record<string, number | undefined>>;
  readonly storageGBMonth?: number;
  readonly tieredStorageGBMonth?: number;
  readonly provisionedThroughputMiBpsMonth?: number;
  readonly expressStorageGBMonth?: number;
  readonly expressDataInGB?: number;
  readonly serverlessClusterHour?: number;
  readonly serverlessPartitionHour?: number;
  readonly serverlessDataInGB?: number;
  readonly serverlessDataOutGB?: number;
  readonly serverlessStorageGBMonth?: number;
}

/** The user's own prices, which take precedence over those of the Region, one by one. */
export interface OwnPrices extends PriceFigures {
  readonly currency: string;
  readonly source: string;
}

/** Prices, and where they come from. */
export interface PriceList {
  readonly currency: string;
  readonly source: string;
  readonly figures: PriceFigures;
}

/** The prices to use. Those of a Region are not mixed with prices in another currency. */
export function priceListOf(region?: string, own?: OwnPrices): PriceList {
  const table = (facts.regions as Readonly<Record<string, PriceFigures & { source: readonly string[] }>>)[region ?? ''];
  const usable = table !== undefined && (own === undefined || own.currency === facts.currency);
  const sources = [
    ...(own ? [own.source] : []),
    ...(usable ? [`list prices of ${region}, read on ${facts.read}`] : []),
  ];
  const { brokerHour, ...others } = usable ? table : ({} as PriceFigures);
  const { currency = facts.currency, ...figures } = own ?? {};
  return {
    currency,
    source: sources.join('; ') || noPrices(region),
    figures: { ...others, ...figures, brokerHour: { ...brokerHour, ...own?.brokerHour } },
  };
}

const noPrices = (region?: string) =>
  region === undefined ? 'the Region is not known, so there are no prices' : `no prices are known for ${region}`;

/** One item of the monthly bill. */
export interface CostItem {
  readonly what: string;
  readonly quantity: number;
  /** Missing if it is unknown. */
  readonly price?: number;
}

/** AWS's sizing script counts months as it. */
const HOURS = 730;

const GIB_PER_MB = 1e6 / 1024 ** 3;

/** MB/s all month long, in GiB. */
const perMonth = (rate: number) => rate * GIB_PER_MB * 3600 * HOURS;

/**
 * What a cluster of a shape costs in a month, without data transfer between zones, which is billed with the clients.
 *
 * @see https://aws.amazon.com/msk/pricing/
 */
export function costOf(shape: Shape, demand: Demand, { figures }: PriceList): CostItem[] {
  const { brokers = NaN, instanceType = '', kind, volumeGiB = NaN, volumeMiBps } = shape;
  const hours = { what: 'broker-hours', quantity: brokers * HOURS, price: figures.brokerHour?.[instanceType] };
  const dataIn = perMonth(demand.averageIngressMBps);
  if (kind === 'serverless') {
    const partitions = demand.compactedPartitions + demand.otherPartitions;
    return [
      { what: 'cluster-hours', quantity: HOURS, price: figures.serverlessClusterHour },
      { what: 'partition-hours', quantity: partitions * HOURS, price: figures.serverlessPartitionHour },
      { what: 'GB in', quantity: dataIn, price: figures.serverlessDataInGB },
      { what: 'GB out', quantity: perMonth(demand.averageEgressMBps), price: figures.serverlessDataOutGB },
      { what: 'GB-months of storage', quantity: demand.storedGiB, price: figures.serverlessStorageGBMonth },
    ];
  }
  if (kind === 'express') {
    return [
      hours,
      { what: 'GB in', quantity: dataIn, price: figures.expressDataInGB },
      { what: 'GB-months of storage', quantity: demand.storedGiB, price: figures.expressStorageGBMonth },
    ];
  }
  const throughput = (volumeMiBps ?? 0) * brokers;
  const items = [
    hours,
    { what: 'GB-months of volumes', quantity: brokers * volumeGiB, price: figures.storageGBMonth },
    { what: 'GB-months of tiered storage', quantity: demand.tieredGiB, price: figures.tieredStorageGBMonth },
    { what: 'MiB/s-months of throughput', quantity: throughput, price: figures.provisionedThroughputMiBpsMonth },
  ];
  return items.filter(({ quantity }) => quantity !== 0);
}

/** Undefined if a price or a quantity is unknown. */
export function totalOf(items: readonly CostItem[]): number | undefined {
  const total = items.reduce((sum, { price = NaN, quantity }) => sum + (quantity === 0 ? 0 : quantity * price), 0);
  return Number.isNaN(total) ? undefined : total;
}
