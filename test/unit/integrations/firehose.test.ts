import { CfnParameter, Duration, Size, type Stack } from 'aws-cdk-lib';
import { Annotations, type Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Compression } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnClusterPolicy } from 'aws-cdk-lib/aws-msk';
import * as s3 from 'aws-cdk-lib/aws-s3';
import facts from '../../../lib/model/facts/iam.json';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { aCluster, aServerlessCluster, aStack, aVpc, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const STREAM = 'AWS::KinesisFirehose::DeliveryStream';

/** A delivery of the topic `orders`, in the stack of the cluster. */
function aDelivery(props: Partial<msk.FirehoseDeliveryProps> = {}, options: Partial<msk.ProvisionedClusterProps> = {}) {
  const made = aCluster(options);
  const orders = made.cluster.addTopic('orders');
  const bucket = new s3.Bucket(made.stack, 'Lake');
  return {
    ...made,
    bucket,
    delivery: new msk.FirehoseDelivery(made.stack, 'Delivery', { topic: orders, bucket, ...props }),
  };
}

const destinationOf = (template: Template) =>
  (propertiesOf(template, STREAM) as { ExtendedS3DestinationConfiguration: Record<string, unknown> })
    .ExtendedS3DestinationConfiguration;

describe('FirehoseDelivery', () => {
  test('brings the topic from its beginning to the bucket, privately', () => {
    aDelivery()
      .template()
      .hasResourceProperties(STREAM, {
        DeliveryStreamType: 'MSKAsSource',
        MSKSourceConfiguration: {
          MSKClusterARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] },
          TopicName: 'orders',
          ReadFromTimestamp: '1970-01-01T00:00:00Z',
          AuthenticationConfiguration: {
            Connectivity: 'PRIVATE',
            RoleARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DeliveryRole'), 'Arn'] },
          },
        },
        ExtendedS3DestinationConfiguration: {
          BucketARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Lake'), 'Arn'] },
          CloudWatchLoggingOptions: { Enabled: true, LogGroupName: { Ref: Match.stringLikeRegexp('^DeliveryLogs') } },
        },
      });
  });

  test('has no name of its own, so that another topic can be another stream', () => {
    expect(propertiesOf(aDelivery().template(), STREAM)).not.toHaveProperty('DeliveryStreamName');
  });

  test('leaves to Firehose what is not said', () => {
    const destination = destinationOf(aDelivery().template());
    for (const property of [
      'Prefix',
      'ErrorOutputPrefix',
      'BufferingHints',
      'CompressionFormat',
      'EncryptionConfiguration',
    ])
      expect(destination).not.toHaveProperty(property);
  });

  test('hands over where it comes in, and as whom', () => {
    const { cluster, stack, template } = aCluster();
    new msk.FirehoseDelivery(stack, 'Delivery', {
      topic: cluster.addTopic('orders'),
      bucket: new s3.Bucket(stack, 'Lake'),
      connectivity: msk.FirehoseConnectivity.PUBLIC,
      startFrom: new Date('2026-02-03T04:05:06Z'),
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lake'),
    });
    const RoleARN = 'arn:aws:iam::111122223333:role/lake';
    template().hasResourceProperties(STREAM, {
      MSKSourceConfiguration: {
        AuthenticationConfiguration: { Connectivity: 'PUBLIC', RoleARN },
        ReadFromTimestamp: '2026-02-03T04:05:06Z',
      },
      ExtendedS3DestinationConfiguration: { RoleARN },
    });
  });

  test('hands over how it writes', () => {
    const { cluster, stack, template } = aCluster();
    const encryptionKey = new kms.Key(stack, 'Key');
    new msk.FirehoseDelivery(stack, 'Delivery', {
      topic: cluster.addTopic('orders'),
      bucket: new s3.Bucket(stack, 'Lake'),
      prefix: 'orders/!{timestamp:yyyy/MM/dd}/',
      errorPrefix: 'failed/!{firehose:error-output-type}/',
      bufferingSize: Size.mebibytes(64),
      bufferingInterval: Duration.minutes(1),
      compression: Compression.GZIP,
      encryptionKey,
      logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', '/lake'),
    });
    expect(destinationOf(template())).toMatchObject({
      Prefix: 'orders/!{timestamp:yyyy/MM/dd}/',
      ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/',
      BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 64 },
      CompressionFormat: 'GZIP',
      EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: stack.resolve(encryptionKey.keyArn) } },
      CloudWatchLoggingOptions: { LogGroupName: '/lake' },
    });
  });

  test.each([
    [{ bufferingSize: Size.mebibytes(1) }, { IntervalInSeconds: 300, SizeInMBs: 1 }],
    [{ bufferingInterval: Duration.seconds(0) }, { IntervalInSeconds: 0, SizeInMBs: 5 }],
  ])('fills in the other of two buffers: %#', (props, expected) => {
    expect(destinationOf(aDelivery(props).template()).BufferingHints).toEqual(expected);
  });

  test('sets errors apart where the prefix has expressions', () => {
    const { template } = aDelivery({ prefix: '!{timestamp:yyyy}/' });
    expect(destinationOf(template()).ErrorOutputPrefix).toBe('errors/!{firehose:error-output-type}/');
    expect(destinationOf(aDelivery({ prefix: 'orders/' }).template())).not.toHaveProperty('ErrorOutputPrefix');
  });

  test('is made after the topic and its permissions', () => {
    const [{ DependsOn }] = Object.values(aDelivery().template().findResources(STREAM));
    for (const other of [/^EventsTopicsorders/, /^DeliveryPolicy/])
      expect(DependsOn).toContainEqual(expect.stringMatching(other));
  });

  test('tells its name and ARN', () => {
    const { delivery, stack } = aDelivery();
    const id = expect.stringMatching(/^Delivery/) as string;
    expect(stack.resolve([delivery.deliveryStreamName, delivery.deliveryStreamArn])).toEqual([
      { Ref: id },
      { 'Fn::GetAtt': [id, 'Arn'] },
    ]);
  });
});

