import { FakeAws } from '../../../../testkit/fake-aws';
import { propertiesOf } from '../../../../testkit/handling';
import { always, MemoryCluster } from '../../../../testkit/memory-cluster';
import { Refusal } from '../../../../engine/refusal';
import { CLUSTER_ARN } from '../../../../testkit/topics';

let cluster: MemoryCluster;
let aws: FakeAws;
beforeEach(() => {
  cluster = new MemoryCluster();
  aws = new FakeAws(() => cluster.connect());
});

const silence = (times: number) =>
  cluster.mishaps.push(...Array.from({ length: times }, () => ({ request: 'Metadata', error: 'NO_ANSWER' }) as const));
const created = () => aws.send({});
const remove = (PhysicalResourceId: string) => aws.send({ RequestType: 'Delete', PhysicalResourceId });

describe('The dispatcher, for a topic', () => {
  test('answers with name, ARN, ID and partitions', async () => {
    const { Data } = await created();
    expect(Data).toEqual({
      TopicName: 'orders',
      TopicArn: `${CLUSTER_ARN.replace(':cluster/', ':topic/')}/orders`,
      TopicId: cluster.topic('orders')?.topicId,
      PartitionCount: '3',
      Warnings: '',
    });
  });

  test('tells the worker what it cannot know: brokers and where the stack is going', async () => {
    const { PhysicalResourceId } = await created();
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    await aws.send({ RequestType: 'Update', PhysicalResourceId, OldResourceProperties: propertiesOf() });
    expect(aws.calls.map(({ bootstrapBrokers, stack }) => [bootstrapBrokers, stack])).toEqual([
      ['b-2:9098,b-1:9098', 'forward'],
      ['b-2:9098,b-1:9098', 'rollingBack'],
    ]);
  });

  test.each([
    ['UPDATE_IN_PROGRESS', 'forward'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'rollingBack'],
    ['SOMETHING_NEW', 'unknown'],
    [undefined, 'unknown'],
  ])('takes the status %s as %s in an Update', async (status, direction) => {
    const { PhysicalResourceId } = await created();
    aws.status = status;
    await aws.send({ RequestType: 'Update', PhysicalResourceId, OldResourceProperties: propertiesOf() });
    expect(aws.calls.at(-1)?.stack).toBe(direction);
  });

  test.each([
    ['DELETE_IN_PROGRESS', 'forward'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'forward'],
    ['ROLLBACK_IN_PROGRESS', 'rollingBack'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'rollingBack'],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'rollingBack'],
    [undefined, 'unknown'],
  ])('takes the status %s as %s in a Delete', async (status, direction) => {
    const { PhysicalResourceId } = await created();
    aws.status = status;
    await remove(PhysicalResourceId);
    expect(aws.calls.at(-1)?.stack).toBe(direction);
  });

  test('says warnings in the attribute, in the log and as a metric', async () => {
    const { Data } = await aws.send({ ResourceProperties: propertiesOf({ configs: { 'min.insync.replicas': '3' } }) });
    expect(Data?.Warnings).toMatch(/^MinIsrEqualsRf/);
    expect(aws.warnings).toHaveLength(1);
  });

  test('refuses in the words of the worker', async () => {
    cluster.make('orders', { records: 1 });
    await expect(created()).rejects.toThrow(/^TopicExists: topic 'orders' already exists/);
  });

  test('gets its answer while there is time, also when the worker was called late and the brokers do not confirm', async () => {
    cluster.mishaps.push(...always({ request: 'CreateTopics', error: 'NOT_CONTROLLER' }));
    await expect(aws.send({}, 3)).rejects.toThrow(/^OutcomeUnknown/);
    expect(aws.time.now()).toBeLessThanOrEqual(180_000);
  });

  test('throws errors without a stack trace', async () => {
    cluster.make('orders', { records: 1 });
    const error = await created().catch((caught: unknown) => caught as Error);
    expect((error as Error).stack).toBe((error as Error).message);
  });

  test.each([
    ['Worker', /^InvalidProperty: 'Worker' must be the ARN of a function/],
    ['ClusterArn', /^InvalidProperty: 'ClusterArn' must be the ARN of a cluster/],
  ])('refuses properties that name no %s, and calls nobody', async (name, words) => {
    await expect(aws.send({ ResourceProperties: { ...propertiesOf(), [name]: '' } })).rejects.toThrow(words);
    expect(aws.calls).toEqual([]);
  });

  test('tries again while the cluster reboots', async () => {
    aws.clusterFacts = { state: 'REBOOTING_BROKER', securityGroupIds: [], subnetIds: [] };
    silence(50);
    await created();
    expect(aws.calls.length).toBeGreaterThan(1);
    expect(cluster.topics.size).toBe(1);
  });

  test.each(['ACTIVE', 'DELETING'])(
    'refuses a cluster without a listener for us, also one that is %s',
    async (state) => {
      aws.brokers = {};
      aws.clusterFacts = { state, securityGroupIds: [], subnetIds: [] };
      const ResourceProperties = propertiesOf({ onUnreachable: 'retain' });
      await expect(aws.send({ ResourceProperties })).rejects.toThrow(/^NoListener/);
    },
  );

  test('stays below what CloudFormation takes as an answer', async () => {
    const topicName = 'x'.repeat(249);
    const configs = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`unknown.key.${index}`, '1']));
    cluster.make(topicName, { records: 1, configs });
    const answer = await aws.send({ ResourceProperties: propertiesOf({ topicName, configs, onExisting: 'adopt' }) });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(3000);
  });
});

