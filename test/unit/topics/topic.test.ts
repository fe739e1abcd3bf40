import { CfnParameter, Duration, RemovalPolicies, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cfn from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

const TOPIC = 'Custom::KafkaTopic';

function aTopic(options: msk.TopicOptions = {}, id = 'orders') {
  const made = aCluster();
  return { ...made, topic: made.cluster.addTopic(id, options) };
}

interface Held {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
}

const ofWorker = (kind: string): unknown =>
  expect.stringMatching(new RegExp(`^KafkaProviderWorker[0-9a-f]{12}${kind}[0-9A-F]{8}$`));

describe('Topic', () => {
  test('has its ID as name, 3 partitions and a replica in each zone by default', () => {
    const { template, topic } = aTopic();
    template().hasResourceProperties(TOPIC, {
      TopicName: 'orders',
      PartitionCount: 3,
      ReplicationFactor: 3,
      Configs: {},
    });
    expect(topic.topicName).toBe('orders');
  });

  test('has two replicas in two zones', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { cluster, template } = aCluster({ vpc: aVpc(stack, 2) }, stack);
    cluster.addTopic('orders');
    template().hasResourceProperties(TOPIC, { ReplicationFactor: 2 });
  });

  test('loses and risks nothing by default', () => {
    aTopic().template().hasResourceProperties(TOPIC, {
      OnExisting: 'fail',
      ConfigDrift: 'declared',
      OnPartitionDecrease: 'fail',
      OnUnreachable: 'fail',
      AllowDataLoss: false,
    });
  });

  test('hands every choice over', () => {
    const { template } = aTopic({
      topicName: 'payments',
      partitionCount: 12,
      replicationFactor: 2,
      onExisting: msk.TopicOnExisting.ADOPT,
      configDrift: msk.TopicConfigDrift.EXACT,
      onPartitionDecrease: msk.TopicOnPartitionDecrease.KEEP,
      onUnreachable: msk.OnUnreachable.RETAIN,
      allowDataLoss: true,
      reconcileToken: 'release-7',
      permissionGracePeriod: Duration.seconds(5),
    });
    template().hasResourceProperties(TOPIC, {
      TopicName: 'payments',
      PartitionCount: 12,
      ReplicationFactor: 2,
      OnExisting: 'adopt',
      ConfigDrift: 'exact',
      OnPartitionDecrease: 'keep',
      OnUnreachable: 'retain',
      AllowDataLoss: true,
      Nonce: 'release-7',
      PermissionGracePeriod: 5,
    });
  });

  test("names configs by Kafka's keys, in their order", () => {
    const { template } = aTopic({
      configs: {
        retention: Duration.days(7),
        retentionSize: Size.gibibytes(10),
        cleanupPolicy: msk.CleanupPolicy.COMPACT_AND_DELETE,
        compressionType: msk.CompressionType.ZSTD,
        minInsyncReplicas: 2,
        maxMessageSize: Size.mebibytes(2),
        segmentSize: Size.mebibytes(64),
        segmentAge: Duration.hours(1),
        other: { 'flush.messages': '9223372036854775807' },
      },
    });
    template().hasResourceProperties(TOPIC, {
      Configs: {
        'cleanup.policy': 'compact,delete',
        'compression.type': 'zstd',
        'flush.messages': '9223372036854775807',
        'max.message.bytes': '2097152',
        'min.insync.replicas': '2',
        'retention.bytes': '10737418240',
        'retention.ms': '604800000',
        'segment.bytes': '67108864',
        'segment.ms': '3600000',
      },
    });
  });

  test('waits for one policy, and that for its worker, the rules of the network and the permissions', () => {
    const resources = (aTopic().template().toJSON() as { Resources: Record<string, Held> }).Resources;
    const [{ DependsOn: waitsFor = [] }] = Object.values(resources).filter(({ Type }) => Type === TOPIC);
    expect(waitsFor).toEqual([ofWorker('DispatchPolicy')]);
    const kinds = ['Ingress', 'Egress', 'FunctionServiceRoleDefaultPolicy', 'Function'];
    for (const kind of kinds) expect(resources[waitsFor[0]].DependsOn).toContainEqual(ofWorker(kind));
  });

  test('has an ARN made from the one of its cluster', () => {
    const { stack, topic } = aTopic();
    const part = (index: number) => ({
      'Fn::Select': [
        index,
        { 'Fn::Split': [':cluster/', { 'Fn::GetAtt': [expect.stringMatching(/^Events/), 'Arn'] }] },
      ],
    });
    expect(stack.resolve(topic.topicArn)).toEqual({ 'Fn::Join': ['', [part(0), ':topic/', part(1), '/orders']] });
  });
});

