import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../../lib';
import { aCluster, anExpressCluster, anApp, aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';

const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';

/** Two stacks of one app that import the same cluster. */
function importedTwice() {
  const app = anApp();
  return ['One', 'Two'].map((id) => {
    const stack = aStack({ app, id, env: ENVIRONMENT });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      isolatedSubnetIds: ['subnet-1'],
    });
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
    return msk.Cluster.fromClusterAttributes(stack, 'Events', { clusterArn: ARN, vpc, securityGroups });
  });
}

describe('Topics of one cluster', () => {
  test('refuse a name that is declared twice, and say where the other one is', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders');
    cluster.addTopic('Copy', { topicName: 'orders' });
    expect(template).toThrow(
      /\[Stack\/Events\/Topics\/Copy\].*'topicName' 'orders' is already declared on this cluster at 'Stack\/Events\/Topics\/orders'.*\[TopicNameTwice\]/,
    );
  });

  test.each([
    ['a.b', 'a_b'],
    ['a_b.c', 'a.b_c'],
  ])("refuse %s beside %s: '.' and '_' count as the same character", (first, second) => {
    const { cluster, template } = aCluster();
    cluster.addTopic('First', { topicName: first });
    cluster.addTopic('Second', { topicName: second });
    expect(template).toThrow(/collides with .* at 'Stack\/Events\/Topics\/First'.*\[TopicNameCollision\]/);
  });

  test('may collide if both are adopted, since Kafka lets both exist', () => {
    const { cluster, stack, template } = aCluster();
    const onExisting = msk.TopicOnExisting.ADOPT;
    ['a.b', 'a_b'].forEach((topicName) => cluster.addTopic(topicName, { onExisting }));
    expect(template).not.toThrow();
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('collides.*TopicNameCollisionAdopted'));
  });

  test('refuse all of it at once', () => {
    const { cluster, template } = aCluster();
    ['a.b', 'a_b', 'c'].forEach((topicName) => cluster.addTopic(topicName));
    cluster.addTopic('Again', { topicName: 'c' });
    expect(template).toThrow(/TopicNameCollision(.|\n)*TopicNameTwice/);
  });

  test('take names that differ in more, or in case', () => {
    const { cluster, template } = aCluster();
    ['a.b', 'a-b', 'A.b', 'ab'].forEach((topicName) => cluster.addTopic(topicName));
    expect(Object.keys(template().findResources('Custom::KafkaTopic'))).toHaveLength(4);
  });

  test('take a name twice when one of them adopts, in words', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders');
    cluster.addTopic('Moved', { topicName: 'orders', onExisting: msk.TopicOnExisting.ADOPT });
    expect(Object.keys(template().findResources('Custom::KafkaTopic'))).toHaveLength(2);
  });

  test('refuse a name twice across stacks that import the cluster', () => {
    const [one, two] = importedTwice();
    one.addTopic('orders');
    two.addTopic('orders');
    expect(() => Stack.of(one).node.root.node.validate()).not.toThrow();
    expect(
      Stack.of(two)
        .node.findAll()
        .flatMap(({ node }) => node.validate()),
    ).toEqual([expect.stringContaining("already declared on this cluster at 'One/Events/Topics/orders'")]);
  });

  test('take the same name on another cluster', () => {
    const { cluster, stack, template } = aCluster();
    cluster.addTopic('orders');
    const [other] = importedTwice();
    new msk.Topic(stack, 'orders', { cluster: other, backend: undefined, topicName: 'orders' });
    expect(Object.keys(template().findResources('Custom::KafkaTopic'))).toHaveLength(2);
  });

  test('take names that only the deployment knows', () => {
    const { cluster, stack, template } = aCluster();
    const topicName = new CfnParameter(stack, 'Parameter').valueAsString;
    ['One', 'Two'].forEach((id) => cluster.addTopic(id, { topicName }));
    expect(Object.keys(template().findResources('Custom::KafkaTopic'))).toHaveLength(2);
  });
});

describe('All partitions of a cluster with their replicas', () => {
  const WARNING = Match.stringLikeRegexp(
    'have .* partitions including replicas, .*at most 900 for its 3 brokers \\(300 each\\)',
  );
  const small = () =>
    aCluster({ instanceType: msk.BrokerInstanceType.T3_SMALL, kafkaVersion: msk.KafkaVersion.of('3.9.x') });

  test('may be as many as its brokers should have', () => {
    const { cluster, stack } = small();
    cluster.addTopic('orders', { partitionCount: 199 });
    cluster.addTopic('payments', { partitionCount: 1 });
    Annotations.fromStack(stack).hasNoWarning('/Stack/Events/Resource', WARNING);
  });

  test('are warned of when they are more, once', () => {
    const { cluster, stack, template } = small();
    cluster.addTopic('orders', { partitionCount: 199 });
    cluster.addTopic('payments', { partitionCount: 1 });
    cluster.addTopic('audit', { partitionCount: 1, replicationFactor: 1 });
    template();
    const found = Annotations.fromStack(stack).findWarning('/Stack/Events/Resource', WARNING);
    const told =
      /^the topics .* have 601 partitions including replicas, and Kafka's own topics up to 300.*\[ack: cdk-msk:PartitionsAboveRecommended\]$/;
    expect(found.map(({ entry }) => entry.data)).toEqual([expect.stringMatching(told)]);
  });

  test('are refused when Express brokers do not take so many', () => {
    const withPartitions = (partitionCount: number) => {
      const { cluster, template } = anExpressCluster(); // three express.m7g.large brokers, 1500 partitions each
      cluster.addTopic('orders', { partitionCount: 1499 });
      cluster.addTopic('payments', { partitionCount });
      return template;
    };
    expect(withPartitions(1)).not.toThrow();
    expect(withPartitions(2)).toThrow(
      /have 4503 partitions.*3 brokers support at most 4500 \(1500 each\).*\[PartitionsAboveMaximum\]/,
    );
  });

  test('are not counted where only the deployment knows them', () => {
    const { cluster, stack } = small();
    const partitionCount = new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
    cluster.addTopic('orders', { partitionCount: 200 });
    cluster.addTopic('payments', { partitionCount });
    Annotations.fromStack(stack).hasNoWarning('/Stack/Events/Resource', WARNING);
  });

  test('are not judged on an instance type that is new here', () => {
    const { cluster, stack } = aCluster({ instanceType: msk.BrokerInstanceType.of('kafka.m9g.large') });
    cluster.addTopic('orders', { partitionCount: 1_000_000 });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('with their replicas'));
  });
});