describe('The role of a FirehoseDelivery', () => {
  test('may do on cluster, topic and groups just what Firehose wants', () => {
    const statements = allowed(aDelivery().template(), 'DeliveryRole');
    expect(inShort(statements).slice(0, 3)).toEqual([
      'kafka:GetBootstrapBrokers kafka:DescribeCluster kafka:DescribeClusterV2 Connect on cluster',
      'DescribeTopic DescribeTopicDynamicConfiguration ReadData on topic/orders',
      'DescribeGroup on group/*',
    ]);
    const { firehose, firehoseLogs, firehoseS3 } = facts.consumers;
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions.sort()).toEqual([...firehose, ...firehoseLogs, ...firehoseS3].sort());
  });

  test.each<[string, (stack: Stack) => Partial<msk.FirehoseDeliveryProps>]>([
    ['of the delivery', (stack) => ({ encryptionKey: new kms.Key(stack, 'Key') })],
    [
      'of the bucket',
      (stack) => ({ bucket: new s3.Bucket(stack, 'Safe', { encryptionKey: new kms.Key(stack, 'Key') }) }),
    ],
  ])('may use the key %s', (_, more) => {
    const { cluster, stack, template } = aCluster();
    const bucket = new s3.Bucket(stack, 'Lake');
    new msk.FirehoseDelivery(stack, 'Delivery', { topic: cluster.addTopic('orders'), bucket, ...more(stack) });
    const actions = allowed(template(), 'DeliveryRole').flatMap((statement) => statement.actions);
    expect(actions).toEqual(expect.arrayContaining(facts.consumers.firehoseKms));
  });

  test('lets Firehose make a connection by the policy of the cluster', () => {
    const { delivery, stack } = aDelivery();
    const { actions, principal } = facts.consumers.firehoseClusterPolicy;
    expect(stack.resolve(delivery.clusterPolicyStatement.toStatementJson())).toEqual({
      Effect: 'Allow',
      Principal: { Service: principal },
      Action: actions[0],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Events/), 'Arn'] },
    });
    expect(actions).toHaveLength(1);
  });
});

