import { parseIdentity } from '../../engine/topics/identity';
import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import type { TopicSpec } from '../../lib/model/wire/topic';
import { aCall, propertiesOf, refusal, success } from '../../testkit/handling';
import { aWorker } from '../../testkit/real-worker';
import type { LambdaProcess } from '../../testkit/lambda-process';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';

let real: RealCluster;
let worker: LambdaProcess;

beforeAll(async () => {
  real = await aRealCluster();
  worker = aWorker(real);
  real.closing(() => worker.stop());
});

afterAll(() => real?.stop());

const send = (call: Partial<WorkerCall>, by = worker) =>
  by.invoke<WorkerAnswer>(aCall({ bootstrapBrokers: real.set.bootstrap.saslIam, patienceMs: 10_000, ...call }));
const create = async (spec: Partial<TopicSpec>) => success(await send({ properties: propertiesOf(spec) }));

describe('The bundled worker, on real brokers', () => {
  test('creates, grows, alters and deletes a topic, each event twice', async () => {
    const twice = async (call: Partial<WorkerCall>) => [success(await send(call)), success(await send(call))];
    const before = propertiesOf({ topicName: 'life', configs: { 'retention.ms': '1000', 'segment.ms': '2000' } });
    const [{ physicalId }] = await twice({ properties: before });
    const after = propertiesOf({ topicName: 'life', partitionCount: 10, configs: { 'retention.ms': '9000' } });
    const update = { requestType: 'Update', physicalId, oldProperties: before, properties: after } as const;
    expect((await twice(update)).map((answer) => answer.physicalId)).toEqual([physicalId, physicalId]);
    const { configs, partitions, topicId } = (await real.inspector.topic('life')) ?? {};
    expect([partitions, configs, topicId]).toEqual([
      10,
      { 'retention.ms': '9000' },
      parseIdentity(physicalId)?.topicId,
    ]);
    await twice({ requestType: 'Delete', physicalId, properties: after });
    expect(await real.inspector.topic('life')).toBeUndefined();
  });

  test.each([{ requestType: 'Drop' }, { budgetMs: undefined }, { patienceMs: 'long' }, { credentials: null }])(
    'refuses what the dispatcher does not send, at once: %j',
    async (call) => {
      const answer = await send(call as unknown as Partial<WorkerCall>);
      expect(refusal(answer)).toMatchObject({
        code: 'InvalidEvent',
        message: expect.stringContaining(`'${Object.keys(call)[0]}'`),
      });
    },
  );

  test('creates once when the same event comes twice at once', async () => {
    const properties = propertiesOf({ topicName: 'at-once' });
    const answers = (await Promise.all([send({ properties }), send({ properties })])).map(success);
    const ids = answers.map(({ physicalId }) => parseIdentity(physicalId)?.topicId);
    expect(new Set(ids)).toEqual(new Set([(await real.inspector.topic('at-once'))?.topicId]));
  });

  test('makes no write request, and at most three others, when nothing is to be changed', async () => {
    const times = 10; // the brokers also count the inspector's occasional requests
    const configs = {
      'retention.ms': '5000',
      'min.cleanable.dirty.ratio': '0.50',
      'cleanup.policy': 'delete, compact',
    };
    const spec = { topicName: 'calm', configs };
    const { physicalId } = await create(spec);
    await real.set.settled();
    const before = await real.set.requestCounts();
    for (let nonce = 1; nonce <= times; nonce++) {
      const properties = propertiesOf({ ...spec, nonce: String(nonce) });
      success(await send({ requestType: 'Update', physicalId, oldProperties: propertiesOf(spec), properties }));
    }
    const after = await real.set.requestCounts();
    const more = (request: string) => (after[request] ?? 0) - (before[request] ?? 0);
    const writes = ['CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'AlterConfigs', 'DeleteTopics'];
    expect(writes.map(more)).toEqual(writes.map(() => 0));
    const reads = ['Metadata', 'DescribeConfigs', 'ListOffsets'].map(more).reduce((sum, one) => sum + one);
    expect(reads / times).toBeLessThanOrEqual(3);
  });

  test('keeps records that nobody asked to lose', async () => {
    const { physicalId } = await create({ topicName: 'ledger' });
    await real.inspector.produce('ledger', 25);
    const answer = success(await send({ requestType: 'Delete', physicalId, stack: 'rollingBack' }));
    expect(answer.warnings).toEqual([expect.stringMatching(/^TopicKept/)]);
    expect(await real.inspector.consumeCount('ledger')).toBe(25);
  });

  test('leaves no secret and no answer address in its log', async () => {
    await create({ topicName: 'quiet' });
    const { secretAccessKey, sessionToken } = real.credentials;
    for (const secret of [secretAccessKey, sessionToken, 'X-Amz-Signature']) expect(worker.log).not.toContain(secret);
  });
});

describe('The bundled worker, with credentials that are', () => {
  test.each([
    [
      'signed with another secret',
      { AWS_SECRET_ACCESS_KEY: 'wrong' },
      /signature of ASIAWORKERWORKERWORK does not match/,
    ],
    ['of an unknown key', { AWS_ACCESS_KEY_ID: 'ASIAUNKNOWN' }, /unknown access key/],
    ['of another session', { AWS_SESSION_TOKEN: 'wrong' }, /session token/],
    ['for another Region', { AWS_REGION: 'eu-west-1' }, /eu-west-1/],
  ])('%s, is refused at once by the brokers', async (_, environment, reason) => {
    const wrong = aWorker(real, { environment });
    const answer = await send({ properties: propertiesOf({ topicName: 'refused' }) }, wrong).finally(() =>
      wrong.stop(),
    );
    expect(refusal(answer)).toEqual({ code: 'NotAuthenticated', message: expect.stringContaining('Access denied') });
    const log = [1, 2, 3].map((broker) => real.set.logOf(broker)).join('\n');
    expect(log).toMatch(reason);
    expect(await real.inspector.topic('refused')).toBeUndefined();
  });
});
