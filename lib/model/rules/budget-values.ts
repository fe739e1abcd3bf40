import { type Finding, finding } from '../finding';

interface Range {
  readonly min: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}

const AMOUNT: Range = { min: 0 };

/** All other numbers of a budget are prices. */
const RANGES: Readonly<Record<string, Range | undefined>> = {
  ingressMBps: AMOUNT,
  egressMBps: AMOUNT,
  consumerGroups: { min: 0, isWhole: true },
  partitionCount: { min: 1, isWhole: true },
  replicationFactor: { min: 1, isWhole: true },
  connections: AMOUNT,
  connectionsPerSecond: AMOUNT,
  peakFactor: { min: 1 },
  maxUtilizationPercent: { min: 1, max: 100 },
  storageHeadroomPercent: AMOUNT,
};

/**
 * Checks the numbers among the values that a budget sets, or sets for one topic. What is not known at synthesis is missing.
 *
 * @param place where the values are, as messages say it, such as ` of topic 'orders'`
 */
export function budgetValueFindings(values: object, place = ''): Finding[] {
  return Object.entries(values).flatMap(([prop, value]: [string, unknown]) => {
    if (typeof value !== 'number') return [];
    const { isWhole = false, max = Number.MAX_VALUE, min } = RANGES[prop] ?? AMOUNT;
    if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return [];
    const range = max === Number.MAX_VALUE ? `of ${min} or more` : `from ${min} to ${max}`;
    const message = `'${prop}'${place} of the budget must be a ${isWhole ? 'whole ' : ''}number ${range}, got ${value}`;
    return [finding('BudgetValue', message)];
  });
}

/** A topic in a budget, as far as it is known at synthesis. */
export interface BudgetTopicValues {
  readonly topicName?: string;
  readonly consumerGroups?: number;
  readonly egressMBps?: number;
}

export function budgetTopicFindings(topics: readonly BudgetTopicValues[]): Finding[] {
  const names = topics.map(({ topicName }) => topicName);
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return [
    ...repeated.map((name) =>
      finding(
        'BudgetTopicTwice',
        `'topics' of the budget has '${name}' more than once; add up its traffic in one of them`,
      ),
    ),
    ...topics.flatMap(egressFindings),
  ];
}

function egressFindings({ consumerGroups, egressMBps, topicName }: BudgetTopicValues): Finding[] {
  if (consumerGroups === undefined || egressMBps === undefined) return [];
  const message = `'consumerGroups' and 'egressMBps' of topic '${topicName}' of the budget say the same thing, got ${consumerGroups} and ${egressMBps}; remove one of them`;
  return [finding('BudgetEgressTwice', message)];
}
