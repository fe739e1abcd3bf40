import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { CfnOutput, type App } from 'aws-cdk-lib';
import { preparePython } from '../../../local/emulator/python';
import { ROOT } from '../../../testkit/native';
import { aCluster } from './support/networks';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const run = promisify(execFile);

/** Prints what boto3 reads, and the errors that it gets. */
const BOTO3 = `
import boto3, botocore, json, sys
kafka, arn = boto3.client('kafka'), sys.argv[1]
def ask(name, **given):
    try:
        return {key: it for key, it in getattr(kafka, name)(**given).items() if key != 'ResponseMetadata'}
    except botocore.exceptions.ClientError as error:
        return [error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Message']]
configuration = 'arn:aws:kafka:us-east-1:000000000000:configuration/safe/11111111-2222-3333-4444-555555555555-1'
print(json.dumps([
    ask('list_topics', ClusterArn=arn), ask('describe_topic', ClusterArn=arn, TopicName='orders'),
    ask('list_configuration_revisions', Arn=configuration), ask('list_client_vpc_connections', ClusterArn=arn),
]))`;

describe('the AWS CLI and boto3', () => {
  let stage: Stage;
  let python: string;
  let arn: string;

  beforeAll(async () => {
    [stage, python] = await Promise.all([
      Stage.start(),
      preparePython(path.join(ROOT, '.cache'), 'requirements-aws-tools.txt'),
    ]);
    await stage.deploy((app: App) => {
      const cluster = aCluster(stage.stack(app, 'Tools'));
      new CfnOutput(cluster, 'Arn', { value: cluster.attrArn }).overrideLogicalId('Arn');
    });
    ({ Arn: arn } = await stage.outputs('Tools'));
  });

  afterAll(() => stage?.stop());

  /** Runs Python with nothing else in its environment. */
  async function answer<Answer>(...args: string[]): Promise<Answer> {
    const env = { PATH: process.env.PATH, ...stage.emulator.environment() };
    return JSON.parse((await run(python, args, { env })).stdout) as Answer;
  }
  const aws = <Answer>(...args: string[]) => answer<Answer>('-m', 'awscli', ...args, '--output', 'json');

  test('work with the environment of the emulator', async () => {
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: stage.emulator.account });
    expect(await aws('cloudformation', 'describe-stacks', '--stack-name', 'Tools')).toMatchObject({
      Stacks: [{ StackStatus: 'CREATE_COMPLETE' }],
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

  test('are told which operations are not offered', async () => {
    const refused = (what: RegExp) => [400, expect.stringMatching(what) as string];

    expect(await answer('-c', BOTO3, arn)).toEqual([
      refused(/does not offer this MSK operation: GET .*\/topics$/),
      refused(/does not offer this MSK operation: GET .*\/topics\/orders$/),
      refused(/does not offer this MSK operation: GET .*\/revisions$/),
      refused(/does not offer this MSK operation: GET .*\/client-vpc-connections$/),
    ]);
  });
});
