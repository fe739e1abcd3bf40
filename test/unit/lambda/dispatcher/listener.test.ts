import { FakeAws } from '../../../../testkit/fake-aws';
import { propertiesOf } from '../../../../testkit/handling';
import { MemoryCluster } from '../../../../testkit/memory-cluster';

const LISTS = {
  BootstrapBrokerString: 'b-1:9092',
  BootstrapBrokerStringTls: 'b-1:9094',
  BootstrapBrokerStringSaslScram: 'b-1:9096',
  BootstrapBrokerStringSaslIam: 'b-1:9098',
};
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:AmazonMSK_alice-AbCdEf';

/** The call that the worker receives for a topic of a cluster with the given listeners. */
async function callOf(Authentication: string, secret: object = {}, brokers: Record<string, string> = LISTS) {
  const aws = new FakeAws(() => new MemoryCluster().connect());
  aws.brokers = brokers;
  aws.secretText = JSON.stringify(secret);
  await aws.send({ ResourceProperties: { ...propertiesOf(), Authentication, Secret: SECRET } });
  const { bootstrapBrokers, credentials } = aws.calls[0];
  return { bootstrapBrokers, credentials };
}

describe('The dispatcher chooses the listener', () => {
  test.each([
    ['iam', {}, 'b-1:9098', { kind: 'iam' }],
    ['scram', { username: 'alice', password: 'x' }, 'b-1:9096', { kind: 'scram', username: 'alice', password: 'x' }],
    ['tls', { certificate: 'c', privateKey: 'k' }, 'b-1:9094', { kind: 'tls', certificate: 'c', privateKey: 'k' }],
    ['none', {}, 'b-1:9094', { kind: 'none', tls: true }],
  ])('for %s', async (authentication, secret, bootstrapBrokers, credentials) => {
    expect(await callOf(authentication, secret)).toEqual({ bootstrapBrokers, credentials });
  });

  test('in plain text only where the cluster has nothing else for everybody', async () => {
    const { credentials } = await callOf('none', {}, { BootstrapBrokerString: 'b-1:9092' });
    expect(credentials).toEqual({ kind: 'none', tls: false });
  });

  test.each([
    ['scram', 'SCRAM'],
    ['tls', 'mutual TLS'],
    ['none', 'unauthenticated access'],
  ])('and refuses %s where the cluster has none', async (authentication, words) => {
    const only = { BootstrapBrokerStringSaslIam: 'b-1:9098' };
    await expect(callOf(authentication, {}, only)).rejects.toThrow(
      new RegExp(`^NoListener: .*does not offer ${words}\\.`),
    );
  });

  test.each([
    ['scram', { username: 'alice' }, /has no string 'password'/],
    ['scram', { username: 'alice', password: '' }, /has no string 'password'/],
    ['tls', {}, /has no string 'certificate' and no string 'privateKey'/],
  ])('and refuses a secret for %s that lacks something', async (authentication, secret, words) => {
    await expect(callOf(authentication, secret)).rejects.toThrow(words);
  });

  test.each([
    ['the listener was turned off', { BootstrapBrokerStringSaslIam: 'b-1:9098' }, '{"username":"a","password":"b"}'],
    ['the secret is none any more', LISTS, ''],
  ])('or keeps the topic of a Delete when %s, where that is allowed', async (_, brokers, secretText) => {
    const aws = new FakeAws(() => new MemoryCluster().connect());
    Object.assign(aws, { brokers, secretText });
    const properties = { Authentication: 'scram', Secret: SECRET };
    const remove = (onUnreachable: 'fail' | 'retain') =>
      aws.send({
        RequestType: 'Delete',
        PhysicalResourceId: 'kt1:c:cluster:topic:orders',
        ResourceProperties: { ...propertiesOf({ onUnreachable }), ...properties },
      });
    await remove('retain');
    expect(aws.warnings).toEqual([
      expect.stringMatching(/^TopicKept: the topic was kept \((NoListener|InvalidSecret)/),
    ]);
    await expect(remove('fail')).rejects.toThrow(/^(NoListener|InvalidSecret)/);
  });

  test('and never tells what a wrong secret holds', async () => {
    const error = await callOf('scram', { user: 'alice', pass: 'wonderland' }).catch(
      (caught: unknown) => caught as Error,
    );
    expect((error as Error).message).toMatch(/^InvalidSecret/);
    expect((error as Error).message).not.toMatch(/wonderland/);
  });

  test('that AWS fails to tell of is an error, and no reason to leave the topic', async () => {
    const aws = new FakeAws(() => new MemoryCluster().connect());
    const { PhysicalResourceId } = await aws.send({});
    aws.bootstrapBrokers = () => Promise.reject(new Error('Rate exceeded'));
    const ResourceProperties = propertiesOf({ onUnreachable: 'retain' });
    const removal = aws.send({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
    await expect(removal).rejects.toThrow('Rate exceeded');
  });
});
