import type { Rule } from '../../../../lambda/dispatcher/aws/control-plane';
import { FakeAws } from '../../../../testkit/fake-aws';
import { propertiesOf } from '../../../../testkit/handling';
import { MemoryCluster } from '../../../../testkit/memory-cluster';

let aws: FakeAws;
beforeEach(() => {
  const cluster = new MemoryCluster();
  cluster.mishaps.push(
    ...Array.from(
      { length: 10_000 },
      () => ({ request: 'Metadata', error: 'NO_ANSWER', detail: 'b-1:9098: ETIMEDOUT' }) as const,
    ),
  );
  aws = new FakeAws(() => cluster.connect());
});

const INBOUND: Rule = { groupId: 'sg-brokers', direction: 'in', ports: [9098, 9098], peer: { groupId: 'sg-worker' } };
const OUTBOUND: Rule = { groupId: 'sg-worker', direction: 'out', ports: [9098, 9098], peer: { groupId: 'sg-brokers' } };
const SUBNETS = [
  { subnetId: 'subnet-a', vpcId: 'vpc-1', cidr: '10.0.0.0/24' },
  { subnetId: 'subnet-b', vpcId: 'vpc-1', cidr: '10.0.1.0/24' },
];
const network = (rules: Rule[], more = {}) => {
  aws.networkFacts = { rules, subnets: SUBNETS, routes: [], ...more };
};
/** What the person reads, when no broker ever answers. */
const told = (event = {}) =>
  aws.send(event, 1).then(
    () => 'success',
    (error: Error) => error.message,
  );

