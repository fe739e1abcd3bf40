import { CfnParameter, Duration, Fn, Size } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import facts from '../../../lib/model/facts/server-properties.json';
import { aCluster, anExpressCluster, aStack, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CONFIGURATION = 'AWS::MSK::Configuration';
const ARN = 'arn:aws:kafka:eu-west-1:111122223333:configuration/shared/11111111-2222-3333-4444-555555555555-1';

function rendered(serverProperties: msk.ServerProperties, clusterKind?: msk.ClusterKind): string[] {
  const stack = aStack({ env: ENVIRONMENT });
  new msk.Configuration(stack, 'Shared', { serverProperties, clusterKind });
  return (propertiesOf(Template.fromStack(stack), CONFIGURATION).ServerProperties as string).split('\n');
}
const other = (name: string, value: string) => ({ other: { [name]: value } });

describe('ServerProperties', () => {
  test('are written by name and type', () => {
    expect(
      rendered({
        autoCreateTopics: true,
        uncleanLeaderElection: true,
        defaultReplicationFactor: 3,
        minInsyncReplicas: 2,
        numPartitions: 6,
        allowEveryoneIfNoAclFound: false,
        logRetention: Duration.days(1),
        logRetentionSize: Size.gibibytes(1),
        logCleanupPolicy: msk.CleanupPolicy.COMPACT,
        compressionType: msk.CompressionType.ZSTD,
        messageMaxSize: Size.mebibytes(2),
      }),
    ).toEqual([
      'allow.everyone.if.no.acl.found=false',
      'auto.create.topics.enable=true',
      'compression.type=zstd',
      'default.replication.factor=3',
      'log.cleanup.policy=compact',
      'log.retention.bytes=1073741824',
      'log.retention.ms=86400000',
      'message.max.bytes=2097152',
      'min.insync.replicas=2',
      'num.partitions=6',
      'unclean.leader.election.enable=true',
    ]);
  });

  test.each(facts.list.filter(({ standard }) => standard === false).map(({ name }) => name))(
    'refuse %s on Standard brokers',
    (name) =>
      expect(() => rendered(other(name, '1'))).toThrow(
        /cannot be set on Standard brokers.*\[ServerPropertyOfOtherKind\]/,
      ),
  );

  test.each(facts.list.filter(({ express }) => !express).map(({ name }) => name))(
    'refuse %s on Express brokers',
    (name) => {
      const make = () => rendered(other(name, '1'), msk.ClusterKind.EXPRESS);
      expect(make).toThrow(`'${name}' cannot be set on Express brokers`);
    },
  );

  test.each([
    ['replica.lag.time.max.ms', '10000', '9999'],
    ['replica.lag.time.max.ms', '30000', '30001'],
    ['num.partitions', '1', '0'],
    ['socket.send.buffer.bytes', '-1', '-2'],
    ['log.cleaner.min.cleanable.ratio', '1', '1.1'],
    ['log.segment.bytes', '2147483647', '2147483648'],
    ['delete.topic.enable', 'true', 'yes'],
    ['compression.type', 'zstd', 'zip'],
    ['zookeeper.session.timeout.ms', '18000', '18001'],
    ['zookeeper.session.timeout.ms', '6000', '5999'],
  ])('take %s=%s and refuse %s', (name, good, bad) => {
    expect(rendered(other(name, good))).toContain(`${name}=${good}`);
    expect(() => rendered(other(name, bad))).toThrow(/must be .*, got '.*' \[ServerPropertyValue\]/);
  });

  test('warn of segments with which brokers of Kafka 4 do not start, and refuse them on a cluster of Kafka 4', () => {
    const serverProperties = other('log.segment.bytes', '1048575');
    const { stack } = aCluster({ kafkaVersion: msk.KafkaVersion.V3_9_X_KRAFT, serverProperties });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('brokers of Kafka 4.0 and later do not start'));
    expect(() => aCluster({ kafkaVersion: msk.KafkaVersion.V4_1_X_KRAFT, serverProperties })).toThrow(
      /'log.segment.bytes' must be .* from 1048576 to 2147483647, got '1048575' \[ServerPropertyValue\]/,
    );
  });

  test('refuse a name that MSK does not take, unless it is said to be new', () => {
    expect(() => rendered(other('num.partition', '6'))).toThrow(
      /'serverProperties.unlisted' \[ServerPropertyUnknown\]/,
    );
    expect(rendered({ unlisted: { 'num.partition': '6' } })).toContain('num.partition=6');
  });

  test('refuse what is said twice', () => {
    const twice = { numPartitions: 6, other: { 'num.partitions': '3' } };
    expect(() => rendered(twice)).toThrow(
      /'num.partitions' is set both by its own property in 'serverProperties'.*\[ServerPropertyTwice\]/,
    );
    expect(() => aCluster({ serverProperties: twice })).toThrow(
      /Invalid configuration at 'Stack\/Events':(.|\n)*ServerPropertyTwice/,
    );
  });

  test('take values that only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const number = new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
    new msk.Configuration(stack, 'Shared', { serverProperties: { numPartitions: number } });
    const { ServerProperties } = propertiesOf(Template.fromStack(stack), CONFIGURATION);
    expect(JSON.stringify(ServerProperties)).toContain('"Parameter"');
  });
});