describe('Topic, when it leaves the stack', () => {
  test('stays by default, but not after a first deployment that failed', () => {
    const { template } = aTopic();
    template().hasResource(TOPIC, {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: { OnReplace: 'retain' },
    });
  });

  test('goes when told to destroy', () => {
    const { template } = aTopic({ removalPolicy: RemovalPolicy.DESTROY });
    template().hasResource(TOPIC, {
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: { OnReplace: 'delete' },
    });
  });

  test('follows a policy that is set from outside', () => {
    const { stack, template } = aTopic();
    RemovalPolicies.of(stack).destroy();
    template().hasResource(TOPIC, { DeletionPolicy: 'Delete', Properties: { OnReplace: 'delete' } });
  });

  test('follows applyRemovalPolicy', () => {
    const { template, topic } = aTopic({ removalPolicy: RemovalPolicy.DESTROY });
    topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    template().hasResource(TOPIC, { DeletionPolicy: 'Retain', Properties: { OnReplace: 'retain' } });
  });
});

describe('Topic and its limits', () => {
  test.each([1, 249])('takes a name of %d characters', (length) => {
    expect(aTopic({ topicName: 'x'.repeat(length) }).topic.topicName).toHaveLength(length);
  });

  test.each([0, 250])('refuses a name of %d characters', (length) => {
    expect(() => aTopic({ topicName: 'x'.repeat(length) })).toThrow(
      `'topicName' must have 1 to 249 characters, got ${length}`,
    );
  });

  test.each(['a b', 'ä', 'a/b', '.', '..'])('refuses the name %p', (topicName) => {
    expect(() => aTopic({ topicName })).toThrow(/'topicName' must consist of letters, digits.*\[TopicNameCharacters\]/);
  });

  test('refuses a name that is kept for internal topics', () => {
    expect(() => aTopic({ topicName: '__orders' })).toThrow(/must not start with '__'.*got '__orders'/);
  });

  test('takes a name that begins with one _', () => {
    expect(aTopic({ topicName: '_orders' }).topic.topicName).toBe('_orders');
  });

  test.each([0, 1.5, 2147483648])('refuses %d partitions', (partitionCount) => {
    expect(() => aTopic({ partitionCount })).toThrow(
      `'partitionCount' must be a whole number from 1 to 2147483647, got ${partitionCount}`,
    );
  });

  test.each([1, 2147483647])('takes %d partitions', (partitionCount) => {
    aTopic({ partitionCount }).template().hasResourceProperties(TOPIC, { PartitionCount: partitionCount });
  });

  test('takes as many replicas as there are brokers, and refuses one more', () => {
    aTopic({ replicationFactor: 3 }).template().hasResourceProperties(TOPIC, { ReplicationFactor: 3 });
    expect(() => aTopic({ replicationFactor: 4 })).toThrow(
      /'replicationFactor' must not exceed the number of brokers \(3\), got 4/,
    );
  });

  test('refuses no replica', () => {
    expect(() => aTopic({ replicationFactor: 0 })).toThrow(
      /'replicationFactor' must be a whole number from 1 to 32767, got 0/,
    );
  });

  test('refuses a config that is said twice', () => {
    const configs = { retention: Duration.days(1), other: { 'retention.ms': '1' } };
    expect(() => aTopic({ configs })).toThrow(
      /'retention.ms' is set both by its own property in 'configs' and in 'configs.other'.*\[ConfigTwice\]/,
    );
  });

  test.each([
    [3, 'blocked whenever a broker is patched'],
    [4, 'brokers use 3 instead'],
  ])('warns of %s replicas in sync, when there are three', (minInsyncReplicas, message) => {
    const { stack } = aTopic({ configs: { minInsyncReplicas } });
    Annotations.fromStack(stack).hasWarning('/Stack/Events/Topics/orders', Match.stringLikeRegexp(message));
  });

  test('warns of an empty cleanup policy, and hands it on', () => {
    const { stack, template } = aTopic({ configs: { other: { 'cleanup.policy': '' } } });
    const message = Match.stringLikeRegexp('neither deleted nor compacted');
    Annotations.fromStack(stack).hasWarning('/Stack/Events/Topics/orders', message);
    template().hasResourceProperties(TOPIC, { Configs: { 'cleanup.policy': '' } });
  });

  test("refuses a config that the cluster's version of Kafka does not have any more", () => {
    const { cluster } = aCluster({ kafkaVersion: msk.KafkaVersion.V4_1_X_KRAFT });
    const configs = { other: { 'message.timestamp.difference.max.ms': '1000' } };
    expect(() => cluster.addTopic('orders', { configs })).toThrow(
      /'message.timestamp.difference.max.ms' was removed in Kafka 4.0, and the cluster has 4.1.x.kraft; remove it \[ConfigOfOtherVersion\]/,
    );
  });

  test('warns of a config that it does not know', () => {
    const { stack, template } = aTopic({ configs: { other: { 'new.key': 'x' } } });
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Events/Topics/orders',
      Match.stringLikeRegexp("'new.key' is not a topic config"),
    );
    template().hasResourceProperties(TOPIC, { Configs: { 'new.key': 'x' } });
  });

  test('tells all findings at once', () => {
    const make = () =>
      aTopic({ topicName: 'a b', partitionCount: 0, configs: { other: { 'retention.ms': 'one day' } } });
    expect(make).toThrow(
      /Invalid configuration at 'Stack\/Events\/Topics\/orders':(.|\n)*TopicNameCharacters(.|\n)*PartitionCountRange(.|\n)*ConfigValue/,
    );
  });
});

