import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsControlPlane } from '../../../../lambda/dispatcher/aws/aws-control-plane';
import { aCall, FakeTime } from '../../../../testkit/handling';
import { CLUSTER_ARN } from '../../../../testkit/topics';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: object;
}

/** A minimal AWS server, to test how its answers are handled. */
let answers: (Answer | 'cut')[];
let asked: string[];
let server: http.Server;
const environment = { ...process.env };

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = answers.length > 1 ? answers.shift()! : answers[0];
    if (answer === 'cut') return void request.socket.destroy();
    const { body, headers, status = 200 } = answer;
    const isQuery = request.headers['content-type']?.includes('x-www-form-urlencoded');
    const text = isQuery ? asXml(headers?.['x-amzn-errortype'] ?? '') : JSON.stringify(body);
    response.writeHead(status, { 'content-type': isQuery ? 'text/xml' : 'application/json', ...headers }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
});
beforeEach(() => {
  answers = [];
  asked = [];
});
afterAll(async () => {
  process.env = environment;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** An error of CloudFormation, whose protocol is XML and whose names lack the suffix. */
const asXml = (name: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${name.replace('Exception', '')}</Code><Message>no</Message></Error></ErrorResponse>`;

const WORKER = 'arn:aws:lambda:us-east-1:000000000000:function:worker';
const plane = (time = new FakeTime()) => new AwsControlPlane(time, time.now() + 600_000);
const failing = (name: string, status: number, message = 'no'): Answer => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { message, Message: message },
});

/** Calls of the control plane that a deployment depends on, each with what AWS calls it. */
const CALLS: [string, (aws: AwsControlPlane) => Promise<unknown>][] = [
  ['kafka:GetBootstrapBrokers', (aws) => aws.bootstrapBrokers(CLUSTER_ARN)],
  ['kafka:DescribeClusterV2', (aws) => aws.cluster(CLUSTER_ARN)],
  ['secretsmanager:GetSecretValue', (aws) => aws.secret('arn:secret')],
  ['cloudformation:DescribeStacks', (aws) => aws.stackStatus('arn:stack')],
  ['cloudformation:ListStackResources', (aws) => aws.stackResources('arn:stack')],
  ['lambda:InvokeFunction', (aws) => aws.invoke(WORKER, aCall())],
];
const BUSY: [string, number][] = [
  ['TooManyRequestsException', 429],
  ['ThrottlingException', 400],
  ['ServiceException', 503],
];

describe.each(CALLS)('%s', (action, call) => {
  test.each(BUSY)('is repeated until the time is up after %s, and told as AwsThrottled', async (name, status) => {
    answers = [failing(name, status, 'Rate exceeded')];
    const time = new FakeTime();
    await expect(call(plane(time))).rejects.toThrow(new RegExp(`^AwsThrottled: ${action}: .*Nothing was changed`));
    expect(time.now()).toBeGreaterThan(580_000);
    expect(time.now()).toBeLessThanOrEqual(600_000);
  });

  test('is told as AwsRefused with its action when it is denied', async () => {
    answers = [failing('AccessDeniedException', 403, 'explicit deny in a permissions boundary')];
    await expect(call(plane())).rejects.toThrow(new RegExp(`^AwsRefused: ${action}: .*denies ${action} to the`));
  });
});

describe('The control plane on AWS', () => {
  test('tells a denied call with its action, as AwsRefused, after a minute of trying', async () => {
    answers = [failing('AccessDeniedException', 403, 'not authorized to perform: kafka:GetBootstrapBrokers')];
    const time = new FakeTime();
    await expect(plane(time).bootstrapBrokers(CLUSTER_ARN)).rejects.toThrow(
      /^AwsRefused: kafka:GetBootstrapBrokers: AccessDeniedException.*no policy or permissions boundary/,
    );
    expect(time.now()).toBeGreaterThan(50_000);
    expect(time.now()).toBeLessThanOrEqual(60_000);
  });

  test('goes on when a policy arrives in that minute', async () => {
    answers = [failing('AccessDeniedException', 403), { body: { bootstrapBrokerStringSaslIam: 'b-1:9098' } }];
    expect(await plane().bootstrapBrokers(CLUSTER_ARN)).toEqual({ BootstrapBrokerStringSaslIam: 'b-1:9098' });
  });

  test('takes a cluster that is not found as gone', async () => {
    answers = [failing('NotFoundException', 404)];
    expect(await plane().bootstrapBrokers(CLUSTER_ARN)).toBeUndefined();
    expect(await plane().cluster(CLUSTER_ARN)).toBeUndefined();
  });

  test('tells a worker that ended without an answer as WorkerFailed, and that its outcome is unknown', async () => {
    answers = [{ headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'Task timed out' } }];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(
      /^WorkerFailed: the worker ended without an answer: Task timed out\. Changed: unknown.*deploy again \(retrying is safe\)/,
    );
    expect(asked).toHaveLength(1);
  });

  test('calls a worker again when it was throttled and so not called, until the deadline', async () => {
    answers = [failing('TooManyRequestsException', 429), { body: { physicalId: 'kt1', warnings: [] } }];
    expect(await plane().invoke(WORKER, aCall())).toEqual({ physicalId: 'kt1', warnings: [] });
    expect(asked).toHaveLength(2);
  });

  test('never calls a worker again when the connection broke, and says that the outcome is unknown', async () => {
    answers = ['cut'];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(/^WorkerFailed: .*Changed: unknown/);
    expect(asked).toHaveLength(1);
  });

  test('says that nothing was changed when the function or its network is not usable', async () => {
    answers = [failing('KMSDisabledException', 502)];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(/^WorkerFailed: .*KMSDisabled.*Nothing was changed/);
    expect(asked).toHaveLength(1);
  });

  test('says that the function is gone, and that nothing was changed', async () => {
    answers = [failing('ResourceNotFoundException', 404)];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(
      /^WorkerGone: the function arn:aws:lambda.*does not exist\. Nothing was changed/,
    );
  });

  test('says that a secret is gone, in place of blaming a policy', async () => {
    answers = [failing('ResourceNotFoundException', 400)];
    await expect(plane().secret('arn:secret')).rejects.toThrow(/^InvalidSecret: the secret arn:secret does not exist/);
  });

  test('says that nothing was changed when it may not call the worker', async () => {
    answers = [failing('AccessDeniedException', 403)];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(
      /^AwsRefused: lambda:InvokeFunction: .*Nothing was changed/,
    );
  });
});
