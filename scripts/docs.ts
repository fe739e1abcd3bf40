// Writes what is made from data: docs/alarms.md, docs/changes.md, docs/errors.md, docs/grants.md and docs/pictures.
// `npm run docs` also writes API.md, from the built library.
import fs from 'node:fs';
import path from 'node:path';
import { BrokerInstanceType } from '../lib';
import { CLUSTER_ALARMS } from '../lib/monitoring/alarms/alarm-table';
import { linkOf } from '../lib/monitoring/alarms/cluster-alarms';
import type { AlarmRow } from '../lib/monitoring/alarms/alarm-row';
import changes from '../lib/model/facts/changes.json';
import { seriesOf } from '../lib/model/rules/metrics';
import { errorsPage } from './errors-page';
import { grantsPage } from './grants-page';
import { picture, PICTURES } from './pictures';

interface ChangeRow {
  readonly type: string;
  readonly prop: string;
  readonly how: string;
  readonly request: string | null;
  readonly note: string;
  readonly page: string;
}

const GUIDE = 'https://docs.aws.amazon.com/msk/latest/developerguide';

const KINDS = ['standard', 'express', 'serverless'] as const;
const TYPES = ['kafka.t3.small', 'kafka.m7g.large', 'express.m7g.large'].map((name) => BrokerInstanceType.of(name));

function threshold({ threshold: of }: AlarmRow): string {
  const known = TYPES.map((type) => ({ type, value: of(type) })).filter(({ value }) => value !== undefined);
  const values = new Set(known.map(({ value }) => value));
  if (values.size === 1 && (known.length === TYPES.length || of() !== undefined)) return String(known[0].value);
  return `by instance type: ${known.map(({ type, value }) => `${value} for ${type.name}`).join(', ')}`;
}

function kindsOf({ kind, metricName, namespace }: AlarmRow): string {
  if (namespace) return 'all';
  const sent = KINDS.filter((one) => seriesOf(one, metricName).length > 0);
  return (kind ? [kind] : sent).join(', ');
}

function levelOf({ kind = 'standard', metricName, namespace }: AlarmRow): string {
  return namespace ? '' : seriesOf(kind, metricName)[0].level;
}

const JUDGED: Readonly<Record<AlarmRow['per'], (name: string, worst: string) => string>> = {
  account: (name) => `sum of ${name}`,
  cluster: (name, worst) => (worst === 'SUM' ? `sum of ${name} over the topics` : name),
  broker: (name, worst) => `${worst} of ${name} over the brokers`,
  authentication: (name, worst) => `${worst} of ${name} over the brokers`,
  silence: (name) => `no ${name} of one broker (only with \`perBroker\`)`,
};

function goesOffAt(alarm: AlarmRow): string {
  const { comparison, evaluationPeriods, metricName, per, periodMinutes, worst } = alarm;
  const judged = JUDGED[per](metricName, worst);
  const limit = per === 'silence' ? '' : ` ${comparison} ${threshold(alarm)}`;
  return `${judged}${limit}, ${periodMinutes} min × ${evaluationPeriods}`;
}

function row(alarm: AlarmRow): string {
  const { id, meaning, missing, severity, whatToDo } = alarm;
  const cells = [
    `[\`${id}\`](${linkOf(alarm)})`,
    severity,
    kindsOf(alarm),
    levelOf(alarm),
    goesOffAt(alarm),
    missing,
    meaning,
    whatToDo,
  ];
  return `| ${cells.join(' | ')} |`;
}

export function alarmsPage(): string {
  return [
    '# Alarms of a cluster',
    '',
    'Made by `npm run docs` from `lib/monitoring/alarm-table.ts`. Level DEFAULT costs nothing; an alarm whose metric comes at a higher level',
    'than the cluster has is left out. The number of alarms does not grow with the number of brokers: one query judges the worst of them.',
    'A composite alarm, `Unhealthy`, is on while a critical one is. The lag of a consumer group has alarms of its own, `ConsumerLagAlarms`.',
    '',
    'Not here, though the guide advises it: `KafkaFileDescriptorsUsagePercent` and `KafkaMemoryMappedFilesUsagePercent`, which its list of',
    'metrics does not have; and the throughput of volumes, which is provisioned by hand and needs a figure of yours. Requests that failed',
    '(`FailedProduceRequestsPerSec`, `FailedFetchRequestsPerSec`) and the time that they wait for other brokers are in no list of metrics of',
    'MSK either: a Prometheus server reads them by open monitoring, see `prometheusScrape`.',
    '',
    '| alarm | severity | kinds | level | goes off at | missing data | it means | what to do |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...CLUSTER_ALARMS.map(row),
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
    'Made by `npm run docs` from `lib/model/facts/changes.json`. Names in parentheses are no props.',
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

function writeAll(): void {
  const docs = path.join(__dirname, '../docs');
  fs.writeFileSync(path.join(docs, 'alarms.md'), alarmsPage());
  fs.writeFileSync(path.join(docs, 'changes.md'), changesPage());
  fs.writeFileSync(path.join(docs, 'errors.md'), errorsPage());
  fs.writeFileSync(path.join(docs, 'grants.md'), grantsPage());
  fs.mkdirSync(path.join(docs, 'pictures'), { recursive: true });
  for (const name of PICTURES) fs.writeFileSync(path.join(docs, 'pictures', `dashboard-${name}.svg`), picture(name));
}

if (require.main === module) writeAll();