describe('Topic with values that only the deployment knows', () => {
  const withParameter = (options: (stack: Stack) => msk.TopicOptions) => {
    const { cluster, stack, template } = aCluster();
    cluster.addTopic('orders', options(stack));
    return template();
  };
  const number = (stack: Stack) => new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
  const string = (stack: Stack) => new CfnParameter(stack, 'Parameter').valueAsString;
  const REF = { Ref: 'Parameter' };

  test('takes a name', () => {
    withParameter((stack) => ({ topicName: string(stack) })).hasResourceProperties(TOPIC, { TopicName: REF });
  });

  test('takes a number of partitions', () => {
    withParameter((stack) => ({ partitionCount: number(stack) })).hasResourceProperties(TOPIC, { PartitionCount: REF });
  });

  test('takes a replication factor', () => {
    withParameter((stack) => ({ replicationFactor: number(stack) })).hasResourceProperties(TOPIC, {
      ReplicationFactor: REF,
    });
  });

  test('takes configs of every type', () => {
    withParameter((stack) => {
      const value = number(stack);
      return {
        configs: { retention: Duration.millis(value), maxMessageSize: Size.bytes(value), minInsyncReplicas: value },
      };
    }).hasResourceProperties(TOPIC, {
      Configs: { 'retention.ms': REF, 'max.message.bytes': REF, 'min.insync.replicas': REF },
    });
  });

  test('takes a text as another config and as reconcile token', () => {
    withParameter((stack) => {
      const value = string(stack);
      return { reconcileToken: value, configs: { other: { 'segment.ms': value } } };
    }).hasResourceProperties(TOPIC, { Nonce: REF, Configs: { 'segment.ms': REF } });
  });
});

describe('Topic on a bare reference', () => {
  test('refuses, and says what it needs', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = new cfn.CfnCluster(stack, 'L1', {
      clusterName: 'events',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: ['subnet-1'], instanceType: 'kafka.m7g.large' },
    });
    expect(() => new msk.Topic(stack, 'orders', { cluster })).toThrow(
      /only a reference.*TopicBackend.dataPlane.*Cluster.fromClusterAttributes.*\[ClusterWithoutNetwork\]/,
    );
  });

  test('works through the attributes of an L1 cluster', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const cluster = msk.Cluster.fromClusterAttributes(stack, 'Events', {
      clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1',
      vpc,
      securityGroups: [group],
    });
    expect(new msk.Topic(stack, 'orders', { cluster }).topicName).toBe('orders');
  });
});
