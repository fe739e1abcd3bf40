import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { aStack, aVpc, ENVIRONMENT, logicalIds } from '../../../testkit/stacks';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const GROUP = 'billing';

let stack: Stack;
let fn: lambda.Function;
let clusters: msk.ICluster[];

beforeEach(() => {
  stack = aStack({ env: ENVIRONMENT });
  const vpc = aVpc(stack);
  clusters = ['Events', 'Payments'].map((id) => new msk.ServerlessCluster(stack, id, { vpc, alarms: false }));
  fn = new lambda.Function(stack, 'Billing', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
});

const reads = (topic: msk.ITopic, consumerGroup?: string) =>
  fn.addEventSource(new msk.TopicEventSource(topic, { consumerGroup }));
/** The IDs of the event sources in the function. */
const sources = () => fn.node.children.map(({ node }) => node.id).filter((id) => id.startsWith('Topic'));
const mappings = () => logicalIds(Template.fromStack(stack), MAPPING);

describe('A function that reads', () => {
  test.each([undefined, GROUP])('the same topic name on two clusters has two event sources, in group %s', (group) => {
    reads(clusters[0].addTopic('orders'), group);
    const [first] = sources();
    reads(msk.Topic.fromTopicName(stack, 'Others', clusters[1], 'orders'), group);
    expect(mappings()).toHaveLength(2);
    expect(sources()[0]).toBe(first);
  });

  test('two topics whose names are parameters has two event sources', () => {
    ['One', 'Two'].forEach((id) => {
      const { valueAsString: topicName } = new CfnParameter(stack, `${id}Name`);
      reads(msk.Topic.fromTopicName(stack, id, clusters[0], topicName), GROUP);
    });
    expect(mappings()).toHaveLength(2);
  });

  test('one topic in two groups has two event sources', () => {
    const orders = clusters[0].addTopic('orders');
    reads(orders, 'one');
    reads(orders, 'two');
    expect(mappings()).toHaveLength(2);
  });

  test.each(['the same construct', 'an import'])('one topic twice in one group is refused, by %s', (how) => {
    const orders = clusters[0].addTopic('orders');
    reads(clusters[1].addTopic('paid', { topicName: 'orders' }), GROUP);
    reads(orders, GROUP);
    const again = how === 'an import' ? msk.Topic.fromTopicName(stack, 'Again', clusters[0], 'orders') : orders;
    expect(() => reads(again, GROUP)).toThrow(/reads the topic '.*' as this consumer group already.*EventSourceTwice/);
  });
});
