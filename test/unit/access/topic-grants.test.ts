import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_GRANTS, type GrantRow, TOPIC_GRANTS } from '../../../lib/access/grant-table';
import facts from '../../../lib/model/facts/iam.json';
import type * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aCluster } from '../../../testkit/stacks';

/** The permissions of a role after a grant on the topic `orders`. */
function granted(give: (topic: msk.Topic, role: iam.Role) => iam.Grant) {
  const { cluster, stack, template } = aCluster();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  give(cluster.addTopic('orders'), role).assertSuccess();
  return inShort(allowed(template(), 'Role'));
}

describe('TopicGrants', () => {
  test('describe reads nothing but what the topic is like', () => {
    expect(granted((topic, role) => topic.grants.describe(role))).toEqual([
      'Connect on cluster',
      'DescribeTopic DescribeTopicDynamicConfiguration on topic/orders',
    ]);
  });

  test('manage brings all but the records', () => {
    expect(granted((topic, role) => topic.grants.manage(role))).toEqual([
      'Connect on cluster',
      'DescribeTopic DescribeTopicDynamicConfiguration AlterTopic AlterTopicDynamicConfiguration CreateTopic DeleteTopic on topic/orders',
    ]);
  });

  test('produce allows just this topic, and idempotent producers', () => {
    expect(granted((topic, role) => topic.grants.produce(role))).toEqual([
      'Connect WriteDataIdempotently on cluster',
      'DescribeTopic WriteData on topic/orders',
    ]);
  });

  test('produceTransactionally allows just this transactional ID', () => {
    expect(granted((topic, role) => topic.grants.produceTransactionally(role, 'checkout'))).toEqual([
      'Connect on cluster',
      'DescribeTopic WriteData on topic/orders',
      'DescribeTransactionalId AlterTransactionalId on transactional-id/checkout',
    ]);
  });

  test('consume allows just this topic and this group', () => {
    expect(granted((topic, role) => topic.grants.consume(role, 'billing'))).toEqual([
      'Connect on cluster',
      'DescribeTopic ReadData on topic/orders',
      'DescribeGroup AlterGroup on group/billing',
    ]);
  });

  test('produceAndConsume brings what a Kafka Streams app has of its own', () => {
    expect(granted((topic, role) => topic.grants.produceAndConsume(role, 'totals'))).toEqual([
      'Connect WriteDataIdempotently on cluster',
      'DescribeTopic ReadData WriteData on topic/orders',
      'CreateTopic DeleteTopic DescribeTopic ReadData WriteData on topic/totals-*',
      'DescribeGroup AlterGroup on group/totals',
      'DescribeTransactionalId AlterTransactionalId on transactional-id/totals-*',
    ]);
  });

  test('consume takes all groups that begin alike', () => {
    expect(granted((topic, role) => topic.grants.consume(role, 'billing-*'))[2]).toMatch(/on group\/billing-\*$/);
  });
});

describe('The table of grants', () => {
  const rows = Object.entries<GrantRow>({ ...CLUSTER_GRANTS, ...TOPIC_GRANTS });
  const known = new Map(facts.actions.map((fact) => [fact.action, fact]));
  const dataPlane = ({ statements }: GrantRow) =>
    statements.flatMap(({ actions, on }) =>
      actions.filter((action) => !action.includes(':')).map((action) => ({ action: `kafka-cluster:${action}`, on })),
    );

  test.each(rows)('%s names only actions of MSK, each on the resource that it is about', (_, row) => {
    const wrong = dataPlane(row).filter(({ action, on }) => known.get(action)?.resource !== on.split('/')[0]);
    expect(wrong).toEqual([]);
  });

  test.each(rows)('%s brings what MSK says that its actions require', (_, row) => {
    const actions = dataPlane(row).map(({ action }) => action);
    const missing = actions
      .flatMap((action) => known.get(action)?.requires ?? [])
      .filter((it) => !actions.includes(it));
    expect(missing).toEqual([]);
  });

  test('gives what MSK documents for producing and consuming', () => {
    const { consume, produceIdempotent } = facts.minimalSets;
    const asFact = (row: GrantRow) =>
      Object.fromEntries(row.statements.map(({ actions, on }) => [on.split('/')[0], [...actions]]));
    expect(asFact(TOPIC_GRANTS.consume)).toEqual(consume);
    expect(asFact(TOPIC_GRANTS.produce)).toEqual(produceIdempotent);
  });
});
