import type { Broker, ClusterPort } from '../../../engine/kafka/cluster-port';
import { KafkaFailure } from '../../../engine/kafka/kafka-failure';
import { settle } from '../../../engine/settle';
import { FakeTime } from '../../../testkit/handling';

const brokers = (...ids: number[]): Broker[] => ids.map((id) => ({ id }));

/** A cluster that had some brokers a moment ago and has others now. */
const aCluster = (knownBrokers: Broker[], now: Broker[]): ClusterPort => ({
  knownBrokers,
  view: () => Promise.resolve({ clusterId: 'a', brokers: now }),
});

async function asked(cluster: ClusterPort, answerOf: (broker: Broker) => Promise<object> = () => Promise.resolve({})) {
  const seen: number[] = [];
  const time = new FakeTime();
  const shown = await settle(cluster, (broker) => (seen.push(broker.id), answerOf(broker)), { deadline: 1000, time });
  return { seen, shown: shown.map(({ broker }) => broker?.id) };
}

describe('Waiting until every broker shows a result', () => {
  test('asks the known brokers before the cluster has said who is live', async () => {
    let seenBefore = 0;
    const cluster = aCluster(brokers(1, 2, 3), brokers(1, 2, 3));
    const late = { ...cluster, view: () => new Promise((done) => setImmediate(done)).then(() => cluster.view()) };
    const shows = () => Promise.resolve(void (seenBefore += 1)).then(() => ({}));
    const settled = settle(late, shows, { deadline: 1000, time: new FakeTime() });
    expect(seenBefore).toBe(3);
    expect(await settled).toHaveLength(3);
    expect(seenBefore).toBe(3);
  });

  test('asks a broker that joined as well', async () => {
    const { seen, shown } = await asked(aCluster(brokers(1, 2), brokers(1, 2, 3)));
    expect([seen, shown]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('does not wait for a broker that left', async () => {
    const never = new Promise<object>(() => undefined);
    const { shown } = await asked(aCluster(brokers(1, 2), brokers(1)), ({ id }) =>
      id === 2 ? never : Promise.resolve({}),
    );
    expect(shown).toEqual([1]);
  });

  test('takes no refusal from a broker that left', async () => {
    const refused = () => Promise.reject(new KafkaFailure('Metadata', 'TOPIC_AUTHORIZATION_FAILED', ''));
    const { shown } = await asked(aCluster(brokers(1, 2), brokers(1)), ({ id }) =>
      id === 2 ? refused() : Promise.resolve({}),
    );
    expect(shown).toEqual([1]);
  });
});
