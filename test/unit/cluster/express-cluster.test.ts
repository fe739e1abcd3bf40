import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { anExpressCluster, aStack, aVpc, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';

describe('ExpressCluster', () => {
  test('has one broker in each of three zones, without storage to size', () => {
    const { cluster, template } = anExpressCluster();
    template().hasResourceProperties(CLUSTER, {
      KafkaVersion: '3.9.x.kraft',
      NumberOfBrokerNodes: 3,
      BrokerNodeGroupInfo: { InstanceType: 'express.m7g.large', StorageInfo: Match.absent() },
      StorageMode: Match.absent(),
    });
    expect(cluster.numberOfBrokerNodes).toBe(3);
  });

  test('has brokers of the size express.m7g.large by default, and of the size that is asked for', () => {
    const brokers = (brokerSize?: msk.ExpressBrokerSize) =>
      propertiesOf(anExpressCluster({ brokerSize }).template(), CLUSTER).BrokerNodeGroupInfo;
    expect(brokers()).toMatchObject({ InstanceType: 'express.m7g.large' });
    expect(brokers(msk.ExpressBrokerSize.M7G_4XLARGE)).toMatchObject({ InstanceType: 'express.m7g.4xlarge' });
  });

  test('logs to a group of its own, or nowhere when told so', () => {
    const logging = (props?: Partial<msk.ExpressClusterProps>) =>
      propertiesOf(anExpressCluster(props).template(), CLUSTER).LoggingInfo;
    const LogGroup = { Ref: expect.stringMatching(/^ExpressBrokerLogs/) as string };
    expect(logging()).toEqual({ BrokerLogs: { CloudWatchLogs: { Enabled: true, LogGroup } } });
    expect(logging({ brokerLogs: msk.BrokerLogs.none() })).toBeUndefined();
  });

  test('takes clients by IAM over TLS only, by default', () => {
    anExpressCluster()
      .template()
      .hasResourceProperties(CLUSTER, {
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
        EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      });
  });

  test.each([
    [undefined, 'ACTIVE'],
    [true, 'ACTIVE'],
    [false, 'PAUSED'],
  ])('rebalances by itself: %p is %s', (intelligentRebalancing, Status) => {
    anExpressCluster({ intelligentRebalancing }).template().hasResourceProperties(CLUSTER, { Rebalancing: { Status } });
  });

  test('has a configuration with no property that its brokers do not take', () => {
    expect(propertiesOf(anExpressCluster().template(), 'AWS::MSK::Configuration').ServerProperties).toBe(
      'auto.create.topics.enable=false',
    );
  });

  test('stays when it leaves the stack, and goes when told so', () => {
    anExpressCluster().template().hasResource(CLUSTER, { DeletionPolicy: 'RetainExceptOnCreate' });
    anExpressCluster({ removalPolicy: RemovalPolicy.DESTROY })
      .template()
      .hasResource(CLUSTER, { DeletionPolicy: 'Delete' });
  });

  test('has topics that are judged and made as those of Express brokers', () => {
    const { cluster, template } = anExpressCluster();
    cluster.addTopic('orders');
    template().hasResourceProperties('Custom::KafkaTopic', { ClusterKind: 'express', ReplicationFactor: 3 });
    expect(() => cluster.addTopic('two', { replicationFactor: 2 })).toThrow(/\[ExpressReplicationFactor\]/);
    expect(() => cluster.addTopic('min', { configs: { minInsyncReplicas: 2 } })).toThrow(/\[ConfigOfOtherKind\]/);
  });

  test('refuses two zones', () => {
    const stack = aStack({ env: ENVIRONMENT });
    expect(() => anExpressCluster({ vpc: aVpc(stack, 2) }, stack)).toThrow(
      /three Availability Zones for Express brokers, got 2.*'maxAzs'.*\[NumberOfZones\]/,
    );
  });

  test('refuses a size of Standard brokers', () => {
    const brokerSize = msk.ExpressBrokerSize.of('kafka.m7g.large');
    expect(() => anExpressCluster({ brokerSize })).toThrow(
      /'brokerSize' must be an Express broker size.*got kafka.m7g.large.*\[InstanceTypeOfOtherKind\]/,
    );
  });

  test.each(['3.6.0', '3.8.x', '3.9.x.kraft', '4.2.x.kraft', '9.9.x.kraft'])('takes Kafka %s', (version) => {
    anExpressCluster({ kafkaVersion: msk.KafkaVersion.of(version) })
      .template()
      .hasResourceProperties(CLUSTER, { KafkaVersion: version });
  });

  test.each(['3.5.1', '3.7.x', '3.7.x.kraft', '3.8.x.kraft', '3.9.x', '4.0.x.kraft', '4.1.x.kraft'])(
    'refuses Kafka %s',
    (version) => {
      expect(() => anExpressCluster({ kafkaVersion: msk.KafkaVersion.of(version) })).toThrow(
        /is not available for Express brokers; available versions: 3.8.x, 3.9.x.kraft, 4.2.x.kraft \[KafkaVersionOfOtherKind\]/,
      );
    },
  );

  test('takes a version, a size and a name that only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const text = new CfnParameter(stack, 'Parameter').valueAsString;
    const { template } = anExpressCluster(
      { clusterName: text, kafkaVersion: msk.KafkaVersion.of(text), brokerSize: msk.ExpressBrokerSize.of(text) },
      stack,
    );
    template().hasResourceProperties(CLUSTER, {
      ClusterName: { Ref: 'Parameter' },
      BrokerNodeGroupInfo: { InstanceType: { Ref: 'Parameter' } },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

describe('ExpressBrokerSize', () => {
  test('knows its limits, and none of a size that is new', () => {
    const { maxPartitions, recommendedPartitions } = msk.ExpressBrokerSize.M7G_LARGE;
    expect([recommendedPartitions, maxPartitions]).toEqual([1000, 1500]);
    expect(msk.ExpressBrokerSize.of('express.m9g.large').maxPartitions).toBeUndefined();
  });
});