describe('When no broker answers, the dispatcher', () => {
  test('says that the security group of the brokers lacks a rule', async () => {
    network([OUTBOUND]);
    expect(await told()).toMatch(
      /^Unreachable: .*brokers, sg-brokers, has no inbound rule for TCP 9098 from sg-worker\. Nothing was changed\. To fix: add an inbound rule/,
    );
  });

  test.each([
    ['another port', { ...INBOUND, ports: [9092, 9097] as const }],
    ['another group', { ...INBOUND, peer: { groupId: 'sg-other' } }],
    ['other addresses', { ...INBOUND, peer: { cidr: '10.0.2.0/24' } }],
    ['a part of the addresses', { ...INBOUND, peer: { cidr: '10.0.1.0/25' } }],
    ['the other direction', { ...INBOUND, direction: 'out' as const }],
  ])('counts a rule for %s as none', async (_, rule) => {
    network([rule, OUTBOUND]);
    expect(await told()).toMatch(/no inbound rule/);
  });

  test.each([
    ['a range of ports', { ...INBOUND, ports: [9000, 9100] as const }],
    ['all ports', { ...INBOUND, ports: undefined }],
    ['the addresses of the worker', { ...INBOUND, peer: { cidr: '10.0.0.0/16' } }],
    ['everybody', { ...INBOUND, peer: { cidr: '0.0.0.0/0' } }],
  ])('counts a rule for %s', async (_, rule) => {
    network([rule, OUTBOUND]);
    expect(await told()).toMatch(/the network settings look correct/);
  });

  test('says that the security group of the worker lacks a rule', async () => {
    network([INBOUND]);
    expect(await told()).toMatch(/worker, sg-worker, has no outbound rule for TCP 9098 to sg-brokers/);
  });

  test('says that another VPC has no route', async () => {
    network([INBOUND, OUTBOUND], {
      subnets: [SUBNETS[0], { ...SUBNETS[1], vpcId: 'vpc-2' }],
      routes: [{ subnetId: 'subnet-b', destinations: ['10.0.1.0/24'] }],
    });
    expect(await told()).toMatch(
      /worker's subnet subnet-b is in another VPC than the brokers and has no route to 10.0.0.0\/24/,
    );
  });

  test('finds the route to another VPC', async () => {
    network([INBOUND, OUTBOUND], {
      subnets: [SUBNETS[0], { ...SUBNETS[1], vpcId: 'vpc-2' }],
      routes: [{ subnetId: 'subnet-b', destinations: ['10.0.0.0/16'] }],
    });
    expect(await told()).toMatch(/the network settings look correct/);
  });

  test('says the state of the cluster, and not "connection refused"', async () => {
    aws.clusterFacts = { state: 'REBOOTING_BROKER', securityGroupIds: ['sg-brokers'], subnetIds: ['subnet-a'] };
    expect(await told()).toMatch(
      /^Unreachable: no broker answered, and the cluster is in state REBOOTING_BROKER.*when the cluster is ACTIVE/,
    );
  });

  test('says what the worker saw when nothing looks wrong', async () => {
    network([INBOUND, OUTBOUND]);
    expect(await told()).toContain('b-1:9098: ETIMEDOUT');
  });

  test('still says so when it may not look at the network', async () => {
    Object.assign(aws, { network: () => Promise.reject(new Error('UnauthorizedOperation')) });
    expect(await told()).toMatch(/no broker answered, although the cluster is ACTIVE/);
  });

  test('fails at once where waiting cures nothing', async () => {
    network([OUTBOUND]);
    await aws.send({}).catch(() => undefined);
    expect(aws.calls).toHaveLength(1);
    expect(aws.time.now()).toBeLessThanOrEqual(60_000);
  });

  test('keeps the topic of a Delete when told to retain it, and warns', async () => {
    const PhysicalResourceId = 'kt1:c:cluster:topic:orders';
    const ResourceProperties = propertiesOf({ onUnreachable: 'retain' });
    expect(await told({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties })).toBe('success');
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicKept: no broker answered/)]);
  });

  test.each(['Create', 'Update'] as const)(
    'fails a %s, also of a topic that a Delete would keep',
    async (RequestType) => {
      const ResourceProperties = propertiesOf({ onUnreachable: 'retain' });
      const old = { PhysicalResourceId: 'kt1:c:cluster:topic:orders', OldResourceProperties: propertiesOf() };
      expect(await told({ RequestType, ResourceProperties, ...(RequestType === 'Update' && old) })).toMatch(
        /^Unreachable/,
      );
      expect(aws.warnings).toEqual([]);
    },
  );

  test('fails a Delete by default', async () => {
    expect(await told({ RequestType: 'Delete', PhysicalResourceId: 'kt1:c:cluster:topic:orders' })).toMatch(
      /^Unreachable/,
    );
  });

  test.each(['no broker answers', 'the cluster is gone'])('lets a rollback pass when %s, and warns', async (why) => {
    if (why !== 'no broker answers') aws.brokers = undefined;
    aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const event = { RequestType: 'Update', PhysicalResourceId: 'kt1:c:cluster:topic:orders' } as const;
    const answer = await aws.send({ ...event, OldResourceProperties: propertiesOf({ partitionCount: 9 }) }, 1);
    expect(answer).toMatchObject({ PhysicalResourceId: event.PhysicalResourceId, Data: { TopicId: 'topic' } });
    expect(aws.warnings).toEqual([expect.stringMatching(/^TopicNotRolledBack: 'orders' was left as it is/)]);
  });

  test.each([
    ['goes forward', 'UPDATE_IN_PROGRESS', 'orders'],
    ['would have to find another topic', 'UPDATE_ROLLBACK_IN_PROGRESS', 'renamed'],
  ])('fails an Update that %s', async (_, status, name) => {
    aws.status = status;
    const PhysicalResourceId = `kt1:c:cluster:topic:${name}`;
    expect(await told({ RequestType: 'Update', PhysicalResourceId, OldResourceProperties: propertiesOf() })).toMatch(
      /^Unreachable/,
    );
  });

  test('says that the cluster is gone', async () => {
    aws.brokers = undefined;
    expect(await told()).toMatch(/^ClusterNotFound: the cluster arn:aws:kafka\S+ does not exist/);
  });

  test('says that the cluster has no IAM listener', async () => {
    aws.brokers = { BootstrapBrokerStringTls: 'b-1:9094' };
    expect(await told()).toMatch(/^NoListener: .*does not offer IAM/);
  });
});
