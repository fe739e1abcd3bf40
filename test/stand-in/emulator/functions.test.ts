import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CfnOutput, Duration, RemovalPolicy, type App } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { eventually, runs } from '../brokers/support/scratch';
import { Script, signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

describe('a function', () => {
  let stage: Stage;
  let script: Script;
  let client: LambdaClient;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
    client = new LambdaClient({});
  });

  afterEach(() => stage.destroy((app) => void stage.stack(app, 'Functions')));

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  const running =
    (code: string, props: Partial<lambda.FunctionProps> = {}) =>
    (app: App) => {
      const stack = stage.stack(app, 'Functions');
      const logGroup = new logs.LogGroup(stack, 'Logs', { logGroupName: 'mine', removalPolicy: RemovalPolicy.DESTROY });
      const made = new lambda.Function(stack, 'Function', {
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline(code),
        timeout: Duration.seconds(10),
        logGroup,
        ...props,
      });
      new CfnOutput(stack, 'Name', { value: made.functionName });
    };

  async function invoke(event: unknown = {}): Promise<{ error?: string; answer: unknown }> {
    const FunctionName = (await stage.outputs('Functions')).Name;
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return { error: FunctionError, answer: JSON.parse(Buffer.from(Payload!).toString()) };
  }

  test('has the surroundings that Lambda gives, and no others', async () => {
    await stage.deploy(
      running(
        `exports.handler = async (event, context) => ({ env: process.env, context, left: context.getRemainingTimeInMillis() });`,
        { environment: { MINE: 'yes' } },
      ),
    );
    const { env, context, left } = (await invoke()).answer as {
      env: Record<string, string>;
      context: object;
      left: number;
    };
    const { Name } = await stage.outputs('Functions');

    expect(env).toMatchObject({
      MINE: 'yes',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: Name,
      AWS_LAMBDA_LOG_GROUP_NAME: 'mine',
    });
    expect(Object.keys(env).filter((name) => /STANDIN|MINISTACK|NODE_/.test(name))).toEqual([]);
    expect(context).toMatchObject({ functionName: Name, logGroupName: 'mine', memoryLimitInMB: '128' });
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  test('finds the packages of the runtime and no others', async () => {
    await stage.deploy(running(`exports.handler = async (name) => Object.keys(require(name)).length;`));

    expect((await invoke('@aws-sdk/client-kafka')).answer).toBeGreaterThan(10);
    expect(await invoke('esbuild')).toMatchObject({
      error: 'Unhandled',
      answer: { errorMessage: expect.stringContaining('esbuild') as string },
    });
  });

  test('reports an error by its name', async () => {
    await stage.deploy(running(`exports.handler = async () => { throw new RangeError('too far'); };`));

    expect(await invoke()).toEqual({
      error: 'Unhandled',
      answer: { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) as unknown },
    });
  });

  test.each([
    ['cannot be loaded', `require('not-there');`, 'Runtime.ImportModuleError'],
    ['exports nothing', `exports.other = 1;`, 'Runtime.HandlerNotFound'],
    ['exits', `exports.handler = () => process.exit(7);`, 'Runtime.ExitError'],
    ['takes too long', `exports.handler = () => new Promise(() => setInterval(() => {}, 1000));`, 'Sandbox.Timedout'],
  ])('reports that it %s', async (_case, code, errorType) => {
    await stage.deploy(running(code, { timeout: Duration.seconds(1) }));

    expect(await invoke()).toMatchObject({ error: 'Unhandled', answer: { errorType } });
  });

  test.each([
    ['creates its log group again', true],
    ['has no log group any more', false],
  ])('%s after it was deleted, if its role may: %s', async (_case, may) => {
    const logsClient = new CloudWatchLogsClient({});
    const denied = { effect: iam.Effect.DENY, actions: ['logs:CreateLogGroup'], resources: ['*'] };
    const initialPolicy = may ? [] : [new iam.PolicyStatement(denied)];
    await stage.deploy(running('exports.handler = async () => {};', { initialPolicy }));
    await logsClient.send(new DeleteLogGroupCommand({ logGroupName: 'mine' }));
    await invoke();
    const { logGroups } = await logsClient.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'mine' }));
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(may ? ['mine'] : []);
  });

  test('writes to its log group', async () => {
    await stage.deploy(
      running(
        `exports.handler = async () => { console.log('hello', { a: 1 }); console.error(new Error('ouch').message); };`,
      ),
    );
    await invoke();
    const { events } = await new CloudWatchLogsClient({}).send(new FilterLogEventsCommand({ logGroupName: 'mine' }));
    const messages = events!.map(({ message }) => message);

    expect(messages).toEqual([
      expect.stringMatching(/^START RequestId: /),
      expect.stringMatching(/^\d{4}-.+Z\t[0-9a-f-]{36}\tINFO\thello \{ a: 1 \}$/),
      expect.stringMatching(/\tERROR\touch$/),
      expect.stringMatching(/^END RequestId: /),
      expect.stringMatching(/^REPORT RequestId: /),
    ]);
  });

  test('runs several times at once', async () => {
    await stage.deploy(
      running(
        `exports.handler = async () => { await fetch(process.env.SCRIPT, { method: 'POST', body: '{}' }); return process.pid; };`,
        { environment: { SCRIPT: script.url } },
      ),
    );
    const all = signal();
    script.begin(() => {
      if (script.events.length === 4) all.give();
      return all.given.then(() => ({}));
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => invoke()));

    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(4);
  });

  test('is another one after an update, and gone with its processes after its deletion', async () => {
    const code = `exports.handler = async () => [process.env.MINE, process.pid];`;
    await stage.deploy(running(code, { environment: { MINE: 'first' } }));
    const [first, firstPid] = (await invoke()).answer as [string, number];
    await stage.deploy(running(code, { environment: { MINE: 'second' } }));
    const [second, secondPid] = (await invoke()).answer as [string, number];
    await stage.destroy((app) => void stage.stack(app, 'Functions'));

    expect([first, second]).toEqual(['first', 'second']);
    await eventually(() => [firstPid, secondPid].every((pid) => !runs(pid)));
  });

  test('acts for its role', async () => {
    const asks = `
      const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
      exports.handler = async () => (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn;`;
    await stage.deploy(running(asks));
    const { Name } = await stage.outputs('Functions');

    expect((await invoke()).answer).toMatch(
      new RegExp(`^arn:aws:sts::000000000000:assumed-role/Functions-.+/${Name}$`),
    );
  });

  test('is tried again by Lambda when it throws in an asynchronous call', async () => {
    script.begin(() => ({}));
    const throwing = `exports.handler = async () => { await fetch(process.env.SCRIPT, { method: 'POST', body: '{}' }); throw new Error('again'); };`;
    await stage.deploy(running(throwing, { environment: { SCRIPT: script.url }, retryAttempts: 1 }));
    const { Name: FunctionName } = await stage.outputs('Functions');
    await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));

    await eventually(() => script.events.length === 2);
  });
});
