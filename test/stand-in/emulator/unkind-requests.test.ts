import { CloudFormationClient, DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Emulator } from '../../../local/emulator/emulator';
import { TEST_LIMIT_MS, useEmulator } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const CLUSTER = 'arn:aws:kafka:us-east-1:000000000000:cluster/events/11111111-2222-3333-4444-555555555555-1';
const NEVER_FILLED = { burst: 1, perSecond: 0 };

interface Outcome {
  readonly name: string;
  readonly status?: number;
  readonly message?: string;
}

interface Config {
  readonly maxAttempts: number;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly endpoint?: string;
}

/** By IAM action. Most fail in a kind emulator too, with another error, since nothing is deployed. */
const CALLS: Readonly<Record<string, (config: Config) => Promise<unknown>>> = {
  'cloudformation:DescribeStacks': (config) => new CloudFormationClient(config).send(new DescribeStacksCommand({})),
  'cloudformation:ListStacks': (config) => new CloudFormationClient(config).send(new ListStacksCommand({})),
  'ec2:DescribeSubnets': (config) => new EC2Client(config).send(new DescribeSubnetsCommand({})),
  'kafka:GetBootstrapBrokers': (config) =>
    new KafkaClient(config).send(new GetBootstrapBrokersCommand({ ClusterArn: CLUSTER })),
  'secretsmanager:GetSecretValue': (config) =>
    new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId: 'none' })),
  'lambda:InvokeFunction': (config) => new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'none' })),
  'lambda:GetFunctionConfiguration': (config) =>
    new LambdaClient(config).send(new GetFunctionConfigurationCommand({ FunctionName: 'none' })),
};

/** The outcome of a call that is not repeated. */
async function call(action: string, config: Partial<Config> = {}): Promise<Outcome> {
  try {
    await CALLS[action]({ maxAttempts: 1, ...config });
    return { name: 'none' };
  } catch (error) {
    const { $metadata, message, name } = error as Error & { $metadata: { httpStatusCode: number } };
    return { name, status: $metadata.httpStatusCode, message };
  }
}

async function asRole(role: string): Promise<Partial<Config>> {
  const RoleArn = `arn:aws:iam::000000000000:role/${role}`;
  const answer = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = answer.Credentials ?? {};
  return { credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } };
}

describe('an unkind emulator', () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start();
    useEmulator(emulator);
  });

  beforeEach(() => emulator.setUnkind({}));

  afterAll(() => emulator?.stop());

  test.each([
    ['cloudformation:DescribeStacks', 400, 'Throttling'],
    ['ec2:DescribeSubnets', 503, 'RequestLimitExceeded'],
    ['kafka:GetBootstrapBrokers', 429, 'TooManyRequestsException'],
    ['secretsmanager:GetSecretValue', 400, 'ThrottlingException'],
    ['lambda:InvokeFunction', 429, 'TooManyRequestsException'],
    ['lambda:GetFunctionConfiguration', 429, 'TooManyRequestsException'],
  ])('throttles %s as the service does', async (action, status, name) => {
    await emulator.setUnkind({ rates: { [action]: NEVER_FILLED } });
    const first = await call(action);

    expect(first.name).not.toBe(name);
    expect(await call(action)).toMatchObject({ name, status });
    expect(await emulator.unkindTally()).toEqual({ throttled: { [action]: 1 } });
  });

  test('lets requests pass again when the bucket is filled', async () => {
    await emulator.setUnkind({ rates: { 'cloudformation:DescribeStacks': { burst: 1, perSecond: 20 } } });
    const again = () => call('cloudformation:DescribeStacks', { maxAttempts: 10 });

    expect([await again(), await again(), await again()]).toEqual(Array(3).fill({ name: 'none' }));
  });

  test('has the rates that are known of AWS', async () => {
    await emulator.setUnkind({ throttling: true });
    const calls = Array.from({ length: 30 }, () => call('cloudformation:DescribeStacks'));
    const refused = (await Promise.all(calls)).filter(({ name }) => name === 'Throttling');

    expect(refused.length).toBeGreaterThan(10);
    expect(await call('cloudformation:ListStacks')).toEqual({ name: 'none' });
  });

  test('fails now and then, and with the same seed for the same requests', async () => {
    const run = async (seed: number) => {
      await emulator.setUnkind({ seed, serverErrors: 0.3 });
      const statuses: (number | undefined)[] = [];
      for (let made = 0; made < 20; made++) statuses.push((await call('ec2:DescribeSubnets')).status);
      return statuses;
    };
    const first = await run(7);

    expect(new Set(first)).toEqual(new Set([undefined, 500]));
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test.each([
    ['cloudformation:DescribeStacks', 503, 'ServiceUnavailable'],
    ['ec2:DescribeSubnets', 500, 'InternalError'],
    ['kafka:GetBootstrapBrokers', 500, 'InternalServerErrorException'],
    ['secretsmanager:GetSecretValue', 500, 'InternalServiceError'],
    ['lambda:InvokeFunction', 500, 'ServiceException'],
  ])('fails %s as the service does', async (action, status, name) => {
    await emulator.setUnkind({ serverErrors: 1 });

    expect(await call(action)).toMatchObject({ name, status });
  });

  test.each([
    ['cloudformation:DescribeStacks', 403, 'AccessDenied'],
    ['ec2:DescribeSubnets', 403, 'UnauthorizedOperation'],
    ['kafka:GetBootstrapBrokers', 403, 'AccessDeniedException'],
    ['secretsmanager:GetSecretValue', 400, 'AccessDeniedException'],
    ['lambda:InvokeFunction', 403, 'AccessDeniedException'],
  ])('denies %s to a role, and says which policy does', async (action, status, name) => {
    await emulator.setUnkind({ deny: [{ role: 'Shop-*', actions: [action] }] });
    const [mine, other] = await Promise.all(['Shop-Worker', 'Other'].map(asRole));
    const refused = await call(action, mine);

    expect(refused).toMatchObject({ name, status });
    expect(refused.message).toMatch(
      new RegExp(
        `User: arn:aws:sts::000000000000:assumed-role/Shop-Worker/test is not authorized to perform: ${action} on resource: \\S+ with an explicit deny in a permissions boundary$`,
      ),
    );
    expect((await call(action, other)).name).not.toBe(name);
  });

  test('names another type of policy', async () => {
    const policyType = 'identity-based policy';
    await emulator.setUnkind({ deny: [{ role: '*', actions: ['kafka:*'], policyType }] });
    const { message } = await call('kafka:GetBootstrapBrokers', await asRole('Any'));

    expect(message).toContain(
      `kafka:GetBootstrapBrokers on resource: ${CLUSTER} with an explicit deny in an ${policyType}`,
    );
  });

  test('refuses options that it does not have', async () => {
    await expect(emulator.setUnkind({ evil: true } as object)).rejects.toThrow('there are no options evil');
  });

  test('is unkind from the start if it is told so', async () => {
    const other = await Emulator.start({ unkind: { serverErrors: 1 } });

    expect(await call('cloudformation:DescribeStacks', { endpoint: other.url })).toMatchObject({ status: 503 });
    await other.stop();
  });
});
