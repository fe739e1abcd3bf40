import type { Assessment } from '../budget/candidates';
import { type Dimension, isExceeded, type Row } from '../budget/limits';
import type { BudgetReport } from '../budget/report';
import { amountText, shapeText } from '../budget/words';
import { type Finding, finding } from '../finding';
import type { ClusterKind } from '../wire/topic';
import type { RuleId } from './catalog';

const RULE_OF: Readonly<Record<Dimension, RuleId>> = {
  partitions: 'BudgetPartitions',
  throughput: 'BudgetThroughput',
  partitionThroughput: 'BudgetPartitionThroughput',
  storage: 'BudgetStorage',
  connections: 'BudgetConnections',
};

/** Where the declared cluster is too small for its budget. A rule about partitions already judges those of declared topics. */
export function budgetFindings(report: BudgetReport): Finding[] {
  const { cluster, declaredOnly, workload } = report;
  const reported = declaredOnly.rows.filter((row) => row.dimension === 'partitions' && isExceeded(row));
  const exceeded = cluster.rows.filter((row) => isExceeded(row) && !reported.some(({ what }) => what === row.what));
  return [
    ...exceeded.map((row) => finding(RULE_OF[row.dimension], messageOf(row, report))),
    ...workload.undeclared.map(undeclaredFinding),
  ];
}

function messageOf(row: Row, { candidates, cluster }: BudgetReport): string {
  const { shape } = cluster;
  const [needed, available] = [row.needed, row.limit].map((value) => amountText(row, value));
  const problem = `the ${row.what} that the budget needs is ${needed}, but ${shapeText(shape)} has ${available}`;
  return `${problem}; ${wayOut(row, shape.kind, candidates[shape.kind].at(0))}`;
}

function wayOut({ dimension }: Row, kind: ClusterKind, best?: Assessment): string {
  if (dimension === 'partitionThroughput') return "increase the topic's 'partitionCount'";
  if (kind === 'serverless') return 'request a quota increase from AWS, or use a cluster with brokers';
  if (!best) return 'no cluster of this type fits, so divide the topics between several clusters';
  return `${shapeText(best.shape)} would fit`;
}

const undeclaredFinding = (topicName: string) =>
  finding(
    'BudgetTopicUndeclared',
    `topic '${topicName}' of the budget is not declared on this cluster, so its partitions are not counted; correct 'topicName', or set 'partitionCount'`,
  );
