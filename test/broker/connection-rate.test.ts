import type { WorkerAnswer } from '../../engine/calls';
import { Barrier } from '../../testkit/faults/barrier';
import { Stage } from '../../testkit/faults/stage';
import { aCall, propertiesOf, success } from '../../testkit/handling';
import type { LambdaProcess } from '../../testkit/lambda-process';
import { aWorker } from '../../testkit/real-worker';

/** MSK's limit for t3 instances. */
const PER_SECOND = 4;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set({ serverProperties: { 'cdkmsk.iam.connections.per.second': PER_SECOND } });
});

afterEach(() => {
  stage.proxy.judge = () => 'pass';
});
afterAll(() => stage?.stop());

/** Creates a topic for which a denial would be final. */
const create = (worker: LambdaProcess, topicName: string, bootstrapBrokers = stage.proxy.bootstrap) =>
  worker.invoke<WorkerAnswer>(
    aCall({ properties: propertiesOf({ topicName, permissionGraceSeconds: 0 }), bootstrapBrokers }),
  );

describe('Brokers that take four new IAM connections a second', () => {
  test('let in eight workers that come at the same moment to the same broker', async () => {
    const barrier = new Barrier(Array.from({ length: 8 }, () => 'SaslAuthenticate' as const));
    stage.proxy.judge = barrier.judge;
    void barrier.full.then(() => barrier.open());
    const [first] = stage.proxy.bootstrap.split(',');
    const workers = Array.from({ length: 8 }, () => aWorker(stage.real));
    const answers = await Promise.all(workers.map((worker, index) => create(worker, `crowd-${index}`, first)));
    await Promise.all(workers.map((worker) => worker.stop()));
    answers.forEach(success);
    expect(stage.real.set.logOf(1)).toContain('Too many connects');
  });

  test.each([
    [0, 1],
    [0.5, 2],
    [0.99, 3],
  ])('are asked from a random one on: with the chance %d, broker %d', async (chance, expected) => {
    const asked: number[] = [];
    stage.proxy.judge = ({ broker, request }) => {
      if (request === 'SaslAuthenticate') asked.push(broker);
      return 'pass';
    };
    const worker = aWorker(stage.real, { chance });
    success(await create(worker, `from-${expected}`));
    await worker.stop();
    expect(asked[0]).toBe(expected);
  });
});
