// Writes docs/errors.md from the tables of rules, error codes and warning codes.
import { ERROR_CODES, WARNING_CODES } from '../engine/error-codes';
import { AGING, type RuleId, RULES } from '../lib/model/rules/catalog';
import { EXPLANATIONS } from '../lib/model/rules/explanations';

const INTRODUCTION = `# Errors and warnings

Made by \`npm run docs\` from \`lib/model/rules\` and \`engine/error-codes.ts\`. Every code is stable.`;

const AT_SYNTHESIS = `## At synthesis

All findings of a construct are reported together, as \`Invalid configuration at 'PATH':\` and one line per finding. An error stops the
synthesis. A warning does not; acknowledge it with \`Annotations.of(construct).acknowledgeWarning('cdk-msk:CODE')\`.

The source is the page that states the limit or the behavior. A rule has none if it only follows from this library's own API, or if no such
page is known.

An error that ages comes from a table of what AWS offers. If AWS has changed that since this release, list the code in the context, in
\`cdk.json\` or by \`node.setContext\`, and the error becomes a warning: \`"cdk-msk:acknowledge": ["KafkaVersionOfOtherKind"]\`.

A value that is not known at synthesis (a token, or a lookup that is still to come) is not checked there. The rules of a single topic are then checked at deployment, where
the code of the error is \`InvalidTopic\`.`;

const AT_DEPLOYMENT = `## At deployment

An error reads

\`\`\`
CODE: what was requested and what exists. Nothing was changed. (or: Changed: ….) To fix: ….
\`\`\`

and ends with the name of the log group that has the details.`;

const WARNINGS = `## Warnings at deployment

The deployment succeeds. Warnings are in the log of the handlers, in the attribute \`Warnings\` of the topic's custom resource, and in the
metric \`TopicWarnings\` of the namespace \`cdk-msk\`.`;

const ROLLBACK = `## When a rollback fails

The rollback of an update succeeds even if the topic cannot be restored, with the warning \`TopicNotRolledBack\`, because a stack in
\`UPDATE_ROLLBACK_FAILED\` cannot be deployed. Two cases still end in that state, and neither loses a record: the rollback to another name
or cluster that the brokers reject (the resource would have to find a topic other than the one in its physical ID), and the rollback of a
stack whose status the dispatcher may not read.

1. Fix what the message says, then run \`cdk rollback STACK\`: the same event is sent again, which is safe.
2. If it cannot be fixed, run \`cdk rollback STACK --orphan LOGICAL_ID\` with the logical ID of the topic's resource. CloudFormation continues
   [without that resource](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html), like
   \`--resources-to-skip\` of its own command, and assumes that the previous template is what is deployed.
3. Deploy the topic as it should be, with another \`reconcileToken\`: the existing topic is compared with its declaration and corrected.`;

/** Who publishes a source. The first that fits counts, since the CDK's documentation is among that of AWS. */
const PUBLISHERS: readonly (readonly [string, RegExp])[] = [
  ['CDK', /^https:\/\/(docs\.aws\.amazon\.com\/cdk|github\.com\/aws\/aws-cdk)\//],
  ['AWS', /^https:\/\/(docs\.)?aws\.amazon\.com\//],
  [
    'Kafka',
    /^https:\/\/(kafka\.apache\.org|cwiki\.apache\.org\/confluence\/display\/KAFKA|github\.com\/apache\/kafka)\//,
  ],
  ['Java', /^https:\/\/docs\.oracle\.com\/en\/java\//],
  ['Prometheus', /^https:\/\/prometheus\.io\//],
];

interface Row {
  readonly meaning: string;
  readonly fix: string;
}

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (rows: Readonly<Record<string, Row>>) => [
  '| Code | Meaning | To fix |',
  '| --- | --- | --- |',
  ...Object.entries(rows).map(([code, { fix, meaning }]) => row([`\`${code}\``, meaning, fix])),
];

/** A link whose text says who publishes the page. */
export function sourceLink(source: string): string {
  const [publisher] = PUBLISHERS.find(([, address]) => address.test(source)) ?? [];
  if (publisher === undefined) throw new Error(`no publisher is known for the source ${source}`);
  return `[${publisher}](${source})`;
}

function ruleRow(id: RuleId): string {
  const { fix, meaning, source } = EXPLANATIONS[id];
  const severity = AGING.has(id) ? 'error, ages' : RULES[id];
  return row([`\`${id}\``, severity, meaning, fix, source === undefined ? '' : sourceLink(source)]);
}

const rulesTable = () => [
  '| Code | Severity | Meaning | To fix | Source |',
  '| --- | --- | --- | --- | --- |',
  ...(Object.keys(RULES) as RuleId[]).map(ruleRow),
];

export function errorsPage(): string {
  return [
    ...[INTRODUCTION, '', AT_SYNTHESIS, '', ...rulesTable(), ''],
    ...[AT_DEPLOYMENT, '', ...table(ERROR_CODES), ''],
    ...[WARNINGS, '', ...table(WARNING_CODES), '', ROLLBACK, ''],
  ].join('\n');
}
