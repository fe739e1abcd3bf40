import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureCertificates } from '../../../local/kafka/certificates';
import { addIamPrincipal, ensureIamFiles, putRolePolicy, removeIamPrincipal } from '../../../local/kafka/iam-keys';
import { effectiveServerProperties, withoutForeignProperties } from '../../../local/kafka/server-properties';
import { removeFolder, scratchFolder } from './support/scratch';

const folder = scratchFolder();

afterAll(() => removeFolder(folder));

describe('ensureCertificates', () => {
  const dir = path.join(folder, 'ca');

  test('makes one authority, also when two ask at once', async () => {
    const [first, second] = await Promise.all([ensureCertificates(dir), ensureCertificates(dir)]);
    const ca = fs.readFileSync(first.ca, 'utf8');
    await ensureCertificates(dir);

    expect(second).toEqual(first);
    expect(fs.readFileSync(first.ca, 'utf8')).toBe(ca);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('ca'))).toEqual(['ca']);
  });

  test.each([
    ['broker', 'CN=broker', 'DNS:localhost, IP Address:127.0.0.1'],
    ['admin', 'CN=admin', undefined],
    ['app', 'CN=app', undefined],
  ])('issues the certificate of %s', async (name, subject, names) => {
    const { ca } = await ensureCertificates(dir);
    const pem = fs.readFileSync(path.join(dir, `${name}.pem`));
    const certificate = new X509Certificate(pem);

    expect(certificate.verify(new X509Certificate(fs.readFileSync(ca)).publicKey)).toBe(true);
    expect(certificate).toMatchObject({ subject, subjectAltName: names });
    expect(pem.toString()).toContain('-----BEGIN PRIVATE KEY-----');
  });
});

describe('addIamPrincipal', () => {
  const sharedDir = path.join(folder, 'shared');
  const keys = () => fs.readFileSync(path.join(sharedDir, 'iam.properties'), 'utf8');

  beforeEach(() => ensureIamFiles(sharedDir));

  test('writes one line a key, and one file a role', async () => {
    const policy = { Statement: [] };
    await addIamPrincipal(sharedDir, { accessKeyId: 'A1', secretAccessKey: 's/1+=', role: 'app', policy });
    await addIamPrincipal(sharedDir, { accessKeyId: 'A2', secretAccessKey: 's2', sessionToken: 't', role: 'app' });
    await addIamPrincipal(sharedDir, {
      accessKeyId: 'A1',
      secretAccessKey: 'new',
      role: 'app',
      account: '444455556666',
    });

    expect(keys()).toBe(
      'A2=s2|arn:aws:sts::111122223333:assumed-role/app/session|t\n' +
        'A1=new|arn:aws:sts::444455556666:assumed-role/app/session\n',
    );
    expect(JSON.parse(fs.readFileSync(path.join(sharedDir, 'iam-policies/app.json'), 'utf8'))).toEqual(policy);
  });

  test('leaves nothing of a key that is removed', async () => {
    await removeIamPrincipal(sharedDir, 'A1');
    await removeIamPrincipal(sharedDir, 'A2');
    await putRolePolicy(sharedDir, 'app', { Statement: [] });

    expect(keys()).toBe('');
  });
});

describe('effectiveServerProperties', () => {
  test.each([
    [1, '1', '1'],
    [2, '2', '1'],
    [3, '3', '2'],
    [6, '3', '2'],
  ])('replicates as MSK does with %i brokers', (brokers, replicas, minInSync) => {
    expect(effectiveServerProperties(brokers)).toMatchObject({
      'default.replication.factor': replicas,
      'min.insync.replicas': minInSync,
    });
  });

  test('lets the given win, whatever its type', () => {
    const given = effectiveServerProperties(3, { 'auto.create.topics.enable': true, 'num.partitions': 7 });

    expect(given).toMatchObject({ 'auto.create.topics.enable': 'true', 'num.partitions': '7' });
  });
});

describe('withoutForeignProperties', () => {
  test('keeps what a broker takes', () => {
    const given = { 'log.retention.hours': 24, 'message.max.bytes': '2000000', 'num.io.threads': 8 };

    expect(withoutForeignProperties(given)).toEqual(given);
  });

  test.each([
    'zookeeper.session.timeout.ms',
    'custom.advertised.listeners',
    'listeners',
    'log.dirs',
    'ssl.keystore.location',
  ])('leaves out %s', (key) => {
    expect(withoutForeignProperties({ [key]: 'x' })).toEqual({});
  });
});
