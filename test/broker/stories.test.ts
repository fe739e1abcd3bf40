import fc from 'fast-check';
import type { WorkerAnswer } from '../../engine/calls';
import { type Action, stories } from '../../testkit/contract/stories/actions';
import { play } from '../../testkit/contract/stories/story';
import { memoryWorld, type World } from '../../testkit/contract/stories/world';
import { FakeAws } from '../../testkit/fake-aws';
import type { LambdaProcess } from '../../testkit/lambda-process';
import { MemoryCluster } from '../../testkit/memory-cluster';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';
import { aWorker } from '../../testkit/real-worker';

let real: RealCluster;
let worker: LambdaProcess;

/** The built worker on real brokers. Kafka's own client makes the changes by hand. */
function realWorld(prefix: string): World {
  const { inspector, set } = real;
  const aws = new FakeAws(() => {
    throw new Error('the worker brings its own connection');
  });
  aws.brokers = { BootstrapBrokerStringSaslIam: set.bootstrap.saslIam };
  Object.assign(aws, { invoke: (_: string, call: object) => worker.invoke<WorkerAnswer>(call) });
  /** Waits until every broker knows a change by hand, before the next event. */
  const settling = async (work: Promise<void>) => {
    await work;
    await set.settled();
  };
  return {
    aws,
    prefix,
    look: async (name) => {
      await set.settled();
      const topic = await inspector.topic(name);
      return topic && { ...topic, records: (topic.latestOffset ?? 0) - (topic.earliestOffset ?? 0) };
    },
    write: (name, records) => inspector.produce(name, records),
    make: (name, partitions, configs) =>
      settling(inspector.createTopic(name, { partitions, replicationFactor: 3, configs })),
    remove: (name) => settling(inspector.deleteTopic(name)),
    grow: (name, partitions) => settling(inspector.createPartitions(name, partitions)),
    set: (name, configs) => settling(inspector.alterConfigs(name, { set: configs })),
  };
}

function aMemoryWorld(): World {
  const cluster = new MemoryCluster();
  return memoryWorld(cluster, new FakeAws(() => cluster.connect()));
}

describe.each([
  { brokers: 'real brokers', options: {}, count: 6 },
  { brokers: 'brokers with ZooKeeper', options: { zookeeper: true }, count: 2 },
])(
  'Sequences of events, with duplicates, rollbacks, invented IDs and hands in between',
  ({ brokers, count, options }) => {
    const told = fc.sample(stories({ minLength: 6, maxLength: 9 }), { numRuns: count, seed: 2 });

    beforeAll(async () => {
      real = await aRealCluster(options);
      worker = aWorker(real);
      real.closing(() => worker.stop());
    });

    afterAll(() => real?.stop());

    test.each(told.map((actions, index) => [index + 1, actions] as [number, Action[]]))(
      `end on ${brokers} as they do in memory, and lose no record: story %d`,
      async (number, actions) => {
        expect(await play(actions, realWorld(`story${number}-`))).toEqual(await play(actions, aMemoryWorld()));
      },
    );
  },
);
