import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aStack, aVpc, ENVIRONMENT } from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const aRole = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

const anL1 = (stack: Stack) =>
  new CfnCluster(stack, 'Cluster', {
    clusterName: 'events',
    kafkaVersion: '3.9.x',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'], instanceType: 'kafka.m7g.large' },
  });

const anImported = (stack: Stack) =>
  msk.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterArn: CLUSTER_ARN,
    vpc: aVpc(stack),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-0123456789abcdef0')],
  });

/** The permissions of a role after a grant on an L1 cluster. */
function granted(give: (grants: msk.ClusterGrants, role: iam.Role, stack: Stack) => iam.Grant) {
  const stack = aStack({ env: ENVIRONMENT });
  give(msk.ClusterGrants.fromCluster(anL1(stack)), aRole(stack), stack).assertSuccess();
  return inShort(allowed(Template.fromStack(stack), 'Role'));
}

describe('ClusterGrants', () => {
  test('connect allows to connect', () => {
    expect(granted((grants, role) => grants.connect(role))).toEqual(['Connect on cluster']);
  });

  test('describe sees everything and changes nothing', () => {
    expect(granted((grants, role) => grants.describe(role))).toEqual([
      'Connect DescribeCluster DescribeClusterDynamicConfiguration on cluster',
      'DescribeTopic DescribeTopicDynamicConfiguration on topic/*',
      'DescribeGroup on group/*',
      'DescribeTransactionalId on transactional-id/*',
    ]);
  });

  test('manage changes everything and neither reads nor writes records', () => {
    const lines = granted((grants, role) => grants.manage(role));
    expect(lines[0]).toBe(
      'Connect DescribeCluster DescribeClusterDynamicConfiguration AlterCluster AlterClusterDynamicConfiguration on cluster',
    );
    expect(lines[2]).toBe('DescribeGroup AlterGroup DeleteGroup on group/*');
    expect(lines.join()).not.toMatch(/ReadData|WriteData/);
  });

  test('runStreams allows internal topics, the group and transactions, and no other topic', () => {
    expect(granted((grants, role) => grants.runStreams(role, 'totals'))).toEqual([
      'Connect WriteDataIdempotently on cluster',
      'CreateTopic DeleteTopic DescribeTopic ReadData WriteData on topic/totals-*',
      'DescribeGroup AlterGroup on group/totals',
      'DescribeTransactionalId AlterTransactionalId on transactional-id/totals-*',
    ]);
  });

  test('connectPrivately allows a VPC connection and its addresses', () => {
    expect(granted((grants, role) => grants.connectPrivately(role))).toEqual([
      'kafka:CreateVpcConnection kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers on cluster',
    ]);
  });

  test.each([
    ['one topic', (grants: msk.ClusterGrants) => grants.topic('orders'), 'topic/orders'],
    ['a prefix', (grants: msk.ClusterGrants) => grants.topicsWithPrefix('orders-'), 'topic/orders-*'],
    ['all topics', (grants: msk.ClusterGrants) => grants.allTopics, 'topic/*'],
  ])('have the verbs of topics for %s', (_, on, resource) => {
    expect(granted((grants, role) => on(grants).produce(role))[1]).toBe(`DescribeTopic WriteData on ${resource}`);
  });

  test('take a token as a name', () => {
    const lines = granted((grants, role, stack) =>
      grants
        .topic(new CfnParameter(stack, 'Name').valueAsString)
        .consume(role, new CfnParameter(stack, 'Group').valueAsString),
    );
    expect(lines).toHaveLength(3);
  });

  test('serve an imported cluster', () => {
    const stack = aStack({ env: ENVIRONMENT });
    anImported(stack).grants.topic('orders').produce(aRole(stack));
    expect(inShort(allowed(Template.fromStack(stack), 'Role'))[1]).toBe('DescribeTopic WriteData on topic/orders');
  });
});

describe('ClusterGrants refuse', () => {
  const refusal = (give: (grants: msk.ClusterGrants, role: iam.Role) => iam.Grant) => () => granted(give);

  test.each(['', 'orders*', 'or?ers', 'orders/x', 'a${b}'])("'%s' as the name of a topic", (name) => {
    expect(refusal((grants, role) => grants.topic(name).produce(role))).toThrow(/'topicName'.*\[GrantTopicName\]/);
  });

  test.each(['', '*', 'orders-*'])("'%s' as a prefix", (prefix) => {
    expect(refusal((grants, role) => grants.topicsWithPrefix(prefix).produce(role))).toThrow(
      /'prefix'.*\[GrantTopicName\]/,
    );
  });

  test.each(['', '*-billing', 'bill?ng', 'a${b}'])("'%s' as a group", (group) => {
    expect(refusal((grants, role) => grants.topic('orders').consume(role, group))).toThrow(
      /'consumerGroup' of a grant.*\[GrantName\]/,
    );
  });

  test('a grantee that has no policy', () => {
    expect(refusal((grants) => grants.connect(new iam.AccountPrincipal('222233334444')))).toThrow(
      /CrossAccountClient.*\[GranteeWithoutPolicy\]/,
    );
  });
});
