// Writes what is made from data: docs/alarms.md. `npm run docs` also writes API.md, from the built library.
import fs from 'node:fs';
import path from 'node:path';
import { BrokerInstanceType } from '../lib';
import { type AlarmRow, STANDARD_ALARMS } from '../lib/monitoring/alarm-table';

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

if (require.main === module) fs.writeFileSync(path.join(__dirname, '../docs/alarms.md'), alarmsPage());
