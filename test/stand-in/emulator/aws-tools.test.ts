import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { CfnOutput, type App } from 'aws-cdk-lib';
import { preparePython } from '../../../local/emulator/python';
import { ROOT } from '../../../testkit/native';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import { aCluster, type ClusterOptions } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const run = promisify(execFile);

/**
 * Prints the answers that boto3 gets to the given questions, each with its names that botocore's model does not have, and
 * the status and message of an error.
 */
const BOTO3 = `
import boto3, botocore, json, sys
kafka, unknown = boto3.client('kafka'), []
def compare(value, shape, path):
    if shape.type_name == 'structure':
        names = {it.serialization.get('name', name): it for name, it in shape.members.items()}
        unknown.extend(path + it for it in value if it not in names)
        for name in value.keys() & names.keys(): compare(value[name], names[name], path + name + '.')
    if shape.type_name == 'list':
        for it in value: compare(it, shape.member, path)
def before_parse(response_dict, operation_model, **_):
    if response_dict['status_code'] < 300: compare(json.loads(response_dict['body']), operation_model.output_shape, '')
kafka.meta.events.register('before-parse.kafka', before_parse)
def ask(name, given):
    try:
        return {key: it for key, it in getattr(kafka, name)(**given).items() if key != 'ResponseMetadata'}
    except botocore.exceptions.ClientError as error:
        return [error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Message']]
answers = [ask(name, given) for name, given in json.loads(sys.argv[1])]
print(json.dumps({'answers': answers, 'unknown': unknown}, default=str))`;

type Answers = Readonly<Record<'answers' | 'unknown', unknown[]>>;

describe('the AWS CLI and boto3', () => {
  let stage: Stage;
  let python: string;
  let arn: string;

  beforeAll(async () => {
    [stage, python] = await Promise.all([
      Stage.start(),
      preparePython(path.join(ROOT, '.cache'), 'requirements-aws-tools.txt'),
    ]);
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

  /** Runs Python with nothing else in its environment. */
  async function answer<Answer>(...args: string[]): Promise<Answer> {
    const env = { PATH: process.env.PATH, ...stage.emulator.environment() };
    return JSON.parse((await run(python, args, { env })).stdout) as Answer;
  }
  const aws = <Answer>(...args: string[]) => answer<Answer>('-m', 'awscli', ...args, '--output', 'json');

  test('work with the environment of the emulator', async () => {
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: stage.emulator.account });
    expect(await aws('cloudformation', 'describe-stacks', '--stack-name', 'Tools')).toMatchObject({
      Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }],
    });
  });

  test('list the nodes with their endpoints', async () => {
    const nodes = await aws<{ NodeInfoList: object[] }>('kafka', 'list-nodes', '--cluster-arn', arn);
    const strings = await aws<object>('kafka', 'get-bootstrap-brokers', '--cluster-arn', arn);
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
    expect(await aws('kafka', 'describe-cluster-v2', '--cluster-arn', arn)).toMatchObject({
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

  /** What boto3 gets, if all of it is in botocore's model. */
  async function boto3(...questions: [name: string, given: object][]): Promise<unknown[]> {
    const { answers, unknown } = await answer<Answers>('-c', BOTO3, JSON.stringify(questions));
    expect(unknown).toEqual([]);
    return answers;
  }

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
      await boto3(
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
      await boto3(
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
      await boto3(
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
    const answers = await boto3(
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
    expect(await boto3(['list_replicators', {}])).toEqual([
      [400, expect.stringMatching(/does not offer this MSK operation: GET .*\/replicators$/) as string],
    ]);
  });
});
