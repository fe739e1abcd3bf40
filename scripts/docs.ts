// Writes what is made from data: docs/alarms.md and docs/grants.md. `npm run docs` also writes API.md, from the built library.
import fs from 'node:fs';
import path from 'node:path';
import { BrokerInstanceType } from '../lib';
import { CLUSTER_GRANTS, type GrantRow, type GrantStatement, TOPIC_GRANTS } from '../lib/access/grant-table';
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

function onWhat({ on }: GrantStatement): string {
  const [part, name] = on.split('/');
  return on === 'cluster' ? '`cluster/NAME/UUID`' : `\`${part}/NAME/UUID/${name}\``;
}

function verb({ call, means, statements }: GrantRow): string {
  const lines = statements.map(
    (statement) => `${onWhat(statement)}: ${statement.actions.map((action) => `\`${action}\``).join(', ')}`,
  );
  return `| \`${call}\` | ${means} | ${lines.join('<br>')} |`;
}

const verbs = (rows: Readonly<Record<string, GrantRow>>) => [
  '| verb | lets somebody | allows |',
  '| --- | --- | --- |',
  ...Object.values(rows).map(verb),
];

export function grantsPage(): string {
  return [
    '# What each grant allows',
    '',
    'Made by `npm run docs` from `lib/access/grant-table.ts`. Before each resource stands `arn:PARTITION:kafka:REGION:ACCOUNT:`, with NAME and',
    'UUID of the cluster; all of it is made from the ARN of the cluster. Actions without a prefix are of `kafka-cluster:`.',
    '',
    '## On a cluster',
    '',
    '`cluster.grants`, or `ClusterGrants.fromCluster(cluster)` for an L1.',
    '',
    ...verbs(CLUSTER_GRANTS),
    '',
    '## On topics',
    '',
    '`topic.grants`; without a construct `cluster.grants.topic(name)`, `cluster.grants.topicsWithPrefix(prefix)` (`{topic}` is the prefix and',
    '`*`) and `cluster.grants.allTopics` (`{topic}` is `*`).',
    '',
    ...verbs(TOPIC_GRANTS),
    '',
    '## For another account',
    '',
    '`new CrossAccountClient({ principal })` is a grantee for every verb. Its `clusterPolicyStatements` belong into the policy of the',
    'cluster, its `identityPolicyStatements` into a policy of the client in its own account; AWS wants both.',
    '',
  ].join('\n');
}

if (require.main === module) {
  const write = (page: string, text: string) => fs.writeFileSync(path.join(__dirname, '../docs', page), text);
  write('alarms.md', alarmsPage());
  write('grants.md', grantsPage());
}
