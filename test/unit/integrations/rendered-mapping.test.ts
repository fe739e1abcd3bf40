import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib';
import * as msk from '../../../lib';
import { aCluster } from '../../../testkit/stacks';

/** A function that reads a topic, and its mapping. */
function aReader(props: msk.TopicEventSourceProps = {}): { stack: Stack; mapping: lambda.CfnEventSourceMapping } {
  const { cluster, stack } = aCluster();
  const fn = new lambda.Function(stack, 'Fn', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  fn.addEventSource(new msk.TopicEventSource(cluster.addTopic('orders'), props));
  const mappings = fn.node.findAll().filter((one) => one instanceof lambda.CfnEventSourceMapping);
  return { stack, mapping: mappings[0] };
}

function overridden(path: string, value: unknown, props: msk.TopicEventSourceProps = {}): Stack {
  const { mapping, stack } = aReader(props);
  mapping.addPropertyOverride(path, value);
  return stack;
}

describe('An event source mapping that an escape hatch has changed', () => {
  test.each<[string, string, unknown, string]>([
    ['too large a batch', 'BatchSize', 10_001, 'EventSourceBatchSize'],
    ['a topic that Lambda does not read', 'Topics', ['.audit'], 'EventSourceTopicName'],
    ['a group', 'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId', 'a b', 'EventSourceGroup'],
    ['retries', 'MaximumRetryAttempts', -2, 'EventSourceRetries'],
    ['a time without its position', 'StartingPositionTimestamp', 1_700_000_000, 'EventSourceTimestamp'],
    [
      'a log level without provisioned pollers',
      'LoggingConfig',
      { SystemLogLevel: 'DEBUG' },
      'EventSourceNeedsProvisioned',
    ],
  ])('refuses %s', (_, path, value, rule) => {
    expect(() => Template.fromStack(overridden(path, value))).toThrow(new RegExp(`\\[${rule}\\]`));
  });

  test('is judged by what is written only where it is known', () => {
    expect(() => Template.fromStack(overridden('BatchSize', { Ref: 'AWS::Region' }))).not.toThrow();
    expect(() => Template.fromStack(overridden('BatchSize', 10_000))).not.toThrow();
  });
});

describe('The filters of an event source', () => {
  const filters = (count: number) =>
    Array.from({ length: count }, () => lambda.FilterCriteria.filter({ value: ['a'] }));
  const warnings = (stack: Stack) =>
    Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('EventSourceFiltersQuota'));

  test('are taken up to the default quota', () => {
    expect(warnings(aReader({ filters: filters(5) }).stack)).toEqual([]);
  });

  test('are warned of above it, once', () => {
    expect(warnings(aReader({ filters: filters(6) }).stack)).toHaveLength(1);
  });
});
