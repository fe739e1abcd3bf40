import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from '../../../lib';
import {
  aCluster,
  anApp,
  anExpressCluster,
  aStack,
  aVpc,
  ENVIRONMENT,
  Match,
  propertiesOf,
} from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';
const DELIVERY = { Service: 'delivery.logs.amazonaws.com' };
const loggingOf = (template: Template) => propertiesOf(template, CLUSTER).LoggingInfo;

function withBucket(encryptionKey?: (stack: Stack) => kms.IKey) {
  const stack = aStack({ env: ENVIRONMENT });
  const key = encryptionKey?.(stack);
  const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: key });
  return aCluster({ brokerLogs: msk.BrokerLogs.s3(bucket, { prefix: 'kafka/' }) }, stack);
}

describe('BrokerLogs.cloudWatch', () => {
  test('takes a log group that is given', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const logGroup = new logs.LogGroup(stack, 'Group');
    const { template } = aCluster({ brokerLogs: msk.BrokerLogs.cloudWatch({ logGroup }) }, stack);
    template().resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('encrypts its group with a key, which CloudWatch Logs may use for such groups', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const encryptionKey = new kms.Key(stack, 'Key');
    const { template } = aCluster({ brokerLogs: msk.BrokerLogs.cloudWatch({ encryptionKey }) }, stack);
    template().hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
    const statement = {
      Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
    };
    template().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
    });
  });

  test('takes a key of another stack, without a cycle', () => {
    const app = anApp();
    const keys = aStack({ app, id: 'Keys', env: ENVIRONMENT });
    const encryptionKey = new kms.Key(keys, 'Key');
    const stack = aStack({ app, id: 'Platform', env: ENVIRONMENT });
    aCluster({ brokerLogs: msk.BrokerLogs.cloudWatch({ encryptionKey }) }, stack);
    app.synth();
    expect([stack.dependencies, keys.dependencies]).toEqual([[keys], []]);
  });

  test('takes a key of another account as it is', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const arn = 'arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-3333-4444-555555555555';
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', arn);
    aCluster({ brokerLogs: msk.BrokerLogs.cloudWatch({ encryptionKey }), encryptionKey }, stack)
      .template()
      .hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: arn });
  });
});

describe('BrokerLogs.s3', () => {
  test('writes below a prefix, once log delivery may', () => {
    const { template } = withBucket();
    expect(loggingOf(template())).toEqual({
      BrokerLogs: { S3: { Enabled: true, Bucket: { Ref: expect.stringMatching(/^Bucket/) }, Prefix: 'kafka/' } },
    });
    template().hasResource(CLUSTER, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^BucketPolicy')]) });
    const put = { Principal: DELIVERY, Action: 's3:PutObject', Effect: 'Allow' };
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(put)]) },
    });
  });

  test("lets log delivery use the bucket's key", () => {
    const { template } = withBucket((stack) => new kms.Key(stack, 'Key'));
    template().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: DELIVERY })]) },
    });
  });

  test('leaves the policy of a bucket alone that somebody else made', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'logs');
    const { template } = aCluster({ brokerLogs: msk.BrokerLogs.s3(bucket) }, stack);
    expect(loggingOf(template())).toEqual({ BrokerLogs: { S3: { Enabled: true, Bucket: 'logs' } } });
    template().resourceCountIs('AWS::S3::BucketPolicy', 0);
  });
});

describe('BrokerLogs.firehose', () => {
  test('gives the stream the tag that log delivery asks for', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const stream = new firehose.CfnDeliveryStream(stack, 'Stream', {});
    const { template } = aCluster({ brokerLogs: msk.BrokerLogs.firehose(stream) }, stack);
    expect(loggingOf(template())).toEqual({
      BrokerLogs: { Firehose: { Enabled: true, DeliveryStream: { Ref: 'Stream' } } },
    });
    template().hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      Tags: [{ Key: 'LogDeliveryEnabled', Value: 'true' }],
    });
  });
});

describe('BrokerLogs.all', () => {
  test('writes to several places at once', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const places = [msk.BrokerLogs.cloudWatch(), msk.BrokerLogs.s3(new s3.Bucket(stack, 'Bucket'))];
    const { template } = aCluster({ brokerLogs: msk.BrokerLogs.all(...places) }, stack);
    template().hasResourceProperties(CLUSTER, {
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true }, S3: { Enabled: true } } },
    });
  });
});

describe('Authorizer logs', () => {
  const withAuthorizer = (brokerLogs?: msk.BrokerLogs) =>
    aCluster({ authorizerLogs: msk.BrokerLogs.cloudWatch(), brokerLogs });

  test('go to a group of their own beside the broker logs', () => {
    const { template } = withAuthorizer();
    const group = (id: string) => ({
      CloudWatchLogs: { Enabled: true, LogGroup: { Ref: Match.stringLikeRegexp(id) } },
    });
    template().hasResourceProperties(CLUSTER, {
      LoggingInfo: { BrokerLogs: group('^EventsBrokerLogs'), AuthorizerLogs: group('^EventsAuthorizerLogs') },
    });
  });

  test('go without broker logs, which the schema wants to be there', () => {
    const { template } = withAuthorizer(msk.BrokerLogs.none());
    template().hasResourceProperties(CLUSTER, {
      LoggingInfo: { BrokerLogs: {}, AuthorizerLogs: { CloudWatchLogs: { Enabled: true } } },
    });
  });
});

describe('OpenMonitoring', () => {
  const exporters = (jmx: boolean, node: boolean) => ({
    Prometheus: { JmxExporter: { EnabledInBroker: jmx }, NodeExporter: { EnabledInBroker: node } },
  });

  test.each([
    ['JMX', true, false, [11001]],
    ['NODE', false, true, [11002]],
    ['ALL', true, true, [11001, 11002]],
  ] as const)('%s is on, and lets Prometheus in to it', (name, jmx, node, ports) => {
    for (const { cluster, stack, template } of [aCluster, anExpressCluster].map((make) =>
      make({ openMonitoring: msk.OpenMonitoring[name] }),
    )) {
      const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
      cluster.allowPrometheus(new ec2.SecurityGroup(stack, 'Prometheus', { vpc }));
      template().hasResourceProperties(CLUSTER, { OpenMonitoring: exporters(jmx, node) });
      const rules = Object.values(template().findResources('AWS::EC2::SecurityGroupIngress'));
      expect(rules.map(({ Properties }) => Properties.FromPort)).toEqual(ports);
    }
  });

  test('is off by default, and nobody is let in', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    const { cluster, template } = aCluster({ vpc }, stack);
    template().hasResourceProperties(CLUSTER, { OpenMonitoring: Match.absent() });
    expect(() => cluster.allowPrometheus(new ec2.SecurityGroup(stack, 'Prometheus', { vpc }))).toThrow(
      /'openMonitoring' is not set.*\[OpenMonitoringOff\]/,
    );
  });
});
