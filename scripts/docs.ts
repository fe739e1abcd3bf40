// Writes what is made from data: docs/alarms.md and docs/changes.md. `npm run docs` also writes API.md, from the built library.
import fs from 'node:fs';
import path from 'node:path';
import { BrokerInstanceType } from '../lib';
import { type AlarmRow, STANDARD_ALARMS } from '../lib/monitoring/alarm-table';
import changes from '../lib/private/facts/changes.json';

interface ChangeRow {
  readonly type: string;
  readonly prop: string;
  readonly how: string;
  readonly request: string | null;
  readonly note: string;
  readonly page: string;
}

const GUIDE = 'https://docs.aws.amazon.com/msk/latest/developerguide';

function threshold({ threshold: of }: AlarmRow): string {
  const [large, small] = [of(BrokerInstanceType.M7G_LARGE), of(BrokerInstanceType.T3_SMALL)];
  if (large === small) return String(large);
  return large === undefined ? `${small} (t3 only)` : `by instance type: ${small} for t3.small, ${large} for m7g.large`;
}

function row(alarm: AlarmRow): string {
  const { comparison, evaluationPeriods, id, meaning, metricName, page, per, periodMinutes, whatToDo, worst } = alarm;
  const judged = per === 'cluster' ? metricName : `${worst} of ${metricName} over the brokers`;
  const when = `${judged} ${comparison} ${threshold(alarm)}, ${periodMinutes} min × ${evaluationPeriods}`;
  return `| [\`${id}\`](${GUIDE}/${page}.html) | ${when} | ${alarm.missing} | ${meaning} | ${whatToDo} |`;
}

export function alarmsPage(): string {
  return [
    '# Alarms of a cluster with Standard brokers',
    '',
    'Made by `npm run docs` from `lib/monitoring/alarm-table.ts`. All metrics come at monitoring level DEFAULT, which costs nothing. The',
    'number of alarms does not grow with the number of brokers: one query judges the worst of them.',
    '',
    '| alarm | goes off at | missing data | it means | what to do |',
    '| --- | --- | --- | --- | --- |',
    ...STANDARD_ALARMS.map(row),
    '',
  ].join('\n');
}

function changeRow({ how, note, page, prop, request }: ChangeRow): string {
  return `| ${prop} | [${how}](${GUIDE}/${page}.html) | ${request ?? ''} | ${note} |`;
}

function changeTable(heading: string, type: string): string[] {
  const rows = changes.list.filter((one) => one.type === type).map(changeRow);
  return [`## ${heading}`, '', '| you change | it happens | by | |', '| --- | --- | --- | --- |', ...rows, ''];
}

export function changesPage(): string {
  return [
    '# What a change does',
    '',
    'Made by `npm run docs` from `lib/private/facts/changes.json`. Names in parentheses are no props.',
    '',
    '**One at a time.** MSK makes one kind of change a request (column "by"), and only on a cluster in state ACTIVE; CloudFormation has',
    'refused a deployment that asks for two: "You can\'t update multiple attributes of the cluster in same request." So change one of these',
    'in a deployment, wait, and change the next.',
    '',
    ...Object.entries(changes.meaning).map(([how, meaning]) => `- **${how}**: ${meaning}`),
    '',
    ...changeTable('A cluster with brokers, Standard or Express', 'AWS::MSK::Cluster'),
    ...changeTable('A Serverless cluster', 'AWS::MSK::ServerlessCluster'),
    ...changeTable('A configuration', 'AWS::MSK::Configuration'),
  ].join('\n');
}

if (require.main === module) {
  const pages = { 'alarms.md': alarmsPage(), 'changes.md': changesPage() };
  Object.entries(pages).forEach(([name, page]) => fs.writeFileSync(path.join(__dirname, '../docs', name), page));
}
