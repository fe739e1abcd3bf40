import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CfnOutput, Duration, type App } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { eventually } from '../brokers/support/scratch';
import { Script, signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

/** Places that one function has for itself. */
const RESERVED = 1;

/** Asks the script. The outer function invokes the inner one and waits for it. */
const CODE = `
const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
const ask = (who) => fetch(process.env.SCRIPT, { method: 'POST', body: JSON.stringify({ who }) });
exports.inner = async () => void (await ask('inner'));
exports.outer = async () => {
  await ask('outer');
  const invoke = new InvokeCommand({ FunctionName: process.env.INNER });
  return new LambdaClient({ maxAttempts: 1 }).send(invoke).then(() => 'done', ({ name, Reason }) => name + ' ' + Reason);
};`;

describe('executions of functions', () => {
  let stage: Stage;
  let script: Script;
  let names: Record<string, string>;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
    await stage.deploy(functions);
    names = await stage.outputs('Nested');
  });

  beforeEach(() => script.begin(() => ({})));

  afterEach(() => stage.emulator.setUnkind({}));

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  function functions(app: App): void {
    const stack = stage.stack(app, 'Nested');
    const define = (id: string, props: Partial<lambda.FunctionProps> = {}) => {
      const made = new lambda.Function(stack, id, {
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: `index.${id.toLowerCase()}`,
        code: lambda.Code.fromInline(CODE),
        timeout: Duration.seconds(60),
        ...props,
        environment: { SCRIPT: script.url, ...props.environment },
      });
      new CfnOutput(stack, `${id}Name`, { value: made.functionName });
      return made;
    };
    const { functionName: INNER } = define('Inner');
    define('Outer', { environment: { INNER } });
    define('Reserved', { handler: 'index.inner', reservedConcurrentExecutions: RESERVED });
  }

  const client = () => new LambdaClient({ maxAttempts: 1 });
  const invoke = async (id: string): Promise<unknown> => {
    const { Payload } = await client().send(new InvokeCommand({ FunctionName: names[`${id}Name`] }));
    return JSON.parse(Buffer.from(Payload!).toString()) as unknown;
  };
  const invokeLater = (id: string) =>
    client().send(new InvokeCommand({ FunctionName: names[`${id}Name`], InvocationType: 'Event' }));
  /** Holds all executions until `give` is called, and counts those that have begun. */
  const hold = () => {
    const gate = signal();
    script.begin(() => gate.given.then(() => ({})));
    return gate;
  };
  const refused = (Reason: string) => ({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
    Reason,
  });

  test('of an account are limited', async () => {
    await stage.emulator.setUnkind({ concurrentExecutions: RESERVED + 2 });
    const gate = hold();
    const running = [invoke('Inner'), invoke('Inner')];
    await eventually(() => script.events.length === 2);

    await expect(invoke('Inner')).rejects.toMatchObject(refused('ConcurrentInvocationLimitExceeded'));
    gate.give();
    expect(await Promise.all(running)).toEqual([null, null]);
    expect(await invoke('Inner')).toBeNull();
  });

  test('count while they wait for nested ones', async () => {
    await stage.emulator.setUnkind({ concurrentExecutions: RESERVED + 1 });

    expect(await invoke('Outer')).toBe('TooManyRequestsException ConcurrentInvocationLimitExceeded');
    expect(await invoke('Inner')).toBeNull();
  });

  test('of a function with reserved ones are its own', async () => {
    await stage.emulator.setUnkind({ concurrentExecutions: RESERVED + 1 });
    const gate = hold();
    const running = [invoke('Reserved'), invoke('Inner')];
    await eventually(() => script.events.length === 2);

    await expect(invoke('Reserved')).rejects.toMatchObject(
      refused('ReservedFunctionConcurrentInvocationLimitExceeded'),
    );
    await expect(invoke('Inner')).rejects.toMatchObject(refused('ConcurrentInvocationLimitExceeded'));
    gate.give();
    await Promise.all(running);
  });

  test('that are asynchronous wait in a queue', async () => {
    await stage.emulator.setUnkind({ concurrentExecutions: RESERVED + 1 });
    const gate = hold();
    const running = invoke('Inner');
    await eventually(() => script.events.length === 1);
    await invokeLater('Inner');
    await expect(invoke('Inner')).rejects.toMatchObject(refused('ConcurrentInvocationLimitExceeded'));
    gate.give();
    await running;

    await eventually(() => script.events.length === 2);
  });

  test('that are nested run, however many wait for them', async () => {
    const outcomes = await Promise.all(Array.from({ length: 70 }, () => invoke('Outer')));

    expect(new Set(outcomes)).toEqual(new Set(['done']));
  });
});
