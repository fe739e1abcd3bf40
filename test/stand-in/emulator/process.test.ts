import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CfnOutput, type App } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { eventually, runs } from '../brokers/support/scratch';
import { Script, signal } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const OWNER = path.join(__dirname, 'support', 'owner.ts');
/** The maximum of a function. Busy processes and the emulator notice the end at the same time. */
const PROCESSES = 10;
const TSX = path.resolve(__dirname, '../../../node_modules/.bin/tsx');

describe('the emulator', () => {
  let stage: Stage;
  let script: Script;

  beforeEach(async () => {
    [stage, script] = await Promise.all([Stage.start(), Script.start()]);
  });

  afterEach(() => Promise.all([stage.stop(), script.stop()]));

  /** Deploys a function with one idle process and several busy ones. */
  async function runningFunction(): Promise<number[]> {
    const fetched = `(await fetch('${script.url}', { method: 'POST', body: JSON.stringify({ pid: process.pid }) })).json()`;
    await stage.deploy((app: App) => {
      const stack = stage.stack(app, 'Running');
      const runtime = lambda.Runtime.NODEJS_24_X;
      const code = lambda.Code.fromInline(`exports.handler = async () => ${fetched};`);
      const { functionName: value } = new lambda.Function(stack, 'Function', {
        runtime,
        code,
        handler: 'index.handler',
      });
      new CfnOutput(stack, 'Name', { value });
    });
    const FunctionName = (await stage.outputs('Running')).Name;
    const never = signal();
    const all = signal();
    script.begin(() => {
      if (script.events.length === PROCESSES) all.give();
      return (script.events.length <= PROCESSES ? all : never).given.then(() => ({}));
    });
    const client = new LambdaClient({});
    const invoke = (count: number) =>
      Array.from({ length: count }, () => client.send(new InvokeCommand({ FunctionName })));
    await Promise.all(invoke(PROCESSES));
    for (const cutOff of invoke(PROCESSES - 1)) cutOff.catch(() => undefined); // fails when its process ends
    await eventually(() => script.events.length === 2 * PROCESSES - 1);
    return [...new Set(script.events.map((event) => (event as unknown as { pid: number }).pid))];
  }

  test.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind after %s', async (signalName) => {
    const pids = [...(await runningFunction()), stage.emulator.pid];
    expect(pids.map(runs)).toEqual(Array(PROCESSES + 1).fill(true));
    process.kill(stage.emulator.pid, signalName);

    await eventually(() => !pids.some(runs)).catch((e) => {
      console.log(pids.map(runs), stage.emulator.log());
      throw e;
    });
  });

  test('ends when its owner is killed', async () => {
    const owner = spawn(TSX, [OWNER], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(owner.stdout, 'data')) as [Buffer];
    const { emulator, ownPid } = JSON.parse(said.toString()) as Record<string, number>;
    expect(runs(emulator)).toBe(true);
    process.kill(ownPid, 'SIGKILL');

    await eventually(() => !runs(emulator));
  });

  test('listens on loopback only, at an address of its own', async () => {
    const other = await Stage.start();
    const answers = await Promise.all([stage, other].map(({ emulator }) => fetch(`${emulator.url}/_ministack/health`)));

    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(other.emulator.url).not.toBe(stage.emulator.url);
    expect(other.emulator.environment().AWS_ACCESS_KEY_ID).not.toBe(stage.emulator.environment().AWS_ACCESS_KEY_ID);
    await other.stop();
  });
});
