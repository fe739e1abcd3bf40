import { createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type App, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CfnBatchScramSecret, type CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../lib';
import { aCluster } from '../stand-in/emulator/support/networks';
import { countOf, producing, rightsOf, useCluster } from './support/client-of';
import { type ClusterParts, World } from './support/world';

const SCRAM_SECRET = 'AmazonMSK_alice';

let world: World;
const secrets: Record<'scram' | 'wrong' | 'pkcs1' | 'pkcs8', string> = { scram: '', wrong: '', pkcs1: '', pkcs8: '' };
/** Secrets that must not appear anywhere. */
const hidden: string[] = [];

beforeAll(async () => {
  world = await World.start(withAllListeners);
  const aws = new SecretsManagerClient({});
  const { ARN, SecretString } = await aws.send(new GetSecretValueCommand({ SecretId: SCRAM_SECRET }));
  const { password } = JSON.parse(SecretString!) as { password: string };
  await (await world.inspector()).putScramUser('alice', password); // MSK does this by itself, the stand-in does not
  const wrong = { username: 'alice', password: 'looking-glass' };
  const texts = { wrong, pkcs1: aCertificate('rsa', 'pkcs1'), pkcs8: aCertificate('app', 'pkcs8') };
  for (const [name, text] of Object.entries(texts)) {
    const made = await aws.send(new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(text) }));
    secrets[name as keyof typeof texts] = made.ARN!;
  }
  secrets.scram = ARN!;
  const keys = [texts.pkcs1, texts.pkcs8].map(({ privateKey }) => privateKey.split('\n')[1]);
  hidden.push(password, wrong.password, ...keys);
});

afterAll(() => world?.stop());

/** The certificate of a client, with its key in one of the two formats that tools write. */
function aCertificate(client: 'app' | 'rsa', type: 'pkcs1' | 'pkcs8') {
  const pem = fs.readFileSync(path.join(world.standIn.certificatesDir, `${client}.pem`), 'utf8');
  const certificate = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(pem)![0];
  return {
    certificate,
    privateKey: createPrivateKey(pem).export({ type: type, format: 'pem' }).toString(),
  };
}

/** An L1 cluster with every listener over TLS, a SCRAM user, and a topic on the L1 itself. */
function withAllListeners(stack: Stack, vpc: ec2.Vpc): ClusterParts {
  const parts = aBareCluster(stack, vpc, {
    clientAuthentication: {
      sasl: { iam: { enabled: true }, scram: { enabled: true } },
      tls: { enabled: true },
      unauthenticated: { enabled: true },
    },
  });
  const template = JSON.stringify({ username: 'alice' });
  const alice = new secretsmanager.Secret(stack, 'Alice', {
    secretName: SCRAM_SECRET,
    encryptionKey: new kms.Key(stack, 'Key'),
    generateSecretString: { secretStringTemplate: template, generateStringKey: 'password', excludePunctuation: true },
  });
  const { clusterArn } = parts;
  new CfnBatchScramSecret(stack, 'Users', { clusterArn, secretArnList: [alice.secretArn] });
  return parts;
}

function aBareCluster(stack: Stack, vpc: ec2.Vpc, options: Parameters<typeof aCluster>[1]): ClusterParts {
  const group = new ec2.SecurityGroup(stack, 'Brokers', { vpc });
  const nodes = { securityGroups: [group.securityGroupId] };
  const cluster: CfnCluster = aCluster(stack, { ...options, nodes });
  if (options?.clientAuthentication && 'sasl' in options.clientAuthentication) {
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const backend = msk.TopicBackend.dataPlane({ vpc, vpcSubnets, clusterSecurityGroups: [group] });
    new msk.Topic(stack, 'by-iam', { cluster, backend });
    useCluster(stack, cluster);
  }
  return { clusterArn: cluster.attrArn, securityGroupId: group.securityGroupId };
}

type Ways = Readonly<Record<string, (stack: Stack) => msk.ClientCredentials>>;

