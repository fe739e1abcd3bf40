import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { aCluster } from '../../../testkit/stacks';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const provisionedPollers = { minimumPollers: 1, maximumPollers: 3 };

/** A function that reads a topic with some settings. */
function reader(
  props: msk.TopicEventSourceProps | ((stack: Stack) => msk.TopicEventSourceProps),
  topicName = 'orders',
) {
  const { cluster, stack } = aCluster({ alarms: false });
  const fn = new lambda.Function(stack, 'Billing', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  const topic = cluster.addTopic('Orders', { topicName });
  fn.addEventSource(new msk.TopicEventSource(topic, typeof props === 'function' ? props(stack) : props));
  return stack;
}

describe('The settings of an event source', () => {
  test('reach Lambda', () => {
    const stack = reader({
      provisionedPollers,
      startingPosition: lambda.StartingPosition.AT_TIMESTAMP,
      startingPositionTimestamp: 1_795_000_000,
      retryAttempts: 3,
      maxRecordAge: Duration.hours(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      metricsConfig: { metrics: [lambda.MetricType.ERROR_COUNT, lambda.MetricType.KAFKA_METRICS] },
      logLevel: lambda.EventSourceMappingLogLevel.INFO,
      tags: { team: 'billing' },
    });
    Template.fromStack(stack).hasResourceProperties(MAPPING, {
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_795_000_000,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3600,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MetricsConfig: { Metrics: ['ErrorCount', 'KafkaMetrics'] },
      LoggingConfig: { SystemLogLevel: 'INFO' },
      Tags: [{ Key: 'team', Value: 'billing' }],
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('EventSource'));
  });

  test('encrypt the filters with a key that Lambda may use', () => {
    const filters = [lambda.FilterCriteria.filter({ value: { kind: ['paid'] } })];
    const template = Template.fromStack(
      reader((stack) => ({ filters, filterEncryption: new kms.Key(stack, 'FilterKey') })),
    );
    template.hasResourceProperties(MAPPING, {
      KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FilterKey'), 'Arn'] },
    });
    const lambdaMayDecrypt = { Action: 'kms:Decrypt', Principal: { Service: 'lambda.amazonaws.com' } };
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike(lambdaMayDecrypt)]) },
    });
  });

  test('add nothing to the template unless they are set', () => {
    const [{ Properties }] = Object.values(Template.fromStack(reader({})).findResources(MAPPING));
    expect(Object.keys(Properties as object).sort()).toEqual([
      ...['AmazonManagedKafkaEventSourceConfig', 'EventSourceArn', 'FunctionName', 'StartingPosition', 'Topics'],
    ]);
  });

  test('are not judged while they are tokens', () => {
    const stack = reader((scope) => {
      const number = new CfnParameter(scope, 'Number', { type: 'Number' }).valueAsNumber;
      return { provisionedPollers, batchSize: number, retryAttempts: number, consumerGroup: `${scope.stackId}` };
    });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('An event source is refused', () => {
  const refused = (props: msk.TopicEventSourceProps, message: RegExp) =>
    expect(() => reader({ provisionedPollers, ...props })).toThrow(message);
  const AT = lambda.StartingPosition.AT_TIMESTAMP;

  test.each<[string, msk.TopicEventSourceProps, RegExp]>([
    [
      'no records',
      { batchSize: 0 },
      /'batchSize' must be a whole number from 1 to 10000, got 0 \[EventSourceBatchSize\]/,
    ],
    ['too many records', { batchSize: 10_001 }, /got 10001 \[EventSourceBatchSize\]/],
    ['a part of a record', { batchSize: 1.5 }, /got 1\.5 \[EventSourceBatchSize\]/],
    ['a size that is no number', { batchSize: NaN }, /'batchSize' must be a finite number, got NaN \[PropertyType\]/],
    ['negative retries', { retryAttempts: -2 }, /'retryAttempts' .* or -1 for no limit, got -2 \[EventSourceRetries\]/],
    ['too many retries', { retryAttempts: 10_001 }, /got 10001 \[EventSourceRetries\]/],
    ['records that are too young', { maxRecordAge: Duration.seconds(59) }, /got 59 seconds \[EventSourceRecordAge\]/],
    ['records that are too old', { maxRecordAge: Duration.days(8) }, /got 691200 seconds \[EventSourceRecordAge\]/],
    ['AT_TIMESTAMP without a time', { startingPosition: AT }, /AT_TIMESTAMP needs 'startingPositionTimestamp'/],
    ['a time without AT_TIMESTAMP', { startingPositionTimestamp: 1 }, /only valid with .* AT_TIMESTAMP, got none/],
    [
      'milliseconds',
      { startingPosition: AT, startingPositionTimestamp: 1_795_000_000_000 },
      /whole seconds, not milliseconds, got 1795000000000 \[EventSourceTimestamp\]/,
    ],
    [
      'a group that is too long',
      { consumerGroup: 'x'.repeat(201) },
      /'consumerGroup' .*\(201 characters\) \[EventSourceGroup\]/,
    ],
    ['a group with blanks', { consumerGroup: 'my group' }, /got 'my group'.* \[EventSourceGroup\]/],
  ])('with %s', (_what, props, message) => refused(props, message));

  test('with a key and no filters', () => {
    const stack = new Stack();
    const filterEncryption = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    refused(
      { filterEncryption },
      /'filterEncryption' encrypts 'filters', which are not set.* \[EventSourceFilterKey\]/,
    );
  });

  test.each(['.audit', 'a'])('on topic %s, which only Kafka takes', (topicName) => {
    expect(() => reader({}, topicName)).toThrow(/Lambda reads only topics whose names.* \[EventSourceTopicName\]/);
  });

  test('for logs of pollers on demand', () => {
    expect(() => reader({ logLevel: lambda.EventSourceMappingLogLevel.INFO })).toThrow(
      /'logLevel' is only available with provisioned pollers; set 'provisionedPollers'.*\[EventSourceNeedsProvisioned\]/,
    );
  });
});

test('What AWS offers with provisioned pollers is a warning without them', () => {
  const stack = reader({ retryAttempts: 3, reportBatchItemFailures: true, bisectBatchOnError: false });
  Annotations.fromStack(stack).hasWarning(
    '/Stack/Billing',
    Match.stringLikeRegexp(
      "'retryAttempts', 'reportBatchItemFailures' with provisioned pollers only.*cdk-msk:EventSourceOnDemand",
    ),
  );
});
