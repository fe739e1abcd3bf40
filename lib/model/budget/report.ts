import type { ClusterKind } from '../wire/topic';
import { type Assessment, assess, candidatesOf, cheapestOf, type Measure } from './candidates';
import type { BudgetSettings } from './demand';
import type { Shape } from './limits';
import { type OwnPrices, type PriceList, priceListOf } from './prices';
import { type DeclaredTopic, type Traffic, type Workload, workloadOf } from './workload';

/** Everything that a budget is computed from. */
export interface BudgetInput {
  readonly path: string;
  readonly shape: Shape;
  readonly zones?: number;
  readonly kraft?: boolean;
  readonly region?: string;
  readonly serverProperties: Readonly<Record<string, string>>;
  readonly declared: readonly DeclaredTopic[];
  readonly traffic: readonly Traffic[];
  readonly settings: BudgetSettings;
  readonly prices?: OwnPrices;
}

/** What a cluster needs, whether it has it, what it costs, and which clusters would do. */
export interface BudgetReport {
  readonly path: string;
  readonly workload: Workload;
  readonly settings: BudgetSettings;
  readonly prices: PriceList;
  readonly cluster: Assessment;
  /** The same for the declared topics without those that only the budget names. */
  readonly declaredOnly: Assessment;
  readonly candidates: Readonly<Record<ClusterKind, readonly Assessment[]>>;
  readonly cheapest?: Assessment;
}

/** The usual number of zones, and that of Express brokers. */
const USUAL_ZONES = 3;

export function budgetReport(input: BudgetInput): BudgetReport {
  const { kraft = true, path, settings, shape, zones = USUAL_ZONES } = input;
  const workload = workloadOf(input.declared, input.traffic, {
    serverProperties: input.serverProperties,
    replicationFactor: zones,
  });
  const prices = priceListOf(input.region, input.prices);
  const measure: Measure = { loads: workload.loads, settings, prices, zones, kraft, iam: shape.iam };
  const declared = workload.loads.filter(({ isDeclared }) => isDeclared);
  const candidates = candidatesOf(measure);
  return {
    path,
    workload,
    settings,
    prices,
    cluster: assess(shape, measure),
    declaredOnly: assess(shape, { ...measure, loads: declared }),
    candidates,
    cheapest: cheapestOf(candidates),
  };
}
