import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../../lib';
import { aStack, aVpc, ENVIRONMENT } from '../../../testkit/stacks';

const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';

const groupOf = (stack: Stack) => ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');

function byArn(clusterArn = ARN, stack = aStack({ env: ENVIRONMENT })) {
  return { stack, cluster: msk.Cluster.fromClusterArn(stack, 'Old', clusterArn) };
}

function byAttributes(attributes: (stack: Stack) => Partial<msk.ClusterAttributes>) {
  const stack = aStack({ env: ENVIRONMENT });
  const all = { clusterArn: ARN, vpc: aVpc(stack), securityGroups: [groupOf(stack)], ...attributes(stack) };
  return { stack, cluster: msk.Cluster.fromClusterAttributes(stack, 'Old', all) };
}

describe('Cluster.fromClusterArn', () => {
  test('knows name, account and Region', () => {
    const { cluster } = byArn();
    expect([cluster.clusterName, cluster.env.account, cluster.env.region]).toEqual([
      'events',
      '111122223333',
      'eu-west-1',
    ]);
  });

  test('has grants and bootstrap brokers', () => {
    const { cluster, stack } = byArn();
    cluster.grants.connect(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    stack.exportValue(cluster.bootstrapBrokers.tls);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'kafka-cluster:Connect', Resource: ARN }] },
    });
    template.hasResourceProperties('Custom::KafkaBootstrapBrokers', { ClusterArn: ARN, Lists: ['Tls'] });
  });

  test('has topics with a way to the brokers', () => {
    const { cluster, stack } = byArn();
    const clusterSecurityGroups = [groupOf(stack)];
    const backend = msk.TopicBackend.dataPlane({ vpc: aVpc(stack), clusterSecurityGroups });
    cluster.addTopic('orders', { backend });
    Template.fromStack(stack).hasResourceProperties('Custom::KafkaTopic', { ClusterArn: ARN, TopicName: 'orders' });
  });

  test('refuses topics without one, and names the ways out', () => {
    expect(() => byArn().cluster.addTopic('orders')).toThrow(
      /TopicBackend\.dataPlane\(\{ vpc, clusterSecurityGroups \}\).*Cluster\.fromClusterAttributes.*\[ClusterWithoutNetwork\]/,
    );
  });

  test.each([
    ['connections', (cluster: msk.ICluster) => cluster.connections],
    ['allowClients', (cluster: msk.ICluster, stack: Stack) => cluster.allowClients(aClient(stack))],
  ])('refuses %s, and names the ways out', (_, use) => {
    const { cluster, stack } = byArn();
    expect(() => use(cluster, stack)).toThrow(
      /Cluster\.fromClusterAttributes.*Cluster\.fromLookup.*\[ConnectionsUnknown\]/,
    );
  });

  test.each(['events', 'arn:aws:kafka:eu-west-1:111122223333:cluster/events', `${ARN}/more`])(
    'refuses what is no ARN of a cluster: %s',
    (clusterArn) => {
      expect(() => byArn(clusterArn)).toThrow(/'clusterArn' must have the form .*\[ClusterArnForm\]/);
    },
  );

  test('takes an ARN that only the deployment knows', () => {
    const stack = aStack();
    const { cluster } = byArn(new CfnParameter(stack, 'Arn').valueAsString, stack);
    stack.exportValue(cluster.clusterName, { name: 'Name' });
    Template.fromStack(stack).hasOutput('*', { Value: { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Arn' }] }] } });
  });
});

describe('Cluster.fromClusterAttributes', () => {
  test('gives topics one replica in each zone', () => {
    const { cluster, stack } = byAttributes(() => ({ zones: 2 }));
    cluster.addTopic('orders');
    Template.fromStack(stack).hasResourceProperties('Custom::KafkaTopic', { ReplicationFactor: 2 });
  });

  test('refuses more replicas than brokers', () => {
    const { cluster } = byAttributes(() => ({ brokers: 3 }));
    expect(() => cluster.addTopic('wide', { replicationFactor: 3 })).not.toThrow();
    expect(() => cluster.addTopic('wider', { replicationFactor: 4 })).toThrow(/\[ReplicationFactorAboveBrokers\]/);
  });

  test('judges topics by the kind of the cluster', () => {
    const { cluster, stack } = byAttributes(() => ({ kind: msk.ClusterKind.EXPRESS }));
    expect(() => cluster.addTopic('thin', { replicationFactor: 2 })).toThrow(/\[ExpressReplicationFactor\]/);
    cluster.addTopic('orders');
    Template.fromStack(stack).hasResourceProperties('Custom::KafkaTopic', { ClusterKind: 'express' });
  });

  test('manages topics as the user that it says', () => {
    const { cluster, stack } = byAttributes((scope) => ({
      authentication: msk.ClientCredentials.scram(new secretsmanager.Secret(scope, 'User')),
    }));
    cluster.addTopic('orders');
    Template.fromStack(stack).hasResourceProperties('Custom::KafkaTopic', { Authentication: 'scram' });
  });
});

function aClient(stack: Stack): ec2.IConnectable {
  return new ec2.SecurityGroup(stack, 'Client', { vpc: aVpc(stack) });
}
