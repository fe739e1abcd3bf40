/** @jest-environment ./test/stand-in/brokers/support/environment.ts */
import type { Connection } from '@platformatic/kafka';
import type { BrokerSet } from '../../../local/kafka/broker-set';
import { addIamPrincipal, putRolePolicy } from '../../../local/kafka/iam-keys';
import { CONTROLLER_ID } from '../../../local/kafka/server-properties';
import { connect, createTopic, errorOf, iamOptions, iamToken, kafka } from './support/iam-client';
import { eventually, removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
const topicArn = (name: string) => `${CLUSTER.replace(':cluster/', ':topic/')}/${name}`;
const allow = (action: string | string[], resource: string | string[], more: object = {}) => ({
  ...{ Effect: 'Allow', Action: action, Resource: resource },
  ...more,
});
const deny = (action: string, resource: string, more: object = {}) => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
});
const CONNECT = allow('kafka-cluster:Connect', CLUSTER);
const CREATE = 'kafka-cluster:CreateTopic';
const DENIED = 'TOPIC_AUTHORIZATION_FAILED';

describe('IamAuthorizer', () => {
  const folder = scratchFolder();
  const sharedDir = `${folder}/shared`;
  const key = { accessKeyId: 'AKIAAPP', secretAccessKey: 'app-secret' };
  let set: BrokerSet;
  let connection: Connection;
  let topics = 0;

  beforeAll(async () => {
    set = await startSet(folder);
    await set.becomeCluster(CLUSTER);
    await addIamPrincipal(sharedDir, { ...key, role: 'app', policy: { Statement: [CONNECT] } });
    connection = await connect(set, await iamToken(key));
  });

  afterAll(async () => {
    await connection?.close();
    await set?.stop();
    removeFolder(folder);
  });

  /** Tries to create a topic with these statements, which apply from the next request on. Returns any error. */
  async function creates(name: string, ...statements: object[]): Promise<string | undefined> {
    await putRolePolicy(sharedDir, 'app', { Statement: statements });
    return createTopic(connection, name);
  }

  /** The last denial in the log of the controller, which creates topics and authorizes that. */
  function lastDenial(): string {
    return [...set.logOf(CONTROLLER_ID).matchAll(/IAM denied: (.*)/g)].at(-1)?.[1] ?? 'none';
  }

  const newTopic = () => `orders-${(topics += 1)}`;

  test('refuses a topic without CreateTopic and logs who, what and where', async () => {
    const name = newTopic();

    expect(await creates(name, CONNECT)).toBe(DENIED);
    const who = 'arn:aws:sts::111122223333:assumed-role/app/session';
    expect(lastDenial()).toBe(`${who} CreateTopic on ${topicArn(name)} (no statement allows it)`);
  });

  test.each([
    ['the exact ARN', CREATE, topicArn('exact')],
    ['a star', CREATE, topicArn('star*')],
    ['a question mark', CREATE, topicArn('questio?')],
    ['a star in the action', 'kafka-cluster:*Topic', topicArn('action')],
    ['an action in other case', 'Kafka-Cluster:createtopic', topicArn('case')],
    ['any resource', CREATE, '*'],
  ])('allows by %s', async (_case, action, resource) => {
    const name = resource.split('/').at(-1)?.replace('*', 't').replace('?', 'n') as string;

    expect(await creates(name, CONNECT, allow(action, resource))).toBeUndefined();
  });

  test.each([
    ['another topic', topicArn('payments')],
    ['a shorter name', topicArn('payment')],
    ['the topic in other case', topicArn('PAYMENTS-1')],
    ['another cluster', topicArn('payments-1').replace('-555555555555-1', '-666666666666-1')],
  ])('refuses when the statement names %s', async (_case, resource) => {
    expect(await creates('payments-1', CONNECT, allow(CREATE, resource))).toBe(DENIED);
  });

  test('lets Deny beat Allow, whatever their order', async () => {
    const [all, none] = [allow(CREATE, '*'), deny(CREATE, topicArn('orders-*'), { Sid: 'NoOrders' })];

    expect(await creates(newTopic(), CONNECT, all, none)).toBe(DENIED);
    expect(await creates(newTopic(), none, all, CONNECT)).toBe(DENIED);
    expect(lastDenial()).toContain('(statement NoOrders denies it)');
  });

  test('refuses whatever else is allowed once Connect is gone', async () => {
    expect(await creates(newTopic(), allow(CREATE, '*'))).toBe(DENIED);
  });

  test.each([
    ['Condition', allow(CREATE, '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    ['NotAction', { Effect: 'Allow', NotAction: 'kafka-cluster:DeleteTopic', Resource: '*' }],
    ['NotResource', { Effect: 'Allow', Action: CREATE, NotResource: topicArn('secret') }],
    ['a policy variable', allow(CREATE, topicArn('${aws:username}'))],
    ['Condition', deny(CREATE, '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
  ])('denies what depends on %s, and says so', async (gap, statement) => {
    const others = 'Effect' in statement && statement.Effect === 'Deny' ? [allow(CREATE, '*')] : [];

    expect(await creates(newTopic(), CONNECT, ...others, statement)).toBe(DENIED);
    expect(lastDenial()).toContain(`has ${gap}, which is not modelled)`);
  });

  test('leaves alone what a Condition does not concern', async () => {
    const elsewhere = allow('kafka-cluster:WriteData', '*', { Condition: {} });

    expect(await creates(newTopic(), CONNECT, allow(CREATE, '*'), elsewhere)).toBeUndefined();
  });

  describe('for idempotent producers', () => {
    const topic = 'written';
    const write = [allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], topicArn(topic))];
    const once = allow('kafka-cluster:WriteDataIdempotently', CLUSTER);

    beforeAll(async () => {
      await creates(topic, CONNECT, allow(CREATE, '*'));
      await set.settled();
    });

    /** A broker's first producer ID takes a moment. */
    async function initProducerId(...statements: object[]): Promise<string | undefined> {
      await putRolePolicy(sharedDir, 'app', { Statement: [CONNECT, ...statements] });
      let error: string | undefined;
      await eventually(async () => {
        error = await errorOf(kafka.initProducerIdV4.api.async(connection, null, 0, -1n, -1));
        return error !== 'COORDINATOR_LOAD_IN_PROGRESS';
      });
      return error;
    }

    test('lets a producer write with the actions that MSK names', async () => {
      await putRolePolicy(sharedDir, 'app', { Statement: [CONNECT, ...write, once] });
      const bootstrapBrokers = set.bootstrap.saslIam.split(',');
      const client = { clientId: 'app', bootstrapBrokers, idempotent: true, ...iamOptions(set, await iamToken(key)) };
      const producer = new kafka.Producer(client);
      const sent = await producer.send({ messages: [{ topic, key: Buffer.from('k'), value: Buffer.from('v') }] });
      await producer.close();

      expect(sent.offsets).toEqual([{ topic, partition: 0, offset: 0n }]);
    });

    test('takes WriteDataIdempotently', async () => {
      expect(await initProducerId(once)).toBeUndefined();
    });

    test('takes WriteData on any topic instead, as brokers from 2.8 on do', async () => {
      expect(await initProducerId(...write)).toBeUndefined();
    });

    test.each([
      ['nothing', []],
      ['a topic of another cluster', [allow('kafka-cluster:WriteData', topicArn('x').replace('/events/', '/others/'))]],
      ['a group', [allow('kafka-cluster:WriteData', `${CLUSTER.replace(':cluster/', ':group/')}/*`)]],
      ['a topic that is denied', [...write, deny('kafka-cluster:*', topicArn('writ*'))]],
      ['all topics denied', [...write, deny('kafka-cluster:WriteData', topicArn('*'))]],
    ])('refuses who has %s', async (_case, statements) => {
      expect(await initProducerId(...statements)).toBe('CLUSTER_AUTHORIZATION_FAILED');
      expect(set.logOf(1)).toContain(`WriteData on ${topicArn('*')}`);
    });
  });
});
