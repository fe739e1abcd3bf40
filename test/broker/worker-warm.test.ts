import type { WorkerAnswer, WorkerCall } from '../../engine/calls';
import { aCall, propertiesOf, success } from '../../testkit/handling';
import type { LambdaProcess } from '../../testkit/lambda-process';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';
import { aWorker } from '../../testkit/real-worker';

let real: RealCluster;
let worker: LambdaProcess;

beforeAll(async () => {
  real = await aRealCluster();
  worker = aWorker(real);
  real.closing(() => worker.stop());
});

afterAll(() => real?.stop());

const create = async (topicName: string) => {
  const call: Partial<WorkerCall> = { properties: propertiesOf({ topicName }), patienceMs: 10_000 };
  return success(await worker.invoke<WorkerAnswer>(aCall({ ...call, bootstrapBrokers: real.set.bootstrap.saslIam })));
};

describe('The bundled worker, called again,', () => {
  test('comes in only once', async () => {
    await create('first');
    const before = await real.set.requestCounts();
    await create('second');
    expect((await real.set.requestCounts()).SaslAuthenticate).toBe(before.SaslAuthenticate);
  });

  test('notices that its connections died while it slept', async () => {
    await create('before');
    worker.freeze();
    for (const broker of [1, 2, 3]) await real.set.restart(broker);
    worker.thaw();
    expect(await create('after')).toMatchObject({ attributes: { TopicName: 'after' }, warnings: [] });
    expect(await real.inspector.topic('after')).toBeDefined();
  });
});
