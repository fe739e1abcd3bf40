// Writes docs/grants.md from the table of grants.
import { CLUSTER_GRANTS, type GrantRow, type GrantStatement, TOPIC_GRANTS } from '../lib/access/grant-table';

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
