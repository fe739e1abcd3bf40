import type { Duration, Size } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { type ClusterTraits, traitsOf } from '../../internal/cluster-traits';
import { environmentOf } from '../../internal/environment';
import { isKnown, known, knownText } from '../../internal/validation';
import type * as model from '../../model/budget';
import { isExpressType } from '../../model/fact-lookups';
import { DeclaredTopics } from '../../topics/declared-topics';
import type { BudgetPrices, ClusterBudgetOptions, TopicTraffic } from './budget-options';

type Input = Parameters<typeof model.budgetReport>[0];

/** What a budget is computed from, as far as the app has declared it so far. What is not known at synthesis is missing. */
export function budgetInputOf(cluster: msk.IClusterRef, options: ClusterBudgetOptions): Input {
  const traits = traitsOf(cluster);
  const { settings, zones } = traits;
  const declared = DeclaredTopics.on(cluster).declared.map(({ path, spec }) => ({
    name: spec.topicName,
    path,
    topic: { ...known(spec), ...configsOf(spec.configs), topicName: isKnown(spec.topicName) ? spec.topicName : path },
  }));
  const nameOf = (name: string) =>
    isKnown(name) ? name : (declared.find((one) => one.name === name)?.path ?? 'a name that only the deployment knows');
  return {
    path: cluster.node.path,
    shape: shapeOf(traits),
    zones,
    kraft: settings?.kraft,
    region: environmentOf(cluster).region,
    serverProperties: settings?.serverProperties ?? {},
    declared: declared.map(({ topic }) => topic),
    traffic: (options.topics ?? []).map((one) => trafficOf(one, nameOf(one.topicName))),
    settings: settingsOf(options),
    prices: options.prices && ownPricesOf(options.prices),
  };
}

function shapeOf({ access, brokers, instanceType, kind, settings }: ClusterTraits): Input['shape'] {
  const isExpress = instanceType !== undefined && isExpressType(instanceType);
  return {
    kind: kind ?? (isExpress ? 'express' : 'standard'),
    instanceType,
    brokers,
    volumeGiB: settings?.volumeGiB,
    maxVolumeGiB: settings?.autoscalingMaxGiB,
    volumeMiBps: settings?.throughputMiBps,
    iam: access?.methods.includes('iam') ?? true,
  };
}

function configsOf(configs: Readonly<Record<string, string>>) {
  const unknownConfigs = Object.keys(configs).filter((name) => !isKnown(configs[name]));
  return { configs: known(configs) as Record<string, string>, unknownConfigs };
}

function trafficOf({ retention, stored, ...rates }: TopicTraffic, topicName: string): Input['traffic'][number] {
  return {
    ...known(rates),
    topicName,
    ...(retention && !retention.isUnresolved() && { retentionMs: retention.toMilliseconds() }),
    ...(stored && !stored.isUnresolved() && { storedBytes: stored.toBytes() }),
    isRetentionUnknown: [retention, stored].some((one?: Duration | Size) => one?.isUnresolved()),
  };
}

function settingsOf(options: ClusterBudgetOptions): Input['settings'] {
  const values = known(options);
  const { connections, connectionsPerSecond, maxUtilizationPercent = 80, peakFactor = 1 } = values;
  const { storageHeadroomPercent = 20 } = values;
  return {
    connections,
    connectionsPerSecond,
    peakFactor,
    utilization: maxUtilizationPercent / 100,
    storageHeadroom: storageHeadroomPercent / 100,
  };
}

/** A price that only the deployment knows is unknown, rather than that of the Region. */
function ownPricesOf({ brokerHour = {}, ...prices }: BudgetPrices): Input['prices'] {
  const figures = { ...withoutTokens(prices), brokerHour: withoutTokens(brokerHour) };
  return {
    ...figures,
    currency: knownText(prices.currency) ?? 'USD',
    source: knownText(prices.source) ?? 'own prices',
  };
}

const withoutTokens = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]: [string, unknown]) => [name, isKnown(value) ? value : undefined]),
  ) as Partial<T>;
