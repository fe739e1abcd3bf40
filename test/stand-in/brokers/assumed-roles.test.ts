/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Emulator } from '../../../local/emulator/emulator';
import type { BrokerSet } from '../../../local/kafka/broker-set';
import { connect, iamToken } from './support/iam-client';
import { removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const account = '111122223333';
const ARN = `arn:aws:kafka:us-east-1:${account}:cluster/events/11111111-2222-3333-4444-555555555555-1`;
const CONNECT = { Statement: [{ Effect: 'Allow', Action: 'kafka-cluster:Connect', Resource: ARN }] };

describe('brokers', () => {
  const folder = scratchFolder();
  let set: BrokerSet;
  let emulator: Emulator;

  beforeAll(async () => {
    set = await startSet(folder);
    await set.becomeCluster(ARN);
    emulator = await Emulator.start({ account, sharedDir: `${folder}/shared` });
  });

  afterAll(async () => {
    await emulator?.stop();
    await set?.stop();
    removeFolder(folder);
  });

  /** Keys of a role with a policy, as `aws sts assume-role` prints them. */
  async function assume(RoleName: string, policy?: object) {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = emulator.environment();
    const config = { endpoint: emulator.url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } };
    const iam = new IAMClient(config);
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' }));
    const named = { RoleName, PolicyName: 'Own', PolicyDocument: JSON.stringify(policy) };
    if (policy) await iam.send(new PutRolePolicyCommand(named));
    const assumed = await new STSClient(config).send(
      new AssumeRoleCommand({ RoleArn: Role!.Arn, RoleSessionName: 'me' }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = assumed.Credentials!;
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }

  test('let in who has the keys of a role that may connect', async () => {
    const connection = await connect(set, await iamToken(await assume('client', CONNECT)));

    await connection.close();
  });

  test('refuse the keys of a role that may not', async () => {
    await expect(iamToken(await assume('stranger')).then((token) => connect(set, token))).rejects.toThrow();
    expect(set.logOf(1)).toContain(`is not allowed to arn:aws:sts::${account}:assumed-role/stranger/me`);
  });
});
