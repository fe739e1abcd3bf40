import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { removeFolder } from '../brokers/support/scratch';
import { Emulator } from '../../../local/emulator/emulator';
import { TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const run = promisify(execFile);
const BIN = path.resolve(__dirname, '../../../node_modules/.bin');
const APP = path.join(__dirname, 'support', 'apps', 'events.ts');

describe("the CDK's command line", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-cli-'));
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start({ region: 'eu-central-1' });
    expect(await cdk('bootstrap', [`aws://${Emulator.account}/eu-central-1`])).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await emulator?.stop();
    removeFolder(folder);
  });

  async function cdk(verb: string, args: string[] = []): Promise<{ code: number; said: string }> {
    const app = ['--app', `${path.join(BIN, 'tsx')} ${APP}`, '--output', path.join(folder, 'cdk.out')];
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      CDK_VALIDATION: 'false',
      NO_COLOR: '1',
      ...emulator.environment(),
    };
    const given = [verb, ...(verb === 'bootstrap' ? [] : app), '--no-notices', ...args];
    try {
      const { stderr, stdout } = await run(path.join(BIN, 'cdk'), given, { env, cwd: folder });
      return { code: 0, said: stdout + stderr };
    } catch (error) {
      const { code, stderr, stdout } = error as { code: number; stderr: string; stdout: string };
      return { code, said: stdout + stderr };
    }
  }

  const deploy = (...context: string[]) =>
    cdk('deploy', ['--require-approval', 'never', ...context.flatMap((it) => ['-c', it])]);

  test('deploys an app', async () => {
    const { code, said } = await deploy();

    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said).toMatch(/Events\.Brokersorders = b-\d\.events\.\w+\.c2\.kafka\.eu-central-1\.amazonaws\.com:9098,/);
  });

  test('sees that nothing differs', async () => {
    expect((await deploy()).said).toContain('Events (no changes)');
    expect(await cdk('diff', ['--fail'])).toMatchObject({ code: 0 });
  });

  test('sees what differs, and updates it', async () => {
    const difference = await cdk('diff', ['--fail', '-c', 'volume=200']);
    expect(difference).toMatchObject({ code: 1, said: expect.stringMatching(/\[~\] AWS::MSK::Cluster/) as string });

    expect(await deploy('volume=200')).toMatchObject({ code: 0 });
  });

  test('tells why an update fails, and that it was rolled back', async () => {
    const { code, said } = await deploy('volume=200', 'size=6', 'fail=Update');

    const [reason] = /Message returned: orders was told to fail/.exec(said) ?? [];
    const statuses = said.match(/UPDATE_(ROLLBACK_)?(FAILED|IN_PROG|COMPLET)/g); // the table cuts them
    expect({ code, reason, statuses: new Set(statuses) }).toEqual({
      code: 1,
      reason: expect.any(String) as string,
      statuses: new Set([
        'UPDATE_IN_PROG',
        'UPDATE_FAILED',
        'UPDATE_ROLLBACK_IN_PROG',
        'UPDATE_COMPLET',
        'UPDATE_ROLLBACK_COMPLET',
      ]),
    });
    expect((await deploy('volume=200')).said).toContain('Events (no changes)');
  });

  test('destroys the app', async () => {
    expect(await cdk('destroy', ['--force'])).toMatchObject({ code: 0 });
  });
});
