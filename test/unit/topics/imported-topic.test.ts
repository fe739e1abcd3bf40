import { CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aCluster, logicalIds } from '../../../testkit/stacks';

describe('Topic.fromTopicName', () => {
  test('takes grants', () => {
    const { cluster, stack, template } = aCluster();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const topic = msk.Topic.fromTopicName(stack, 'Audit', cluster, 'audit');
    topic.grants.produce(role);
    expect(topic.topicName).toBe('audit');
    expect(inShort(allowed(template(), 'Role'))[1]).toBe('DescribeTopic WriteData on topic/audit');
  });

  test('defines nothing', () => {
    const { cluster, stack, template } = aCluster();
    msk.Topic.fromTopicAttributes(stack, 'Audit', { cluster, topicName: 'audit' });
    expect(logicalIds(template(), 'Custom::KafkaTopic')).toEqual([]);
    expect(logicalIds(template(), 'AWS::Lambda::Function')).toEqual([]);
  });

  test("takes one of Kafka's own topics, and a token", () => {
    const { cluster, stack } = aCluster();
    const token = new CfnParameter(stack, 'Name').valueAsString;
    expect(msk.Topic.fromTopicName(stack, 'Offsets', cluster, '__consumer_offsets').topicName).toBe(
      '__consumer_offsets',
    );
    expect(msk.Topic.fromTopicName(stack, 'Token', cluster, token).topicName).toBe(token);
  });

  test('refuses what is no name of a topic', () => {
    const { cluster, stack } = aCluster();
    expect(() => msk.Topic.fromTopicName(stack, 'Audit', cluster, 'audit*')).toThrow(/\[TopicNameCharacters\]/);
  });
});
