import type { Assessment } from './candidates';
import type { BudgetReport } from './report';

/** The budget for programs. Numbers have six decimals, and what is not known is missing. */
export function jsonOf({ candidates, cheapest, cluster, path, prices, settings, workload }: BudgetReport): string {
  const content = {
    cluster: path,
    declared: assessmentOf(cluster),
    cheapest: cheapest && assessmentOf(cheapest),
    candidates: Object.fromEntries(Object.entries(candidates).map(([kind, found]) => [kind, found.map(summaryOf)])),
    topics: workload.loads,
    notInBudget: workload.notInBudget,
    unknown: workload.unknown,
    settings,
    prices: { currency: prices.currency, source: prices.source },
  };
  return `${JSON.stringify(content, rounded, 2)}\n`;
}

const summaryOf = ({ shape: { brokers, instanceType, kind, volumeGiB }, total }: Assessment) => ({
  kind,
  instanceType,
  brokers,
  volumeGiB,
  monthlyCost: total,
});

const assessmentOf = (assessment: Assessment) => {
  const { costs, demand, fits, rows } = assessment;
  return { ...summaryOf(assessment), fits, costs, limits: rows, demand };
};

function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  return Number.isNaN(value) ? undefined : Math.round(value * 1e6) / 1e6;
}