describe('A cluster and server properties', () => {
  const shared = (serverProperties: msk.ServerProperties, clusterKind?: msk.ClusterKind) => {
    const stack = aStack({ env: ENVIRONMENT });
    return { stack, configuration: new msk.Configuration(stack, 'Shared', { serverProperties, clusterKind }) };
  };

  test('judge a shared configuration by the kind of the cluster', () => {
    const { configuration, stack } = shared({});
    expect(() => anExpressCluster({ configuration }, stack)).toThrow(
      /'unclean.leader.election.enable' cannot be set on Express brokers.*'clusterKind'/,
    );
    const fitting = shared({}, msk.ClusterKind.EXPRESS);
    expect(() => anExpressCluster({ configuration: fitting.configuration }, fitting.stack)).not.toThrow();
  });

  test('refuse properties of ZooKeeper with KRaft, and take them without', () => {
    const { configuration, stack } = shared(other('zookeeper.session.timeout.ms', '10000'));
    expect(() => aCluster({ configuration }, stack)).toThrow(/\[ServerPropertyNeedsZookeeper\]/);
    const props = { serverProperties: other('zookeeper.session.timeout.ms', '10000') };
    expect(() => aCluster({ ...props, kafkaVersion: msk.KafkaVersion.V3_9_X })).not.toThrow();
  });

  test('refuse more replicas than brokers, and take as many', () => {
    expect(() => aCluster({ serverProperties: { defaultReplicationFactor: 4 } })).toThrow(
      /must not exceed the number of brokers \(3\), got 4 \[ReplicationFactorAboveBrokers\]/,
    );
    expect(() => aCluster({ serverProperties: { defaultReplicationFactor: 3 } })).not.toThrow();
  });

  test.each([
    [3, 'MinIsrEqualsRf'],
    [4, 'MinIsrAboveRf'],
  ])('warn once of %s in sync where topics have three replicas', (minInsyncReplicas, id) => {
    const { stack } = aCluster({ serverProperties: { minInsyncReplicas } });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(id));
    expect(warnings.map((warning) => warning.id)).toEqual(['/Stack/Events/Configuration']);
  });
});

describe('The text of server properties', () => {
  const SECOND = '1\nunclean.leader.election.enable=true';

  test.each<[string, msk.ServerProperties]>([
    ['a line end in an unlisted property', { unlisted: { 'new.property': SECOND } }],
    ['a line end in a listed property', { other: { 'replica.selector.class': SECOND } }],
    ['a line end in a name', { unlisted: { 'new\nunclean.leader.election.enable': 'true' } }],
    ['a name with an equals sign', { unlisted: { 'new=unclean': 'true' } }],
    ['a backslash at the end', { unlisted: { 'new.property': 'one\\' } }],
  ])('refuses %s', (_what, serverProperties) => {
    expect(() => aCluster({ serverProperties })).toThrow(/\[ServerPropertyText\]/);
  });

  test('takes a backslash inside, and a token', () => {
    const unlisted = { 'new.property': 'a\\b', 'other.property': Fn.ref('Value') };
    expect(() => aCluster({ serverProperties: { unlisted } })).not.toThrow();
  });
});

describe('Configuration', () => {
  test('is no matter of a Serverless cluster', () => {
    expect(() => rendered({}, msk.ClusterKind.SERVERLESS)).toThrow(/\[ServerlessConfiguration\]/);
  });

  test('that exists is used by ARN and revision, and not judged', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const attributes = { configurationArn: ARN, configurationRevision: 7 };
    const configuration = msk.Configuration.fromConfigurationAttributes(stack, 'Imported', attributes);
    const { template } = aCluster({ configuration }, stack);
    template().resourceCountIs(CONFIGURATION, 0);
    template().hasResourceProperties('AWS::MSK::Cluster', { ConfigurationInfo: { Arn: ARN, Revision: 7 } });
    expect(configuration.configurationRef.configurationArn).toBe(ARN);
  });
});
