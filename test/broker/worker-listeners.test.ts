import { createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import type { Credentials, WorkerAnswer } from '../../engine/calls';
import { aCall, propertiesOf, refusal, success } from '../../testkit/handling';
import { LambdaProcess } from '../../testkit/lambda-process';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';

let real: RealCluster;
let worker: LambdaProcess;

beforeAll(async () => {
  real = await aRealCluster();
  worker = new LambdaProcess({ name: 'worker', environment: { NODE_EXTRA_CA_CERTS: real.set.certificates.ca } });
  real.closing(() => worker.stop());
  await real.inspector.putScramUser('alice', 'wonderland');
});

afterAll(() => real?.stop());

type Way = keyof RealCluster['set']['bootstrap'];

const create = (topicName: string, way: Way, credentials: Credentials) =>
  worker.invoke<WorkerAnswer>(
    aCall({
      properties: propertiesOf({ topicName }),
      bootstrapBrokers: real.set.bootstrap[way],
      credentials,
      patienceMs: 5000,
    }),
  );

const ALICE = { kind: 'scram', username: 'alice', password: 'wonderland' } as const;

/** The client certificate CN=app, with its key in one of the two formats that tools write. */
function aCertificate(form: 'pkcs1' | 'pkcs8'): Credentials {
  const pem = fs.readFileSync(real.set.certificates.app, 'utf8');
  const certificate = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '';
  const key = createPrivateKey(pem);
  // SEC1 is for elliptic curves what PKCS#1 is for RSA: the older format, with the algorithm in its first line
  const privateKey = key.export({ type: form === 'pkcs8' ? 'pkcs8' : 'sec1', format: 'pem' }).toString();
  return { kind: 'tls', certificate, privateKey };
}

describe('The bundled worker', () => {
  test('comes in by SCRAM', async () => {
    success(await create('by-scram', 'saslScram', ALICE));
    expect(await real.inspector.topic('by-scram')).toBeDefined();
  });

  test('is refused at once with a wrong password, which it does not repeat', async () => {
    const told = refusal(await create('refused', 'saslScram', { ...ALICE, password: 'looking-glass' }));
    expect(told).toEqual({ code: 'NotAuthenticated', message: expect.not.stringContaining('looking-glass') });
    expect(worker.log).not.toMatch(/looking-glass|wonderland/);
  });

  test.each(['pkcs8', 'pkcs1'] as const)('comes in by a client certificate with a key in %s', async (form) => {
    success(await create(`by-${form}`, 'tls', aCertificate(form)));
    expect(await real.inspector.topic(`by-${form}`)).toBeDefined();
  });

  test('says that a certificate is none', async () => {
    const told = refusal(await create('refused', 'tls', { kind: 'tls', certificate: 'none', privateKey: 'none' }));
    expect(told.code).toBe('InvalidSecret');
  });

  test.each(['plaintext', 'tls'] as const)('comes in without authentication by %s', async (way) => {
    success(await create(`by-nobody-${way}`, way, { kind: 'none', tls: way === 'tls' }));
    expect(await real.inspector.topic(`by-nobody-${way}`)).toBeDefined();
  });

  test('says which ACL it lacks', async () => {
    await real.inspector.allow({
      principal: 'User:bob',
      resource: 'TOPIC',
      name: 'guarded',
      operations: ['CREATE', 'DESCRIBE'],
    });
    await real.set.settled(); // a broker that does not know the ACL yet would let alice pass
    const told = refusal(await create('guarded', 'saslScram', ALICE));
    expect(told).toEqual({
      code: 'NotAuthorized',
      message: expect.stringMatching(
        /'guarded': the SCRAM user 'alice' lacks the ACL operation Describe on topic 'guarded'/,
      ),
    });
  });
});
