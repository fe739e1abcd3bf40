import { FakeAws } from '../support/fake-aws';
import { MemoryCluster } from '../support/memory-cluster';
import { CLUSTER_ARN } from '../support/topics';

const aws = () => new FakeAws(() => new MemoryCluster().connect());
const EVENT = { ResourceType: 'Custom::KafkaBootstrapBrokers', ResourceProperties: { ClusterArn: CLUSTER_ARN } };

describe('The dispatcher, for bootstrap brokers', () => {
  test('answers with every list of brokers that the cluster has, sorted', async () => {
    const faked = aws();
    faked.brokers = { BootstrapBrokerString: 'b-1:9092', BootstrapBrokerStringSaslIam: 'b-3:9098,b-1:9098,b-2:9098' };
    expect(await faked.send(EVENT)).toEqual({
      PhysicalResourceId: `kb1:${CLUSTER_ARN}`,
      Data: { Plaintext: 'b-1:9092', SaslIam: 'b-1:9098,b-2:9098,b-3:9098' },
    });
  });

  test('keeps its ID when they are read again', async () => {
    const { PhysicalResourceId } = await aws().send({
      ...EVENT,
      RequestType: 'Update',
      PhysicalResourceId: 'kb1:before',
    });
    expect(PhysicalResourceId).toBe('kb1:before');
  });

  test('asks nothing when it is deleted', async () => {
    const faked = aws();
    faked.brokers = undefined;
    expect(await faked.send({ ...EVENT, RequestType: 'Delete', PhysicalResourceId: 'kb1:x' })).toEqual({
      PhysicalResourceId: 'kb1:x',
    });
  });

  test('refuses a cluster that is not there', async () => {
    const faked = aws();
    faked.brokers = undefined;
    await expect(faked.send(EVENT)).rejects.toThrow(/^ClusterNotFound/);
  });

  test('refuses a resource that is not its own', async () => {
    await expect(aws().send({ ResourceType: 'Custom::Other' })).rejects.toThrow(
      /^UnknownResourceType: 'Custom::Other'/,
    );
  });
});
