import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, type IClusterRef } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import * as msk from '../../../../lib';
import { aBareCluster, aCluster, aStack, aVpc, ENVIRONMENT, IMPORTED_ARN } from '../../../../testkit/stacks';

const TOPICS = [{ topicName: 'orders', ingressMBps: 40, partitionCount: 12 }];

function budgetOf(cluster: IClusterRef, stack: Construct = Stack.of(cluster)) {
  const budget = new msk.ClusterBudget(stack, 'Budget', { cluster, topics: TOPICS });
  return { budget, content: JSON.parse(budget.toJson()), table: budget.toTable() };
}

describe('The budget of a cluster that was created elsewhere', () => {
  const imported = (attributes: Partial<msk.ClusterAttributes>) => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    return msk.Cluster.fromClusterAttributes(stack, 'Events', {
      clusterArn: IMPORTED_ARN,
      vpc,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
      ...attributes,
    });
  };

  test('judges what it can, and says so', () => {
    const { content, table } = budgetOf(imported({ brokers: 3, zones: 3 }));
    expect(table).toContain('Budget of 3 x Standard brokers, which cannot be judged in every respect');
    expect(table).toMatch(/throughput of the volumes .* unknown/);
    expect(content.declared.fits).toBeUndefined();
  });

  test('counts the topics that the app declares on it', () => {
    const cluster = imported({});
    cluster.addTopic('orders', { partitionCount: 5 });
    const { content } = budgetOf(cluster);
    expect(content.topics).toMatchObject([{ topicName: 'orders', isDeclared: true }]);
  });

  test('judges a Serverless cluster in full', () => {
    const { content } = budgetOf(imported({ kind: msk.ClusterKind.SERVERLESS }));
    expect(content.declared).toMatchObject({ kind: 'serverless', fits: true });
  });
});

describe('The budget of an L1 cluster', () => {
  const define = (instanceType: string) => {
    const stack = aStack({ env: ENVIRONMENT });
    return new CfnCluster(stack, 'Events', {
      clusterName: 'events',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'], instanceType },
    });
  };

  test('has its type, without a verdict', () => {
    expect(budgetOf(define('express.m7g.large')).content.declared).toMatchObject({ kind: 'express' });
    const { budget, content } = budgetOf(define('kafka.m7g.large'));
    expect(content.declared).toMatchObject({ kind: 'standard', instanceType: 'kafka.m7g.large' });
    expect(content.declared.brokers).toBeUndefined();
    expect(budget.toJson()).not.toMatch(/NaN|null/);
  });

  test('is possible for a bare reference, too', () => {
    const stack = aStack({ env: ENVIRONMENT });
    expect(budgetOf(aBareCluster(stack), stack).table).toContain('Budget of ? x Standard brokers');
  });
});

describe('The budget of a cluster in another stack', () => {
  test("uses the prices of the cluster's Region", () => {
    const virginia = aStack({ env: { ...ENVIRONMENT, region: 'us-east-1' } });
    const { cluster } = aCluster({}, virginia);
    const other = aStack({ env: ENVIRONMENT });
    expect(budgetOf(cluster, other).content.prices.source).toContain('us-east-1');
  });
});