describe('The dispatcher, for a Delete', () => {
  test.each([undefined, 'Shop-Orders-1ABCDEF', 'request-id', 'kt1:x:a:b:c'])(
    'touches nothing when the ID is %s',
    async (PhysicalResourceId) => {
      cluster.make('orders');
      await aws.send({ RequestType: 'Delete', PhysicalResourceId });
      expect(aws.calls).toEqual([]);
    },
  );

  test('touches nothing when the topic was adopted', async () => {
    cluster.make('orders', { records: 1 });
    const ResourceProperties = propertiesOf({ onExisting: 'adopt' });
    const { PhysicalResourceId } = await aws.send({ ResourceProperties });
    aws.calls.length = 0;
    await aws.send({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
    expect(cluster.topic('orders')?.records).toBe(1);
    expect(aws.calls).toEqual([]);
  });

  test('touches nothing when another resource of the stack carries the same topic', async () => {
    const { PhysicalResourceId } = await created();
    aws.resources = [{ logicalId: 'Renamed', physicalId: PhysicalResourceId.replace(':c:', ':a:') }];
    await remove(PhysicalResourceId);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test('deletes when only the resource itself carries the topic', async () => {
    const { PhysicalResourceId } = await created();
    aws.resources = [{ logicalId: 'Orders', physicalId: PhysicalResourceId }];
    await remove(PhysicalResourceId);
    expect(cluster.topics.size).toBe(0);
  });

  test('is refused, and keeps even an empty topic, when nobody can tell which resources the stack has', async () => {
    const { PhysicalResourceId } = await created();
    const denied = new Refusal('AwsRefused', 'cloudformation:ListStackResources: AccessDenied', { fix: 'allow it' });
    Object.assign(aws, { stackResources: () => Promise.reject(denied) });
    await expect(remove(PhysicalResourceId)).rejects.toThrow(/^AwsRefused: cloudformation:ListStackResources/);
    expect(cluster.topic('orders')).toBeDefined();
  });

  test('succeeds when the cluster is gone', async () => {
    const { PhysicalResourceId } = await created();
    aws.brokers = undefined;
    expect(await remove(PhysicalResourceId)).toEqual({ PhysicalResourceId });
  });

  test('succeeds when the cluster is being deleted and no broker answers', async () => {
    const { PhysicalResourceId } = await created();
    aws.clusterFacts = { state: 'DELETING', securityGroupIds: [], subnetIds: [] };
    silence(1000);
    expect(await remove(PhysicalResourceId)).toEqual({ PhysicalResourceId });
  });

  test('is retried while no broker answers', async () => {
    const { PhysicalResourceId } = await created();
    aws.calls.length = 0;
    silence(50);
    await remove(PhysicalResourceId);
    expect(aws.calls.length).toBeGreaterThan(1);
    expect(cluster.topics.size).toBe(0);
  });
});
