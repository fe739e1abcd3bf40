import { KIND_NAMES } from '../fact-lookups';
import type { ClusterKind } from '../wire/topic';
import type { Assessment } from './candidates';
import type { Row } from './limits';
import type { BudgetReport } from './report';
import { amountText, numberText, shapeText } from './words';

/** The budget as two Markdown tables with aligned columns, and remarks below them. */
export function tableOf(report: BudgetReport): string {
  const { cluster, prices } = report;
  const { demand, fits, shape } = cluster;
  const [ingress, egress] = [demand.ingressMBps, demand.egressMBps].map(numberText);
  return [
    `Budget of ${shapeText(shape)}, which ${verdictOf(fits)}: ${ingress} MB/s in and ${egress} MB/s out at the highest rate`,
    '',
    ...columns([['requirement', 'needed', 'available', 'used'], ...cluster.rows.map(rowCells)]),
    '',
    ...columns([['clusters that fit', `${prices.currency} a month`], ...costCells(report)]),
    '',
    ...remarksOf(report),
  ].join('\n');
}

function verdictOf(fits?: boolean): string {
  if (fits === undefined) return 'cannot be judged in every respect';
  return fits ? 'fits' : 'does not fit';
}

function rowCells(row: Row): string[] {
  const { limit, needed, what } = row;
  const used = limit === undefined ? '' : percentText(needed / limit);
  return [what, amountText(row, needed), amountText(row, limit), used];
}

const percentText = (part: number) => `${part < 1 ? (part * 100).toFixed(1) : Math.round(part * 100)} %`;

const KINDS = ['standard', 'express', 'serverless'] as const;

function costCells({ candidates, cluster }: BudgetReport): string[][] {
  const declared = [`declared: ${shapeText(cluster.shape)} (${verdictOf(cluster.fits)})`, moneyText(cluster)];
  return [declared, ...KINDS.map((kind) => bestCells(kind, candidates[kind][0]))];
}

function bestCells(kind: ClusterKind, best?: Assessment): string[] {
  const name = kind === 'serverless' ? 'Serverless' : KIND_NAMES[kind];
  if (!best) return [`${name}: none fits`, ''];
  return [kind === 'serverless' ? name : `${name}: ${shapeText(best.shape)}`, moneyText(best)];
}

const moneyText = ({ total }: Assessment) => total?.toFixed(2) ?? 'unknown';

function remarksOf({ cheapest, prices, workload }: BudgetReport): string[] {
  const { notInBudget, unknown } = workload;
  return [
    cheapest
      ? `Cheapest: ${shapeText(cheapest.shape)}`
      : 'Cheapest: unknown without prices, so the clusters that fit are those with the fewest vCPUs',
    `Prices: ${prices.source}`,
    ...(notInBudget.length === 0 ? [] : [`Not in the budget: ${notInBudget.join(', ')}`]),
    ...unknown.map((what) => `Not known, so counted as nothing: ${what}`),
  ];
}

/** The first row is the header. All columns but the first are numbers. */
function columns(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, index) => Math.max(...rows.map((row) => row[index].length)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = (row: readonly string[]) =>
    row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index])));
  const rule = widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [header, ...others] = rows.map((row) => line(padded(row)));
  return [header, line(rule), ...others];
}
