import facts from '../../../../lib/model/facts/bootstrap-brokers.json';
import { BootstrapBrokerList } from '../../../../lib';
import { FakeAws } from '../../../../testkit/fake-aws';
import { MemoryCluster } from '../../../../testkit/memory-cluster';
import { CLUSTER_ARN } from '../../../../testkit/topics';

const aws = () => new FakeAws(() => new MemoryCluster().connect());
const asking = (...Lists: string[]) => ({
  ResourceType: 'Custom::KafkaBootstrapBrokers',
  ResourceProperties: { ClusterArn: CLUSTER_ARN, Lists },
});

describe('The dispatcher, for bootstrap brokers', () => {
  test('answers with the lists that are asked for, sorted', async () => {
    const faked = aws();
    faked.brokers = { BootstrapBrokerString: 'b-1:9092', BootstrapBrokerStringSaslIam: 'b-3:9098,b-1:9098,b-2:9098' };
    expect(await faked.send(asking('SaslIam'))).toEqual({
      PhysicalResourceId: `kb1:${CLUSTER_ARN}`,
      Data: { SaslIam: 'b-1:9098,b-2:9098,b-3:9098' },
    });
  });

  test('finds every list of MSK under a name that constructs ask for', async () => {
    const faked = aws();
    faked.brokers = Object.fromEntries(facts.fields.map(({ field, port }) => [field, `b-1:${port}`]));
    const { Data } = await faked.send(asking(...Object.values(BootstrapBrokerList)));
    expect(Object.values(Data ?? {}).sort()).toEqual(facts.fields.map(({ port }) => `b-1:${port}`).sort());
    expect(Data).toMatchObject({ Plaintext: 'b-1:9092', PlaintextIpv6: 'b-1:20092', PublicTls: 'b-1:9194' });
  });

  test('keeps its ID when they are read again', async () => {
    const again = { ...asking('SaslIam'), RequestType: 'Update' as const, PhysicalResourceId: 'kb1:before' };
    expect((await aws().send(again)).PhysicalResourceId).toBe('kb1:before');
  });

  test('asks nothing when it is deleted', async () => {
    const faked = aws();
    faked.brokers = undefined;
    expect(await faked.send({ ...asking('Tls'), RequestType: 'Delete', PhysicalResourceId: 'kb1:x' })).toEqual({
      PhysicalResourceId: 'kb1:x',
    });
  });

  test('refuses a cluster that is not there', async () => {
    const faked = aws();
    faked.brokers = undefined;
    await expect(faked.send(asking('SaslIam'))).rejects.toThrow(/^ClusterNotFound/);
  });

  test('refuses a resource that is not its own', async () => {
    await expect(aws().send({ ResourceType: 'Custom::Other' })).rejects.toThrow(
      /^UnknownResourceType: 'Custom::Other'/,
    );
  });
});

describe('The dispatcher, for bootstrap brokers that the cluster does not have', () => {
  test('refuses at once, and says which it has', async () => {
    const faked = aws();
    await expect(faked.send(asking('SaslIam', 'SaslScram', 'Tls'))).rejects.toThrow(
      /^NoBootstrapBrokers: the cluster \S+ has no bootstrap brokers for SaslScram, Tls; it has SaslIam\. Nothing was changed/,
    );
    expect(faked.time.now()).toBe(0);
  });

  test('waits as long as the cluster is changing', async () => {
    const faked = aws();
    faked.clusterFacts = { state: 'UPDATING', securityGroupIds: [], subnetIds: [] };
    const later: Record<string, string> = { BootstrapBrokerStringPublicSaslIam: 'b-1-public:9198' };
    faked.bootstrapBrokers = () => Promise.resolve(faked.time.now() < 60_000 ? {} : later);
    expect((await faked.send(asking('PublicSaslIam'))).Data).toEqual({ PublicSaslIam: 'b-1-public:9198' });
  });

  test('refuses when the time is up', async () => {
    const faked = aws();
    faked.clusterFacts = { state: 'UPDATING', securityGroupIds: [], subnetIds: [] };
    await expect(faked.send(asking('PublicSaslIam'), 5)).rejects.toThrow(/^NoBootstrapBrokers/);
    expect(faked.time.now()).toBeLessThanOrEqual(300_000);
  });

  test.each(['UPDATE_ROLLBACK_IN_PROGRESS', undefined])('does not stop a rollback: %s', async (status) => {
    const faked = aws();
    faked.status = status;
    const back = { ...asking('SaslIam', 'Tls'), RequestType: 'Update' as const, PhysicalResourceId: 'kb1:x' };
    expect((await faked.send(back)).Data).toEqual({ SaslIam: 'b-1:9098,b-2:9098', Tls: '' });
    expect(faked.warnings).toEqual([expect.stringMatching(/^BootstrapBrokersMissing/)]);
  });
});
