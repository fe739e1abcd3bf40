/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import { inspect } from 'node:util';
import type { BrokerSet } from '../../../local/kafka/broker-set';
import { addIamPrincipal, removeIamPrincipal } from '../../../local/kafka/iam-keys';
import { connect, iamToken, type TokenOptions } from './support/iam-client';
import { removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const ARN = 'arn:aws:kafka:us-east-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
const CN_ARN = ARN.replace('arn:aws:', 'arn:aws-cn:').replace('us-east-1', 'cn-north-1');
const EVERYTHING = { Statement: [{ Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*' }] };

describe('IamTokenValidator', () => {
  const folder = scratchFolder();
  const sharedDir = `${folder}/shared`;
  const key = { accessKeyId: 'ASIAADMIN', secretAccessKey: 'admin-secret', sessionToken: 'admin-session' };
  const longAgo = new Date(Date.now() - 3_600_000);
  let set: BrokerSet;

  beforeAll(async () => {
    set = await startSet(folder);
    await set.becomeCluster(ARN);
    await addIamPrincipal(sharedDir, { ...key, role: 'admin', policy: EVERYTHING });
  });

  afterAll(async () => {
    await set?.stop();
    removeFolder(folder);
  });

  /** The client gets the same general message as from MSK. The log of the broker has the reason, under the same ID. */
  async function refusalOf(options: TokenOptions): Promise<string> {
    const error: unknown = await connect(set, await iamToken(options)).then(
      () => 'connected',
      (refusal: unknown) => refusal,
    );
    const id = /\[([0-9a-f-]{36})\]: Access denied/.exec(inspect(error, { depth: 10 }))?.[1];
    return new RegExp(`IAM token refused: \\[${id}\\] (.*)`).exec(set.logOf(1))?.[1] ?? `no refusal: ${String(error)}`;
  }

  async function accepts(options: TokenOptions): Promise<boolean> {
    const connection = await connect(set, await iamToken(options));
    await connection.close();
    return true;
  }

  test('lets in who has the secret and the session token', async () => {
    expect(await accepts(key)).toBe(true);
  });

  test.each<[string, Partial<TokenOptions>, RegExp]>([
    ['another secret', { secretAccessKey: 'other' }, /^signature of ASIAADMIN does not match$/],
    ['an unknown key', { accessKeyId: 'ASIAOTHER' }, /^unknown access key ASIAOTHER$/],
    ['another region', { region: 'eu-west-1' }, /^host is https:\/\/kafka\.eu-west-1\.amazonaws\.com, not /],
    [
      'a scope of another region',
      { region: 'eu-west-1', host: 'kafka.us-east-1.amazonaws.com' },
      /^scope of .*eu-west-1/,
    ],
    ['an expired token', { signingDate: longAgo }, /^expired at 20/],
    [
      'a token for more than 15 minutes',
      { expiresIn: 901 },
      /^X-Amz-Expires is 901, not a whole number from 1 to 900$/,
    ],
    ['a lifetime with a fraction', { expiresIn: 11.098 }, /^X-Amz-Expires is 11\.098, not a whole number/],
    ['another session token', { sessionToken: 'other' }, /^session token is not the one of ASIAADMIN$/],
    ['no session token', { sessionToken: undefined }, /^session token is not the one of ASIAADMIN$/],
  ])('refuses %s', async (_case, change, reason) => {
    expect(await refusalOf({ ...key, ...change })).toMatch(reason);
  });

  test('lets in who signed 14 minutes ago', async () => {
    expect(await accepts({ ...key, signingDate: new Date(Date.now() - 14 * 60_000) })).toBe(true);
  });

  test('refuses a role that may not connect', async () => {
    const idle = { accessKeyId: 'AKIAIDLE', secretAccessKey: 'idle-secret' };
    const policy = { Statement: { Effect: 'Allow', Action: 'kafka-cluster:CreateTopic', Resource: '*' } };
    await addIamPrincipal(sharedDir, { ...idle, role: 'idle', policy });

    expect(await refusalOf(idle)).toMatch(
      /^kafka-cluster:Connect is not allowed to .*\/idle\/session: no statement allows it$/,
    );
  });

  test('refuses a key once it is void', async () => {
    const brief = { accessKeyId: 'AKIABRIEF', secretAccessKey: 'brief-secret' };
    await addIamPrincipal(sharedDir, { ...brief, role: 'admin' });
    expect(await accepts(brief)).toBe(true);
    await removeIamPrincipal(sharedDir, brief.accessKeyId);

    expect(await refusalOf(brief)).toBe('unknown access key AKIABRIEF');
  });

  test('takes region and host from the ARN of the deployed cluster', async () => {
    await set.becomeCluster(CN_ARN);
    try {
      expect(await accepts({ ...key, region: 'cn-north-1', host: 'kafka.cn-north-1.amazonaws.com' })).toBe(true);
      expect(await refusalOf(key)).toMatch(/^host is .*us-east-1.*, not https:\/\/kafka\.cn-north-1\.amazonaws\.com$/);
    } finally {
      await set.becomeCluster(ARN);
    }
  });
});
