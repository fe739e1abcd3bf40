// Writes the generated pages: docs/alarms.md, docs/changes.md, docs/errors.md, docs/grants.md and docs/pictures.
// `npm run docs` also writes docs/API.md, from the built library.
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

const EXPRESSIONS: Readonly<Record<AlarmRow['per'], (name: string, worst: string) => string>> = {
  account: (name) => `sum of ${name}`,
  cluster: (name, worst) => (worst === 'SUM' ? `sum of ${name} over the topics` : name),
  broker: (name, worst) => `${worst} of ${name} over the brokers`,
  authentication: (name, worst) => `${worst} of ${name} over the brokers`,
  silence: (name) => `no ${name} from one broker (only with \`perBroker\`)`,
};

function goesOffAt(alarm: AlarmRow): string {
  const { comparison, evaluationPeriods, metricName, per, periodMinutes, worst } = alarm;
  const expression = EXPRESSIONS[per](metricName, worst);
  const limit = per === 'silence' ? '' : ` ${comparison} ${threshold(alarm)}`;
  return `${expression}${limit}, ${periodMinutes} min × ${evaluationPeriods}`;
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
    'Made by `npm run docs` from `lib/monitoring/alarms/alarm-table.ts`. Level DEFAULT is free of charge; alarms whose metric needs a higher',
    "monitoring level than the cluster's are omitted. The number of alarms does not depend on the number of brokers, because one query finds",
    'the worst broker. The composite alarm `Unhealthy` is in state ALARM while any critical alarm is. `ConsumerLagAlarms` monitors the lag of',
    'a consumer group.',
    '',
    'The MSK developer guide recommends some alarms that are not included: `KafkaFileDescriptorsUsagePercent` and',
    '`KafkaMemoryMappedFilesUsagePercent` are not on its list of metrics, and an alarm on the throughput of volumes would need a threshold that',
    'only you know. Failed requests (`FailedProduceRequestsPerSec`, `FailedFetchRequestsPerSec`) and the time that requests wait for other',
    'brokers are not MSK metrics either; a Prometheus server can read them with open monitoring, see `prometheusScrape`.',
    '',
    '| Alarm | Severity | Cluster types | Level | Threshold | Missing data | Meaning | What to do |',
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
  return [`## ${heading}`, '', '| Change | Effect | Request | Notes |', '| --- | --- | --- | --- |', ...rows, ''];
}

export function changesPage(): string {
  return [
    '# What a change does',
    '',
    'Made by `npm run docs` from `lib/model/facts/changes.json`. Names in parentheses are not props.',
    '',
    '**One at a time.** Each request to MSK (column "Request") makes one type of change, and only while the cluster is in state ACTIVE.',
    'CloudFormation rejects a deployment that combines several: "You can\'t update multiple attributes of the cluster in same request." Change',
    'one of these in a deployment, wait until it has finished, then change the next.',
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
