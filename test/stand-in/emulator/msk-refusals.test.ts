import { CfnOutput, type App, type Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { aCluster, aVpc, type ClusterOptions } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const PUBLIC = { connectivityInfo: { publicAccess: { type: 'SERVICE_PROVIDED_EIPS' } } };
const PRIVATE = {
  connectivityInfo: { vpcConnectivity: { clientAuthentication: { sasl: { iam: { enabled: true } } } } },
};
const EXPRESS = { instanceType: 'express.m7g.large' };
const T3 = { instanceType: 'kafka.t3.small' };
const volume = (volumeSize: number) => ({ storageInfo: { ebsStorageInfo: { volumeSize } } });
const throughput = (volumeThroughput: number) => ({
  storageInfo: {
    ebsStorageInfo: { volumeSize: 100, provisionedThroughput: { enabled: true, volumeThroughput } },
  },
});
const iam = { sasl: { iam: { enabled: true } } };
const transit = (clientBroker: string, inCluster = true) => ({ encryptionInTransit: { clientBroker, inCluster } });
const broadcast = { prometheus: { jmxExporter: { enabledInBroker: true } } };
const log = (brokerLogs: object) => ({ brokerLogs });

describe('MSK', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start();
  });

  afterAll(() => stage?.stop());

  const cluster =
    (options: ClusterOptions, zones = 3) =>
    (app: App) => {
      const stack = stage.stack(app, 'Refused');
      aVpc(stack, zones);
      aCluster(stack, options);
    };

  describe('refuses to create', () => {
    afterAll(() => stage.destroy(cluster({})));

    test.each<[string, ClusterOptions, string]>([
      [
        'brokers that are no multiple of the zones',
        { numberOfBrokerNodes: 4 },
        'must be a multiple of Availability Zones',
      ],
      ['one subnet', { nodes: { clientSubnets: ['subnet-00000001'] } }, 'two or three client subnets'],
      [
        'two subnets of one zone',
        { nodes: { clientSubnets: ['subnet-00000001', 'subnet-00000001'] } },
        'two or three client subnets',
      ],
      [
        'a subnet that is not there',
        { nodes: { clientSubnets: ['subnet-1', 'subnet-2'] } },
        "'subnet-1' does not exist",
      ],
      ['a security group that is not there', { nodes: { securityGroups: ['sg-1'] } }, "'sg-1' does not exist"],
      ['an unknown version', { kafkaVersion: '3.9.9' }, 'Unsupported KafkaVersion [3.9.9]'],
      ['public access', { nodes: PUBLIC }, 'the only valid value for the Type parameter in PublicAccess is DISABLED'],
      ['private connectivity', { nodes: PRIVATE }, 'all vpcConnectivity auth schemes must be disabled'],
      ['storage of Express brokers', { nodes: { ...EXPRESS, ...volume(100) } }, "Storage can't be set for Express"],
      [
        'a storage mode of Express brokers',
        { nodes: EXPRESS, storageMode: 'LOCAL' },
        "Storage can't be set for Express",
      ],
      [
        'Express brokers of a version without them',
        { nodes: EXPRESS, kafkaVersion: '4.0.x.kraft' },
        "Express brokers don't support",
      ],
      ['Standard brokers of an Express version', { kafkaVersion: '4.2.x.kraft' }, "Standard brokers don't support"],
      ['rebalancing of Standard brokers', { rebalancing: { status: 'ACTIVE' } }, 'Rebalancing needs Express brokers'],
      ['t3.small in KRaft mode', { nodes: T3 }, "kafka.t3.small doesn't support KRaft mode"],
      [
        't3.small with tiered storage',
        { nodes: T3, kafkaVersion: '3.9.x', storageMode: 'TIERED' },
        "doesn't support tiered storage",
      ],
      [
        'tiered storage of an old version',
        { kafkaVersion: '3.5.1', storageMode: 'TIERED' },
        "doesn't support tiered storage",
      ],
      ['throughput of small brokers', { nodes: throughput(250) }, "isn't supported for kafka.m7g.large"],
      [
        'too little throughput',
        { nodes: { instanceType: 'kafka.m7g.4xlarge', ...throughput(249) } },
        'at least 250 MiB',
      ],
      [
        'IAM over plaintext',
        { clientAuthentication: iam, encryptionInfo: transit('TLS_PLAINTEXT') },
        'requires TLS encryption',
      ],
      [
        'mutual TLS over plaintext',
        { clientAuthentication: { tls: { enabled: true } }, encryptionInfo: transit('PLAINTEXT') },
        'requires TLS encryption',
      ],
      [
        'IAM without encryption between brokers',
        { encryptionInfo: transit('TLS', false) },
        'requires encryption within the cluster',
      ],
      [
        'nobody to be let in',
        { clientAuthentication: { unauthenticated: { enabled: false } } },
        'At least one client authentication',
      ],
      [
        'a configuration that is not there',
        { configurationInfo: { arn: 'arn:aws:kafka:us-east-1:000000000000:configuration/a/b-1', revision: 1 } },
        'configuration revision does not exist',
      ],
      [
        'logs to a group that is not there',
        { loggingInfo: log({ cloudWatchLogs: { enabled: true, logGroup: 'gone' } }) },
        "log group gone doesn't exist",
      ],
      [
        'logs to a bucket that is not there',
        { loggingInfo: log({ s3: { enabled: true, bucket: 'gone' } }) },
        "bucket gone doesn't exist",
      ],
      ['an unknown monitoring level', { enhancedMonitoring: 'ALL' }, '#/EnhancedMonitoring'],
    ])('%s', async (_case, options, reason) => {
      expect(await stage.refused(cluster(options))).toContain(reason);
    });

    test('Express brokers in two zones', async () => {
      expect(await stage.refused(cluster({ nodes: EXPRESS, numberOfBrokerNodes: 2 }, 2))).toContain(
        'three Availability Zones',
      );
    });

    test('two clusters of one name', async () => {
      const twice = (app: App) => {
        const stack = stage.stack(app, 'Refused');
        const one = aCluster(stack);
        const { brokerNodeGroupInfo, clusterName, kafkaVersion } = one;
        const copy = { brokerNodeGroupInfo, clusterName, kafkaVersion, numberOfBrokerNodes: 3 };
        new msk.CfnCluster(stack, 'Other', copy).node.addDependency(one);
      };
      expect(await stage.refused(twice)).toContain('This cluster name already exists');
    });
  });

  describe('refuses to update', () => {
    afterEach(() => stage.destroy(cluster({})));

    test.each<[string, ClusterOptions, ClusterOptions, string]>([
      [
        'two things at once',
        {},
        { numberOfBrokerNodes: 6, enhancedMonitoring: 'PER_BROKER' },
        "can't update multiple attributes of the cluster in same request",
      ],
      [
        'to a smaller volume',
        { nodes: volume(100) },
        { nodes: volume(99) },
        'must be larger than the current volume size',
      ],
      [
        'to an older version',
        { kafkaVersion: '3.9.x' },
        { kafkaVersion: '3.8.x' },
        "can't downgrade the Apache Kafka version",
      ],
      [
        'to KRaft from another version',
        { kafkaVersion: '3.8.x' },
        { kafkaVersion: '3.9.x.kraft' },
        'the metadata mode differs',
      ],
      [
        'back from tiered storage',
        { storageMode: 'TIERED' },
        { storageMode: 'LOCAL' },
        "Tiered storage can't be disabled",
      ],
      [
        'to two fewer brokers a zone',
        { numberOfBrokerNodes: 9 },
        { numberOfBrokerNodes: 3 },
        'one broker per Availability Zone at a time',
      ],
      ['to Express brokers', {}, { nodes: EXPRESS }, 'first update the broker type to both types'],
      ['back to Standard brokers', { nodes: EXPRESS }, {}, "can't move back to Standard brokers"],
      [
        'to public access with nobody authenticated',
        { clientAuthentication: {} },
        { clientAuthentication: {}, nodes: PUBLIC },
        'Public access needs unauthenticated access off',
      ],
      [
        'to public access with open monitoring',
        { openMonitoring: broadcast },
        { openMonitoring: broadcast, nodes: PUBLIC },
        "can't be enabled together with public access",
      ],
      [
        'to private connectivity without the scheme',
        { clientAuthentication: {} },
        { clientAuthentication: {}, nodes: PRIVATE },
        'must be enabled on the cluster first',
      ],
      [
        'to another security group under the same name',
        {},
        { nodes: { securityGroups: ['sg-00000001'] } },
        'This cluster name already exists',
      ],
    ])('%s', async (_case, before, after, reason) => {
      await stage.deploy(cluster(before));

      expect(await stage.refused(cluster(after))).toContain(reason);
      expect((await stage.describe('Refused')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    });

    test('a cluster that is not ACTIVE', async () => {
      await stage.deploy(withArn({}));
      await stage.emulator.setClusterState((await stage.outputs('Refused')).Arn, 'REBOOTING_BROKER');

      expect(await stage.refused(withArn({ numberOfBrokerNodes: 6 }))).toContain('in the REBOOTING_BROKER state');
    });

    const withArn = (options: ClusterOptions) => (app: App) => {
      const stack = stage.stack(app, 'Refused');
      new CfnOutput(stack, 'Arn', { value: aCluster(stack, options).attrArn });
    };
  });

  describe('refuses around a cluster', () => {
    afterEach(() => stage.destroy(cluster({})));

    const around =
      (define: (stack: Stack, cluster: msk.CfnCluster) => void, options: ClusterOptions = {}) =>
      (app: App) => {
        const stack = stage.stack(app, 'Refused');
        define(stack, aCluster(stack, options));
      };
    const scram = { clientAuthentication: { sasl: { scram: { enabled: true } } } };
    const user =
      (name: string, withKey: boolean) =>
      (stack: Stack, { attrArn }: msk.CfnCluster) => {
        const encryptionKey = withKey ? new kms.Key(stack, 'Key') : undefined;
        const { secretArn } = new secretsmanager.Secret(stack, 'User', { secretName: name, encryptionKey });
        new msk.CfnBatchScramSecret(stack, 'Users', { clusterArn: attrArn, secretArnList: [secretArn] });
      };
    const topic =
      (properties: Partial<msk.CfnTopicProps>) =>
      (stack: Stack, { attrArn }: msk.CfnCluster) => {
        const usual = { clusterArn: attrArn, topicName: 'orders', partitionCount: 6, replicationFactor: 3 };
        new msk.CfnTopic(stack, 'Topic', { ...usual, ...properties });
      };
    const configuration = (serverProperties: string) => (stack: Stack) =>
      void new msk.CfnConfiguration(stack, 'Configuration', { name: 'safe', serverProperties });

    test.each<[string, (app: App) => void, string]>([
      ['a secret of another name', around(user('alice', true), scram), 'must begin with the prefix AmazonMSK_'],
      ['a secret with the default key', around(user('AmazonMSK_alice', false), scram), 'default AWS KMS key'],
      ['a secret without SCRAM', around(user('AmazonMSK_alice', true)), "SASL/SCRAM authentication isn't enabled"],
      ['more replicas than brokers', around(topic({ replicationFactor: 4 })), 'larger than the number of brokers'],
      ['an unknown server property', around(configuration('log.dirs=/tmp')), 'Unsupported server property: log.dirs'],
    ])('%s', async (_case, build, reason) => {
      expect(await stage.refused(build)).toContain(reason);
    });

    test('fewer partitions', async () => {
      await stage.deploy(around(topic({})));

      expect(await stage.refused(around(topic({ partitionCount: 3 })))).toContain('can only be increased');
    });

    test('the deletion of a configuration that a cluster uses', async () => {
      const configured = (app: App) => {
        const stack = stage.stack(app, 'Configured');
        const { attrArn: value } = new msk.CfnConfiguration(stack, 'Safe', { name: 'safe', serverProperties: '' });
        new CfnOutput(stack, 'Arn', { value });
      };
      await stage.deploy(configured);
      const { Arn: arn } = await stage.outputs('Configured');
      await stage.deploy(cluster({ configurationInfo: { arn, revision: 1 } }));

      expect(await stage.undeletable(configured)).toContain('Configuration is in use by one or more clusters');
      await stage.destroy(cluster({}));
      await stage.destroy(configured);
    });
  });
});
