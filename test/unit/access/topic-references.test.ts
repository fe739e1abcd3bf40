import { CfnParameter, Lazy, Resource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnTopic, type ITopicRef } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aStack, BareCluster } from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const TOPIC_ARN = `${CLUSTER_ARN.replace(':cluster/', ':topic/')}/orders`;
const L1 = { partitionCount: 3, replicationFactor: 3 };

/** A topic of another library, of which only the ARN is known. */
class BareTopic extends Resource implements ITopicRef {
  public constructor(
    scope: Stack,
    private readonly topicArn: string,
  ) {
    super(scope, 'Bare');
  }

  public get topicRef() {
    return { topicArn: this.topicArn };
  }
}

const REFERENCES: Record<string, (stack: Stack) => ITopicRef> = {
  'an imported topic': (stack) =>
    msk.Topic.fromTopicName(stack, 'Orders', msk.Cluster.fromClusterArn(stack, 'Kafka', CLUSTER_ARN), 'orders'),
  'an L1': (stack) => new CfnTopic(stack, 'L1', { ...L1, clusterArn: CLUSTER_ARN, topicName: 'orders' }),
  'a reference with a literal ARN': (stack) => new BareTopic(stack, TOPIC_ARN),
  'a reference with a token as ARN': (stack) => new BareTopic(stack, Lazy.string({ produce: () => TOPIC_ARN })),
};

describe.each(Object.entries(REFERENCES))('Of %s', (_, reference) => {
  test('TopicGrants.fromTopic grants on the cluster and the topic', () => {
    const stack = aStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    msk.TopicGrants.fromTopic(reference(stack)).consume(role, 'billing').assertSuccess();
    expect(inShort(allowed(Template.fromStack(stack), 'Role'))).toEqual([
      'Connect on cluster',
      'DescribeTopic ReadData on topic/orders',
      'DescribeGroup AlterGroup on group/billing',
    ]);
  });

  test('TopicMetrics.fromTopic reads the series of the cluster and the topic', () => {
    const stack = aStack();
    const { metricStat } = msk.TopicMetrics.fromTopic(reference(stack)).lag('billing').toMetricConfig();
    expect(stack.resolve(metricStat!.dimensions)).toEqual([
      { name: 'Cluster Name', value: expect.anything() },
      { name: 'Consumer Group', value: 'billing' },
      { name: 'Topic', value: expect.anything() },
    ]);
  });
});

describe('A reference to a topic', () => {
  test('has metrics that are judged by attributes, and refused on the topic', () => {
    const stack = aStack();
    const topic = msk.Topic.fromTopicName(stack, 'Orders', new BareCluster(stack, 'Bare'), 'orders');
    const attributes = { monitoringLevel: msk.MonitoringLevel.DEFAULT };
    expect(() => topic.metrics.messagesInPerSec()).not.toThrow();
    expect(() => msk.TopicMetrics.fromTopic(topic, attributes).messagesInPerSec()).toThrow(/'Stack\/Orders'/);
  });

  test('with a literal ARN has literal names', () => {
    const metrics = msk.TopicMetrics.fromTopic(new BareTopic(aStack(), TOPIC_ARN));
    expect(metrics.lag('billing').toMetricConfig().metricStat!.dimensions).toEqual([
      { name: 'Cluster Name', value: 'events' },
      { name: 'Consumer Group', value: 'billing' },
      { name: 'Topic', value: 'orders' },
    ]);
  });

  test('is refused when its ARN is not the ARN of a topic', () => {
    const cluster = new BareTopic(aStack(), CLUSTER_ARN);
    expect(() => msk.TopicGrants.fromTopic(cluster)).toThrow(/:topic\/CLUSTER\/UUID\/NAME, got .*\[TopicArnForm\]/);
    const token = new BareTopic(aStack(), new CfnParameter(aStack(), 'Arn').valueAsString);
    expect(() => msk.TopicGrants.fromTopic(token)).not.toThrow();
  });

  test('is what a topic of this library gives to other libraries', () => {
    const stack = aStack();
    const cluster = msk.Cluster.fromClusterArn(stack, 'Kafka', CLUSTER_ARN);
    expect(msk.Topic.fromTopicName(stack, 'Orders', cluster, 'orders').topicRef).toEqual({ topicArn: TOPIC_ARN });
  });
});
