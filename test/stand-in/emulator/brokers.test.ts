import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { GetBootstrapBrokersCommand, KafkaClient, ListClustersV2Command } from '@aws-sdk/client-kafka';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CfnOutput, type App } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from 'aws-cdk-lib/aws-msk';
import { eventually, removeFolder } from '../brokers/support/scratch';
import { aCluster } from './support/networks';
import { signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const BOOTSTRAP = { plaintext: 'h:1', tls: 'h:2', saslScram: 'h:3', saslIam: 'h:4,h:5' };

describe('with a broker pool', () => {
  const sharedDir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-shared-'));
  const asked: { method?: string; path: string; body?: unknown }[] = [];
  let refusal: string | undefined;
  let hold: Promise<void> | undefined;
  let pool: http.Server;
  let stage: Stage;

  beforeAll(async () => {
    pool = http.createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => pool.listen(0, '127.0.0.1', resolve));
    const brokersUrl = `http://127.0.0.1:${(pool.address() as AddressInfo).port}`;
    stage = await Stage.start({ brokersUrl, sharedDir });
  });

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = request.method === 'POST' ? await json(request) : undefined;
    asked.push({ method: request.method, path: decodeURIComponent(request.url!), body });
    await hold;
    response.statusCode = refusal ? 500 : 200;
    response.end(JSON.stringify(refusal ? { error: refusal } : { bootstrap: BOOTSTRAP }));
  }

  beforeEach(() => {
    asked.length = 0;
    refusal = hold = undefined;
  });

  afterAll(async () => {
    await stage?.stop();
    pool?.close();
    removeFolder(sharedDir);
  });

  const clustered = (app: App) => {
    const stack = stage.stack(app, 'Clustered');
    const { attrArn: arn } = new msk.CfnConfiguration(stack, 'Safe', {
      name: 'safe',
      serverProperties: '# safe\nnum.partitions = 6\n',
    });
    const { attrArn } = aCluster(stack, { configurationInfo: { arn, revision: 1 } });
    new CfnOutput(stack, 'Arn', { value: attrArn });
  };

  test('a cluster has brokers of its own until it is deleted', async () => {
    await stage.deploy(clustered);
    const { Arn: clusterArn } = await stage.outputs('Clustered');
    const { BootstrapBrokerStringSaslIam } = await new KafkaClient({}).send(
      new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }),
    );
    await stage.destroy(clustered);

    expect(BootstrapBrokerStringSaslIam?.split(',').sort()).toEqual(['h:4', 'h:5']);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/sets',
        body: { clusterArn, kafkaVersion: '3.9.x.kraft', brokers: 3, serverProperties: { 'num.partitions': '6' } },
      },
      { method: 'DELETE', path: `/sets/${clusterArn}` },
    ]);
  });

  const withTopic =
    (topic: Partial<msk.CfnTopicProps> = {}) =>
    (app: App) => {
      const stack = stage.stack(app, 'Clustered');
      const { attrArn: clusterArn } = aCluster(stack, {});
      const configs = Buffer.from('{"retention.ms":"1000"}').toString('base64');
      const props = { clusterArn, topicName: 'orders', partitionCount: 3, replicationFactor: 3, configs, ...topic };
      new msk.CfnTopic(stack, 'Topic', props);
    };

  test('a topic of CloudFormation is made, changed and deleted on the brokers', async () => {
    await stage.deploy(withTopic());
    await stage.deploy(withTopic({ partitionCount: 6, configs: undefined }));
    await stage.destroy(withTopic());

    const topic = { name: 'orders', replicationFactor: 3 };
    expect(asked.filter(({ path: asks }) => asks.endsWith('/topics/orders'))).toMatchObject([
      { method: 'POST', body: { ...topic, partitions: 3, configs: { 'retention.ms': '1000' }, isNew: true } },
      { method: 'POST', body: { ...topic, partitions: 6, configs: {}, isNew: false } },
      { method: 'DELETE' },
    ]);
  });

  test('a cluster whose brokers do not start leaves nothing behind', async () => {
    refusal = 'no memory';
    expect(await stage.refused(clustered)).toContain('no memory');
    refusal = undefined;
    await stage.destroy(clustered);

    const { ClusterInfoList } = await new KafkaClient({}).send(new ListClustersV2Command({}));
    expect(ClusterInfoList).toEqual([]);
    await stage.deploy(clustered);
    await stage.destroy(clustered);
  });

  test('the API answers while brokers start', async () => {
    const start = signal();
    hold = start.given;
    const deployed = stage.deploy(clustered);
    await eventually(() => asked.length === 1);
    const { ClusterInfoList } = await new KafkaClient({}).send(new ListClustersV2Command({}));
    start.give();
    await deployed;

    expect(ClusterInfoList).toMatchObject([{ State: 'CREATING' }]);
    await stage.destroy(clustered);
  });

  const ALLOWED = { actions: ['kafka-cluster:Connect'], resources: ['*'] };
  const OTHER = {
    actions: ['s3:GetObject'],
    resources: ['*'],
    conditions: { Bool: { 'aws:SecureTransport': 'true' } },
  };

  const granted = (grant: (role: iam.Role, app: lambda.Function) => void) => (app: App) => {
    const stack = stage.stack(app, 'Granted');
    const role = new iam.Role(stack, 'Role', {
      roleName: 'worker',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const code = lambda.Code.fromInline('exports.handler = async () => process.env;');
    const runtime = lambda.Runtime.NODEJS_24_X;
    const worker = new lambda.Function(stack, 'Worker', { role, code, runtime, handler: 'index.handler' });
    new CfnOutput(stack, 'Name', { value: worker.functionName });
    grant(role, worker);
  };

  const policy = () =>
    JSON.parse(fs.readFileSync(path.join(sharedDir, 'iam-policies', 'worker.json'), 'utf8')) as {
      Statement: { Action: string }[];
    };
  const environmentOfFunction = async () => {
    const FunctionName = (await stage.outputs('Granted')).Name;
    const { Payload } = await new LambdaClient({}).send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Buffer.from(Payload!).toString()) as Record<string, string>;
  };
  const keys = () => fs.readFileSync(path.join(sharedDir, 'iam.properties'), 'utf8');

  test.each<[string, (role: iam.Role) => void]>([
    ['inside the role', (role) => role.addToPrincipalPolicy(new iam.PolicyStatement(ALLOWED))],
    [
      'managed',
      (role) =>
        role.addManagedPolicy(
          new iam.ManagedPolicy(role, 'Managed', { statements: [new iam.PolicyStatement(ALLOWED)] }),
        ),
    ],
    [
      'attached from outside',
      (role) =>
        void new iam.ManagedPolicy(role, 'Outside', { roles: [role], statements: [new iam.PolicyStatement(ALLOWED)] }),
    ],
  ])('the brokers know what a policy %s allows, as long as it is there', async (_case, grant) => {
    await stage.deploy(
      granted((role) => {
        grant(role);
        role.addToPrincipalPolicy(new iam.PolicyStatement(OTHER));
      }),
    );
    expect(policy().Statement).toEqual([expect.objectContaining({ Effect: 'Allow', Action: 'kafka-cluster:Connect' })]);

    await stage.deploy(granted((role) => role.addToPrincipalPolicy(new iam.PolicyStatement(OTHER))));
    expect(policy().Statement).toEqual([]);
    await stage.destroy(granted(() => undefined));
    expect(fs.existsSync(path.join(sharedDir, 'iam-policies', 'worker.json'))).toBe(false);
  });

  test('the brokers know the keys of a function, as long as it is there', async () => {
    fs.appendFileSync(path.join(sharedDir, 'iam.properties'), 'somebody=elses|arn\n');
    await stage.deploy(granted(() => undefined));
    const env = await environmentOfFunction();
    const principal = `arn:aws:sts::000000000000:assumed-role/worker/${env.AWS_LAMBDA_FUNCTION_NAME}`;

    expect(env.NODE_EXTRA_CA_CERTS).toBe(path.join(sharedDir, 'ca', 'ca.pem'));
    expect(keys()).toContain(
      `${env.AWS_ACCESS_KEY_ID}=${env.AWS_SECRET_ACCESS_KEY}|${principal}|${env.AWS_SESSION_TOKEN}\n`,
    );
    await stage.destroy(granted(() => undefined));
    expect(keys()).not.toContain(env.AWS_ACCESS_KEY_ID);
    expect(keys()).toContain('somebody=elses|arn\n');
  });

  test('the brokers do not know keys of a function that have expired, and the function gets others', async () => {
    await stage.emulator.setUnkind({ functionKeySeconds: 1 });
    await stage.deploy(granted(() => undefined));
    const { AWS_ACCESS_KEY_ID: first } = await environmentOfFunction();
    await eventually(() => !keys().includes(first));
    const { AWS_ACCESS_KEY_ID: second } = await environmentOfFunction();
    await stage.emulator.setUnkind({});

    expect(second).not.toBe(first);
  });
});