describe('What the cluster lacks for a FirehoseDelivery', () => {
  const warnings = (stack: Stack) =>
    Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('cdk-msk:Firehose'))
      .map(({ entry }) => entry.data as string);

  const addPolicy = (stack: Stack, clusterArn: string, statement: iam.PolicyStatement) =>
    new CfnClusterPolicy(stack, 'Policy', {
      clusterArn,
      policy: new iam.PolicyDocument({ statements: [statement] }),
    });

  test('is told: multi-VPC connectivity, and the policy while there is none', () => {
    expect(warnings(aDelivery().stack)).toEqual([
      expect.stringMatching(
        /multi-VPC connectivity with IAM.*and the delivery's 'clusterPolicyStatement'.*FirehoseNeedsPrivateConnectivity/,
      ),
    ]);
    const { cluster, delivery, stack } = aDelivery();
    addPolicy(stack, cluster.clusterArn, delivery.clusterPolicyStatement);
    expect(warnings(stack)).toEqual([expect.not.stringContaining('clusterPolicyStatement')]);
  });

  test('is nothing on a Serverless cluster with the policy', () => {
    const { cluster, stack } = aServerlessCluster();
    const bucket = new s3.Bucket(stack, 'Lake');
    const delivery = new msk.FirehoseDelivery(stack, 'Delivery', { topic: cluster.addTopic('orders'), bucket });
    addPolicy(stack, cluster.clusterArn, delivery.clusterPolicyStatement);
    expect(warnings(stack)).toEqual([]);
  });

  test.each([
    [
      msk.FirehoseConnectivity.PRIVATE,
      { vpcConnectivity: { clientAuthentication: { sasl: { iam: { enabled: true } } } } },
    ],
    [msk.FirehoseConnectivity.PUBLIC, { publicAccess: { type: 'SERVICE_PROVIDED_EIPS' } }],
  ])('is nothing on an L1 that has it: %s', (connectivity, connectivityInfo) => {
    const stack = aStack({ env: ENVIRONMENT });
    const clientSubnets = aVpc(stack).isolatedSubnets.map(({ subnetId }) => subnetId);
    const cluster = new CfnCluster(stack, 'L1', {
      clusterName: 'l1',
      kafkaVersion: '3.9.x.kraft',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets, instanceType: 'kafka.m7g.large', connectivityInfo },
    });
    const topic = msk.Topic.fromTopicName(stack, 'orders', cluster, 'orders');
    const bucket = new s3.Bucket(stack, 'Lake');
    const delivery = new msk.FirehoseDelivery(stack, 'Delivery', { topic, bucket, connectivity });
    addPolicy(stack, cluster.attrArn, delivery.clusterPolicyStatement);
    expect(warnings(stack)).toEqual([]);
  });

  test('is seen where an escape hatch has set it', () => {
    const { cluster, delivery, stack } = aDelivery();
    addPolicy(stack, cluster.clusterArn, delivery.clusterPolicyStatement);
    const iam = 'BrokerNodeGroupInfo.ConnectivityInfo.VpcConnectivity.ClientAuthentication.Sasl.Iam.Enabled';
    (cluster.node.defaultChild as CfnCluster).addPropertyOverride(iam, true);
    expect(warnings(stack)).toEqual([]);
  });

  test('is public access, where Firehose comes by the internet', () => {
    const { stack } = aDelivery({ connectivity: msk.FirehoseConnectivity.PUBLIC });
    expect(warnings(stack)).toEqual([expect.stringMatching(/public access.*FirehoseNeedsPublicAccess/)]);
  });
});

