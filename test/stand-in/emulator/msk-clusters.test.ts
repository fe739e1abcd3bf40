import {
  ClusterState,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeClusterOperationCommand,
  DescribeClusterV2Command,
  DescribeConfigurationRevisionCommand,
  GetBootstrapBrokersCommand,
  GetClusterPolicyCommand,
  GetCompatibleKafkaVersionsCommand,
  KafkaClient,
  ListClustersV2Command,
  ListScramSecretsCommand,
  UpdateConnectivityCommand,
} from '@aws-sdk/client-kafka';
import { CfnOutput, type App, type Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { eventually } from '../brokers/support/scratch';
import { aCluster, aVpc, type ClusterOptions } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

describe('a deployed cluster', () => {
  let stage: Stage;
  let kafka: KafkaClient;

  beforeAll(async () => {
    stage = await Stage.start({ region: 'eu-west-1', operationSeconds: 0.5 });
    kafka = new KafkaClient({});
  });

  afterEach(() => stage.destroy(clustered({})));

  afterAll(() => stage?.stop());

  const clustered =
    (options: ClusterOptions, more: (stack: Stack, cluster: msk.CfnCluster) => void = () => undefined) =>
    (app: App) => {
      const stack = stage.stack(app, 'Clustered');
      const cluster = aCluster(stack, options);
      new CfnOutput(stack, 'Arn', { value: cluster.attrArn });
      more(stack, cluster);
    };

  async function deployed(...args: Parameters<typeof clustered>): Promise<string> {
    await stage.deploy(clustered(...args));
    return (await stage.outputs('Clustered')).Arn;
  }

  async function bootstrap(arn: string): Promise<Record<string, string>> {
    const { $metadata: _, ...strings } = await kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: arn }));
    return strings;
  }

  const describeV2 = async (arn: string) =>
    (await kafka.send(new DescribeClusterV2Command({ ClusterArn: arn }))).ClusterInfo!;

  test('has an ARN of its region with an identifier of MSK', async () => {
    const arn = await deployed({});

    expect(arn).toMatch(/^arn:aws:kafka:eu-west-1:000000000000:cluster\/events\/[0-9a-f-]{36}-\d+$/);
  });

  test('is described by both versions of the API', async () => {
    const arn = await deployed({ tags: { team: 'x' }, enhancedMonitoring: 'PER_BROKER' });
    const { ClusterInfo } = await kafka.send(new DescribeClusterCommand({ ClusterArn: arn }));
    const common = { ClusterArn: arn, ClusterName: 'events', State: 'ACTIVE', Tags: { team: 'x' } };
    const provisioned = {
      NumberOfBrokerNodes: 3,
      EnhancedMonitoring: 'PER_BROKER',
      CurrentBrokerSoftwareInfo: { KafkaVersion: '3.9.x.kraft' },
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large', ClientSubnets: expect.any(Array) as string[] },
    };

    expect(ClusterInfo).toMatchObject({ ...common, ...provisioned });
    expect(await describeV2(arn)).toMatchObject({ ...common, ClusterType: 'PROVISIONED', Provisioned: provisioned });
    const { ClusterInfoList } = await kafka.send(new ListClustersV2Command({ ClusterNameFilter: 'eve' }));
    expect(ClusterInfoList).toMatchObject([common]);
  });

  test.each<[string, ClusterOptions, string[]]>([
    ['IAM', {}, ['SaslIam']],
    ['SCRAM', { clientAuthentication: { sasl: { scram: { enabled: true } } } }, ['SaslScram']],
    ['mutual TLS', { clientAuthentication: { tls: { enabled: true } } }, ['Tls']],
    ['nobody known', { clientAuthentication: { unauthenticated: { enabled: true } } }, ['Tls']],
    [
      'nobody known, encrypted or not',
      {
        clientAuthentication: { unauthenticated: { enabled: true } },
        encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS_PLAINTEXT' } },
      },
      ['', 'Tls'],
    ],
  ])('has bootstrap brokers for %s only', async (_case, options, suffixes) => {
    const strings = await bootstrap(await deployed(options));

    expect(Object.keys(strings).sort()).toEqual(suffixes.map((suffix) => `BootstrapBrokerString${suffix}`));
  });

  test('tells its bootstrap brokers in no order', async () => {
    const arn = await deployed({});
    const seen = new Set<string>();
    await eventually(async () => {
      seen.add((await bootstrap(arn)).BootstrapBrokerStringSaslIam);
      return seen.size > 1;
    });
    const [one, other] = [...seen].map((brokers) => brokers.split(',').sort());

    expect(one).toEqual(other);
    expect(one).toEqual(
      [1, 2, 3].map((id) => expect.stringMatching(`^b-${id}\\.events\\..+\\.kafka\\.eu-west-1.+:9098$`) as string),
    );
  });

  test('takes public access afterwards, and tells other bootstrap brokers then', async () => {
    const nodes = { connectivityInfo: { publicAccess: { type: 'SERVICE_PROVIDED_EIPS' } } };
    const arn = await deployed({});
    expect(await deployed({ nodes })).toBe(arn);

    expect(Object.keys(await bootstrap(arn)).sort()).toEqual([
      'BootstrapBrokerStringPublicSaslIam',
      'BootstrapBrokerStringSaslIam',
    ]);
  });

  test('is UPDATING while its connectivity changes', async () => {
    const arn = await deployed({});
    const iam = { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } };
    const update = (CurrentVersion: string) =>
      kafka.send(
        new UpdateConnectivityCommand({ ClusterArn: arn, CurrentVersion, ConnectivityInfo: { VpcConnectivity: iam } }),
      );
    await expect(update('K0')).rejects.toThrow("version of the cluster isn't current");
    const { ClusterOperationArn } = await update((await describeV2(arn)).CurrentVersion!);

    expect((await describeV2(arn)).State).toBe('UPDATING');
    await eventually(async () => (await describeV2(arn)).State === 'ACTIVE');
    const operation = await kafka.send(new DescribeClusterOperationCommand({ ClusterOperationArn }));
    expect(operation.ClusterOperationInfo).toMatchObject({ OperationState: 'UPDATE_COMPLETE' });
    const ports = (await bootstrap(arn)).BootstrapBrokerStringVpcConnectivitySaslIam.split(',').map(
      (one) => one.split(':')[1],
    );
    expect(ports.sort()).toEqual(['14001', '14002', '14003']);
  });

  test('is in the state that a test gives it', async () => {
    const arn = await deployed({});
    for (const state of [ClusterState.REBOOTING_BROKER, ClusterState.MAINTENANCE, ClusterState.ACTIVE]) {
      await stage.emulator.setClusterState(arn, state);
      expect((await describeV2(arn)).State).toBe(state);
    }
    await expect(stage.emulator.setClusterState(arn, 'SLEEPING')).rejects.toThrow('not a state of a cluster');
  });

  test('is gone when the API has deleted it, and its stack can go', async () => {
    const arn = await deployed({});
    expect(await kafka.send(new DeleteClusterCommand({ ClusterArn: arn }))).toMatchObject({ State: 'DELETING' });
    const isGone = () =>
      describeV2(arn).then(
        () => false,
        ({ name }: Error) => name === 'NotFoundException',
      );
    await eventually(isGone);
    await stage.destroy(clustered({}));
  });

  test('keeps its policy and its users', async () => {
    const arn = await deployed(
      { clientAuthentication: { sasl: { scram: { enabled: true } } } },
      (stack, { attrArn: clusterArn }) => {
        const options = { secretName: 'AmazonMSK_alice', encryptionKey: new kms.Key(stack, 'Key') };
        const { secretArn } = new secretsmanager.Secret(stack, 'Alice', options);
        new msk.CfnBatchScramSecret(stack, 'Users', { clusterArn, secretArnList: [secretArn] });
        new msk.CfnClusterPolicy(stack, 'Policy', { clusterArn, policy: { Version: '2012-10-17', Statement: [] } });
      },
    );
    const { Policy } = await kafka.send(new GetClusterPolicyCommand({ ClusterArn: arn }));
    const { SecretArnList } = await kafka.send(new ListScramSecretsCommand({ ClusterArn: arn }));

    expect(Policy).toBe('{"Version": "2012-10-17", "Statement": []}');
    expect(SecretArnList).toEqual([expect.stringContaining(':secret:AmazonMSK_alice-')]);
  });

  test('follows the latest revision of its configuration', async () => {
    const configured = (serverProperties: string) => (app: App) => {
      const stack = stage.stack(app, 'Clustered');
      const { attrArn: arn, attrLatestRevisionRevision: revision } = new msk.CfnConfiguration(stack, 'Safe', {
        name: 'safe',
        serverProperties,
      });
      const cluster = aCluster(stack, { configurationInfo: { arn, revision } });
      new CfnOutput(stack, 'Arn', { value: cluster.attrArn });
    };
    await stage.deploy(configured('num.partitions=3'));
    await stage.deploy(configured('num.partitions=6'));
    const { Provisioned } = await describeV2((await stage.outputs('Clustered')).Arn);
    const { ConfigurationArn: Arn, ConfigurationRevision: Revision } = Provisioned!.CurrentBrokerSoftwareInfo!;
    const { ServerProperties } = await kafka.send(new DescribeConfigurationRevisionCommand({ Arn, Revision }));

    expect(Revision).toBe(2);
    expect(Buffer.from(ServerProperties!).toString()).toBe('num.partitions=6');
  });

  test('knows the versions that it may go to', async () => {
    const ClusterArn = await deployed({ kafkaVersion: '3.8.x' });
    const { CompatibleKafkaVersions } = await kafka.send(new GetCompatibleKafkaVersionsCommand({ ClusterArn }));

    expect(CompatibleKafkaVersions).toEqual([{ SourceVersion: '3.8.x', TargetVersions: ['3.9.x'] }]);
  });

  test('without servers is reached by IAM only', async () => {
    await stage.deploy((app) => {
      const stack = stage.stack(app, 'Clustered');
      const subnetIds = aVpc(stack).isolatedSubnets.map(({ subnetId }) => subnetId);
      const clientAuthentication = { sasl: { iam: { enabled: true } } };
      const serverless = new msk.CfnServerlessCluster(stack, 'Cluster', {
        clusterName: 'calm',
        clientAuthentication,
        vpcConfigs: [{ subnetIds }],
      });
      new CfnOutput(stack, 'Arn', { value: serverless.attrArn });
    });
    const { Arn } = await stage.outputs('Clustered');

    expect(Object.keys(await bootstrap(Arn))).toEqual(['BootstrapBrokerStringSaslIam']);
    expect(await describeV2(Arn)).toMatchObject({
      ClusterType: 'SERVERLESS',
      Serverless: { VpcConfigs: [{ SubnetIds: [{}, {}, {}] }] },
    });
  });
});
