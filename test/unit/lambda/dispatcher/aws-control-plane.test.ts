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
let answers: Answer[];
let asked: string[];
let server: http.Server;
const environment = { ...process.env };

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { body, headers, status = 200 } = answers.length > 1 ? answers.shift()! : answers[0];
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
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

const WORKER = 'arn:aws:lambda:us-east-1:000000000000:function:worker';
const plane = (time = new FakeTime()) => new AwsControlPlane(time, time.now() + 600_000);
const failing = (name: string, status: number, message = 'no'): Answer => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { message, Message: message },
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

  test('never calls a worker again when it may have been called, and says that the outcome is unknown', async () => {
    answers = [failing('ServiceException', 500)];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(
      /^WorkerFailed: .*ServiceException.*Changed: unknown/,
    );
    expect(asked).toHaveLength(1);
  });

  test('says that nothing was changed when it may not call the worker', async () => {
    answers = [failing('AccessDeniedException', 403)];
    await expect(plane().invoke(WORKER, aCall())).rejects.toThrow(
      /^AwsRefused: lambda:InvokeFunction: .*Nothing was changed/,
    );
  });
});