describe('FirehoseDelivery refuses', () => {
  test('a cluster without IAM', () => {
    expect(() => aDelivery({}, { authentication: [msk.ClientAuthentication.iam()] })).not.toThrow();
    const { cluster, stack } = aCluster({ authentication: [msk.ClientAuthentication.scram()] });
    const topic = msk.Topic.fromTopicName(stack, 'orders', cluster, 'orders');
    const props = { topic, bucket: new s3.Bucket(stack, 'Lake') };
    expect(() => new msk.FirehoseDelivery(stack, 'Delivery', props)).toThrow(/\[FirehoseNeedsIam\]/);
  });

  test('private connectivity with kafka.t3.small, which a larger type has', () => {
    const options = { kafkaVersion: msk.KafkaVersion.V3_9_X, instanceType: msk.BrokerInstanceType.T3_SMALL };
    expect(() => aDelivery({}, options)).toThrow(/kafka\.t3\.small.*\[FirehosePrivateOnT3\]/);
    expect(() => aDelivery({ connectivity: msk.FirehoseConnectivity.PUBLIC }, options)).not.toThrow();
  });

  test('the internet with a Serverless cluster', () => {
    const { cluster, stack } = aServerlessCluster();
    const bucket = new s3.Bucket(stack, 'Lake');
    const props = { topic: cluster.addTopic('clicks'), bucket, connectivity: msk.FirehoseConnectivity.PUBLIC };
    expect(() => new msk.FirehoseDelivery(stack, 'Delivery', props)).toThrow(/\[FirehosePublicServerless\]/);
  });

  test.each([
    ['FirehoseBufferingSize', { bufferingSize: Size.mebibytes(1) }, { bufferingSize: Size.kibibytes(1023) }],
    ['FirehoseBufferingSize', { bufferingSize: Size.mebibytes(128) }, { bufferingSize: Size.mebibytes(129) }],
    [
      'FirehoseBufferingInterval',
      { bufferingInterval: Duration.minutes(15) },
      { bufferingInterval: Duration.seconds(901) },
    ],
    [
      'FirehoseBufferingInterval',
      { bufferingInterval: Duration.seconds(1) },
      { bufferingInterval: Duration.millis(999) },
    ],
    ['FirehosePrefix', { prefix: '!{timestamp:yyyy}/' }, { prefix: '!{firehose:error-output-type}/' }],
    ['FirehoseExpression', { prefix: '!{timestamp:yyyy}/' }, { prefix: '!{bogus' }],
    ['FirehoseExpression', { prefix: '!{partitionKeyFromQuery:id}/' }, { prefix: 'a/!{date:yyyy}/' }],
    ['FirehoseErrorPrefix', { errorPrefix: 'errors/' }, { errorPrefix: 'errors/', prefix: '!{timestamp:yyyy}/' }],
    [
      'FirehoseErrorPrefix',
      { errorPrefix: '!{timestamp:yyyy}/!{firehose:error-output-type}/' },
      { errorPrefix: '!{timestamp:yyyy}/' },
    ],
  ])('%s: %#', (id, good, bad) => {
    expect(() => aDelivery(good)).not.toThrow();
    expect(() => aDelivery(bad)).toThrow(new RegExp(`\\[${id}\\]`));
  });

  test('takes what is not known yet', () => {
    const { cluster, stack } = aCluster();
    const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    const props = {
      topic: cluster.addTopic('orders'),
      bucket: new s3.Bucket(stack, 'Lake'),
      bufferingSize: Size.mebibytes(number('Size')),
      bufferingInterval: Duration.seconds(number('Interval')),
      prefix: text('Prefix'),
      errorPrefix: text('ErrorPrefix'),
    };
    expect(() => new msk.FirehoseDelivery(stack, 'Delivery', props)).not.toThrow();
  });
});
