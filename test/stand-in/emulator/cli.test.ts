import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cdk as runCdk, type CdkResult } from '../../../local/cdk';
import { removeFolder } from '../brokers/support/scratch';
import { Emulator } from '../../../local/emulator/emulator';
import { TEST_LIMIT_MS } from './support/stage';

jest.setTimeout(TEST_LIMIT_MS);

const APP = path.join(__dirname, 'support', 'apps', 'events.ts');

describe("the CDK's command line", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-cli-'));
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start({ region: 'eu-central-1' });
    expect(await cdk('bootstrap', [`aws://${emulator.account}/eu-central-1`])).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await emulator?.stop();
    removeFolder(folder);
  });

  function cdk(verb: string, args: string[] = []): Promise<CdkResult> {
    const environment = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      CDK_VALIDATION: 'false',
      ...emulator.environment(),
    };
    return runCdk({ entry: APP, folder, output: path.join(folder, 'cdk.out'), environment }, [verb, ...args]);
  }

  const deploy = (...context: string[]) =>
    cdk('deploy', ['--require-approval', 'never', ...context.flatMap((it) => ['-c', it])]);

  test('deploys an app', async () => {
    const { code, output } = await deploy();

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/Events\.Brokersorders = b-\d\.events\.\w+\.c2\.kafka\.eu-central-1\.amazonaws\.com:9098,/);
  });

  test('sees that nothing differs', async () => {
    expect((await deploy()).output).toContain('Events (no changes)');
    expect(await cdk('diff', ['--fail'])).toMatchObject({ code: 0 });
  });

  test('sees what differs, and updates it', async () => {
    const difference = await cdk('diff', ['--fail', '-c', 'volume=200']);
    expect(difference).toMatchObject({ code: 1, output: expect.stringMatching(/\[~\] AWS::MSK::Cluster/) as string });

    expect(await deploy('volume=200')).toMatchObject({ code: 0 });
  });

  test('tells why an update fails, and that it was rolled back', async () => {
    const { code, output } = await deploy('volume=200', 'size=6', 'fail=Update');

    const [reason] = /Message returned: (orders|payments) was told to fail/.exec(output) ?? [];
    const statuses = output.match(/UPDATE_(ROLLBACK_)?(FAILED|IN_PROG|COMPLET)/g); // the table truncates them
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
    expect((await deploy('volume=200')).output).toContain('Events (no changes)');
  });

  test('destroys the app', async () => {
    expect(await cdk('destroy', ['--force'])).toMatchObject({ code: 0 });
  });
});