/** Topics by name, each managed with its own authentication method, in another app than the cluster. */
const managed = (id: string, ways: Ways) => (app: App) => {
  const stack = world.stack(app, id);
  const cluster = world.cluster(stack);
  for (const [name, way] of Object.entries(ways)) {
    cluster.addTopic(name, {
      backend: msk.TopicBackend.dataPlane({ authentication: way(stack) }),
      removalPolicy: RemovalPolicy.DESTROY,
      permissionGracePeriod: Duration.seconds(0),
    });
  }
};

const secretOf = (stack: Stack, name: keyof typeof secrets) =>
  secretsmanager.Secret.fromSecretCompleteArn(stack, `Secret-${name}`, secrets[name]);
const nobody = () => msk.ClientCredentials.unauthenticated();
const WAYS: Ways = {
  'by-scram': (stack) => msk.ClientCredentials.scram(secretOf(stack, 'scram')),
  'by-pkcs1': (stack) => msk.ClientCredentials.tls(secretOf(stack, 'pkcs1')),
  'by-pkcs8': (stack) => msk.ClientCredentials.tls(secretOf(stack, 'pkcs8')),
  'by-nobody': nobody,
};
const WRONG: Ways = { wrong: (stack) => msk.ClientCredentials.scram(secretOf(stack, 'wrong')) };

/** Everything that is readable about a stack: template, events and logs of the handlers. */
async function readable(stackName: string): Promise<string> {
  const { TemplateBody } = await world.stage.cloudFormation.send(new GetTemplateCommand({ StackName: stackName }));
  return [TemplateBody, JSON.stringify(await world.stage.events(stackName)), await world.logs(stackName)].join('\n');
}

const names = async () => (await (await world.inspector()).topics()).map(({ name }) => name);

describe('A cluster of L1', () => {
  test('has grants, alarms and bootstrap brokers', async () => {
    const { Brokers9098, ClientRole, ClusterArn } = world.parts;
    expect(await rightsOf(ClientRole)).toEqual(expect.arrayContaining(producing(ClusterArn)));
    expect(await countOf('AWS::CloudWatch::Alarm', 'Platform')).toBeGreaterThan(5);
    const { saslIam } = world.standIn.clusters[0].bootstrap;
    expect(Brokers9098.split(',').sort()).toEqual(saslIam.split(',').sort());
  });
});

describe('Topics on a cluster of L1 with all listeners', () => {
  test('come by SCRAM, by certificates in PKCS#1 and PKCS#8, and without authentication', async () => {
    await world.stage.deploy(managed('Shop', WAYS));
    expect(await names()).toEqual(['by-iam', 'by-nobody', 'by-pkcs1', 'by-pkcs8', 'by-scram']);
  });

  test('a wrong password is refused by the brokers, and named is the user', async () => {
    const told = await world.stage.refused(managed('Shop', { ...WAYS, ...WRONG }));
    expect(told).toMatch(
      /NotAuthenticated: topic 'wrong': the brokers refused .* SCRAM user 'alice'.*To fix: check that the/,
    );
    expect(await world.status('Shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('no password and no key is in a template, an event or a log', async () => {
    const text = await readable('Shop');
    expect(text).toContain(`"TopicName":"by-scram"`);
    expect(hidden.filter((one) => one.length < 8 || text.includes(one))).toEqual([]);
  });

  test('go by the same ways', async () => {
    await world.stage.destroy(managed('Shop', WAYS));
    expect(await names()).toEqual(['by-iam']);
  });
});

describe('Topics on a cluster that lets everybody in, in plain text', () => {
  beforeAll(() =>
    world.deployPlatform((stack, vpc) =>
      aBareCluster(stack, vpc, {
        clientAuthentication: { unauthenticated: { enabled: true } },
        encryptionInfo: { encryptionInTransit: { clientBroker: 'PLAINTEXT' } },
      }),
    ),
  );

  test('come in plain text', async () => {
    await world.stage.deploy(managed('Plain', { 'in-plain-text': nobody }));
    expect(await names()).toContain('in-plain-text');
  });

  test('are refused by any other way, which the error names', async () => {
    const told = await world.stage.refused(managed('Secure', { secure: () => msk.ClientCredentials.iam() }));
    expect(told).toMatch(/NoListener: the cluster arn:aws:kafka:\S+ does not offer IAM.*To fix: enable it on/);
    expect(await names()).not.toContain('secure');
  });
});
