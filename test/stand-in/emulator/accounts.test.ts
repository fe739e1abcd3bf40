import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ListClustersV2Command, KafkaClient } from '@aws-sdk/client-kafka';
import type { App } from 'aws-cdk-lib';
import { aCluster } from './support/networks';
import { Script } from './support/script';
import { Stage, TEST_LIMIT_MS } from './support/stage';
import { aScripted, someThings } from './support/things';

jest.setTimeout(TEST_LIMIT_MS);

const HOME = { account: '111122223333', region: 'eu-central-1' };
const OTHER = { account: '444455556666', region: 'us-west-2' };

describe('accounts', () => {
  let stage: Stage;
  let script: Script;

  beforeAll(async () => {
    [stage, script] = await Promise.all([Stage.start(HOME), Script.start()]);
    await stage.bootstrap(OTHER);
    script.begin();
    await stage.deploy(shops);
  });

  afterAll(async () => {
    await Promise.all([stage?.stop(), script?.stop()]);
  });

  function shops(app: App): void {
    for (const [id, env] of Object.entries({ Home: HOME, Other: OTHER })) {
      const stack = stage.stack(app, id, { env });
      someThings(aScripted(stack, script), { [`Of${id}`]: {} });
      aCluster(stack);
    }
  }

  const clustersIn = async ({ account, region }: typeof HOME) => {
    const { AWS_ACCESS_KEY_ID: accessKeyId } = stage.emulator.environment({ account });
    const client = new KafkaClient({ region, credentials: { accessKeyId, secretAccessKey: 'any' } });
    const { ClusterInfoList } = await client.send(new ListClustersV2Command({}));
    return ClusterInfoList!.map(({ ClusterArn }) => ClusterArn!.split(':cluster/')[0]);
  };

  test('and Regions get the stacks of one app', async () => {
    const sent = [...(await stage.emulator.sentEvents('Home')), ...(await stage.emulator.sentEvents('Other'))];

    expect(sent.map(({ StackId }) => StackId.split(':stack/')[0])).toEqual([
      'arn:aws:cloudformation:eu-central-1:111122223333',
      'arn:aws:cloudformation:us-west-2:444455556666',
    ]);
  });

  test.each([HOME, OTHER])('$account sees only its own clusters', async (place) => {
    expect(await clustersIn(place)).toEqual([`arn:aws:kafka:${place.region}:${place.account}`]);
  });

  test('are those of the role that is assumed', async () => {
    const RoleArn = `arn:aws:iam::${OTHER.account}:role/cdk-hnb659fds-deploy-role-${OTHER.account}-${OTHER.region}`;
    const assumed = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = assumed.Credentials!;
    const config = { credentials: { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! } };

    expect((await new STSClient(config).send(new GetCallerIdentityCommand({}))).Account).toBe(OTHER.account);
    const { Role } = await new IAMClient(config).send(new GetRoleCommand({ RoleName: RoleArn.split('/')[1] }));
    expect(Role!.Arn).toBe(RoleArn);
  });
});
