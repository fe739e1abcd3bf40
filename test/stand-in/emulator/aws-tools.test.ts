import { CfnOutput, type App } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import { AwsTools } from './support/aws-tools';
import { aCluster, type ClusterOptions } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

describe('the AWS CLI and boto3', () => {
  let stage: Stage;
  let tools: AwsTools;
  let arn: string;

  beforeAll(async () => {
    stage = await Stage.start();
    tools = await AwsTools.of(stage);
    await stage.deploy(withoutPrivateAccess);
    await stage.deploy(withConnection);
    ({ Arn: arn } = await stage.outputs('Tools'));
  });

  afterAll(() => stage?.stop());

  function withoutPrivateAccess(app: App, nodes?: ClusterOptions['nodes']): msk.CfnCluster {
    const stack = stage.stack(app, 'Tools');
    const safe = new msk.CfnConfiguration(stack, 'Safe', {
      ...{ name: 'safe', description: 'of the tools', serverProperties: 'num.partitions=6' },
    });
    const cluster = aCluster(stack, { nodes });
    new CfnOutput(stack, 'Arn', { value: cluster.attrArn });
    new CfnOutput(stack, 'ConfigurationArn', { value: safe.attrArn });
    return cluster;
  }

  /** Private access can be enabled only after a cluster was created. */
  function withConnection(app: App): void {
    const vpcConnectivity = { clientAuthentication: { sasl: { iam: { enabled: true } } } };
    const { attrArn: targetClusterArn, stack } = withoutPrivateAccess(app, { connectivityInfo: { vpcConnectivity } });
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const clientSubnets = vpc.isolatedSubnets.map(({ subnetId }) => subnetId);
    const place = { vpcId: vpc.vpcId, clientSubnets, securityGroups: [] };
    const connection = new msk.CfnVpcConnection(stack, 'Connection', {
      ...{ authentication: 'SASL_IAM', targetClusterArn, ...place },
    });
    new CfnOutput(stack, 'ConnectionArn', { value: connection.attrArn });
  }

  test('work with the environment of the emulator', async () => {
    expect(await tools.cli('sts', 'get-caller-identity')).toMatchObject({ Account: stage.emulator.account });
    expect(await tools.cli('cloudformation', 'describe-stacks', '--stack-name', 'Tools')).toMatchObject({
      Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }],
    });
  });

  test('list the nodes with their endpoints', async () => {
    const nodes = await tools.cli<{ NodeInfoList: object[] }>('kafka', 'list-nodes', '--cluster-arn', arn);
    const strings = await tools.cli<object>('kafka', 'get-bootstrap-brokers', '--cluster-arn', arn);
    const hosts = (Object.values(strings)[0] as string).split(',').map((address) => address.split(':')[0]);

    expect(nodes.NodeInfoList).toMatchObject(
      hosts.sort().map((host, index) => ({
        BrokerNodeInfo: {
          BrokerId: index + 1,
          Endpoints: [host],
          ClientSubnet: expect.stringMatching(/^subnet-/) as string,
        },
      })),
    );
  });

  test('describe connectivity and open monitoring', async () => {
    expect(await tools.cli('kafka', 'describe-cluster-v2', '--cluster-arn', arn)).toMatchObject({
      ClusterInfo: {
        Provisioned: {
          BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } },
          OpenMonitoring: {
            Prometheus: { JmxExporter: { EnabledInBroker: false }, NodeExporter: { EnabledInBroker: false } },
          },
        },
      },
    });
  });

  const topic = () => ({ ClusterArn: arn, TopicName: 'orders' });
  const told = (Status: string) => ({
    ...{ TopicArn: `${arn.replace(':cluster/', ':topic/')}/orders`, TopicName: 'orders', Status },
  });

  test('create and describe topics', async () => {
    const Configs = Buffer.from('{"retention.ms":"1000"}').toString('base64');
    const sizes = { PartitionCount: 2, ReplicationFactor: 3 };
    const { Status, ...named } = told('ACTIVE');
    const described = { ...named, ...sizes, ReplicaIds: [1, 2, 3] };

    expect(
      await tools.kafka(
        ['create_topic', { ...topic(), ...sizes, Configs }],
        ['create_topic', { ...topic(), ...sizes }],
        ['list_topics', { ClusterArn: arn, TopicNameFilter: 'or' }],
        ['list_topics', { ClusterArn: arn, TopicNameFilter: 'x' }],
        ['describe_topic', topic()],
      ),
    ).toEqual([
      told('CREATING'),
      [409, 'Topic orders already exists.'],
      { Topics: [{ ...described, OutOfSyncReplicaCount: 0 }] },
      { Topics: [] },
      { ...described, Configs: expect.any(String) as string, Status },
    ]);
  });

  test('change and delete topics', async () => {
    expect(
      await tools.kafka(
        ['update_topic', { ...topic(), PartitionCount: 3 }],
        ['update_topic', { ...topic(), PartitionCount: 2 }],
        ['describe_topic_partitions', { ...topic(), MaxResults: 1 }],
        ['delete_topic', topic()],
        ['describe_topic', topic()],
      ),
    ).toEqual([
      told('UPDATING'),
      [400, 'The number of partitions can only be increased.'],
      { Partitions: [{ Partition: 0, Leader: 1, Replicas: [1, 2, 3], Isr: [1, 2, 3] }], NextToken: '1' },
      told('DELETING'),
      [404, expect.stringContaining('orders') as string],
    ]);
  });

  test('list the revisions of a configuration and the private connections of a cluster', async () => {
    const { ConfigurationArn, ConnectionArn } = await stage.outputs('Tools');
    const date = expect.any(String) as string;
    const common = {
      VpcConnectionArn: ConnectionArn,
      Authentication: 'SASL_IAM',
      State: 'AVAILABLE',
      CreationTime: date,
    };
    const client = { ...common, TargetClusterArn: arn, VpcId: expect.stringMatching(/^vpc-/) as string };

    expect(
      await tools.kafka(
        ['list_configuration_revisions', { Arn: ConfigurationArn }],
        ['list_client_vpc_connections', { ClusterArn: arn }],
        ['list_vpc_connections', {}],
        ['describe_vpc_connection', { Arn: ConnectionArn }],
      ),
    ).toMatchObject([
      { Revisions: [{ Revision: 1, Description: 'of the tools', CreationTime: date }] },
      { ClientVpcConnections: [{ ...common, Owner: stage.emulator.account }] },
      { VpcConnections: [client] },
      { ...client, Subnets: [expect.any(String), expect.any(String), expect.any(String)], SecurityGroups: [] },
    ]);
  });

  test('get only what the service model has', async () => {
    const cluster = { ClusterArn: arn };
    const answers = await tools.kafka(
      ['describe_cluster', cluster],
      ['describe_cluster_v2', cluster],
      ['list_clusters', {}],
      ['list_clusters_v2', {}],
      ['list_nodes', cluster],
      ['list_cluster_operations', cluster],
      ['list_cluster_operations_v2', cluster],
      ['get_bootstrap_brokers', cluster],
      ['list_configurations', {}],
      ['list_scram_secrets', cluster],
      ['list_kafka_versions', {}],
      ['get_compatible_kafka_versions', cluster],
    );
    expect(answers.filter(Array.isArray)).toEqual([]);
  });

  test('are told which operations are not offered', async () => {
    expect(await tools.kafka(['list_replicators', {}])).toEqual([
      [400, expect.stringMatching(/does not offer this MSK operation: GET .*\/replicators$/) as string],
    ]);
  });
});
