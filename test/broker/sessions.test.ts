import { until } from '../../local/readiness';
import { Barrier } from '../../testkit/faults/barrier';
import { Stage } from '../../testkit/faults/stage';
import { success } from '../../testkit/handling';

const SESSION_MS = 1_500;
const SESSIONS = 'kafka.server:type=socket-server-metrics,listener=CLIENT_IAM,networkProcessor=*';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set({ serverProperties: { 'connections.max.reauth.ms': SESSION_MS } });
});

afterEach(() => {
  stage.proxy.judge = () => 'pass';
});
afterAll(() => stage?.stop());

/** A figure of the brokers' IAM listeners, summed over them. */
async function sum(figure: 'connection-count' | 'successful-reauthentication-total'): Promise<number> {
  const beans = await Promise.all([1, 2, 3].map((broker) => stage.real.set.mbeans(broker, SESSIONS)));
  return beans.flatMap((some) => Object.values(some)).reduce((total, one) => total + Number(one[figure]), 0);
}

/**
 * Clients authenticate again at four fifths of a session. When one connection has done so three times, longer than a
 * session has passed.
 */
async function sessionsEnd(): Promise<void> {
  const most = 2 * (await sum('connection-count')) + (await sum('successful-reauthentication-total'));
  const isOver = async () => (await sum('successful-reauthentication-total')) > most;
  await until(isOver, { what: () => 'a client to authenticate again', deadline: Date.now() + 30_000 });
}

describe('A session that ends', () => {
  test('between two calls does not disturb the second', async () => {
    await stage.aTopic('before', 5);
    await sessionsEnd();
    const event = await stage.anEventOn('grow', 'after');
    const answers = await stage.deliver(event);
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
  });

  test('while a change is on its way leaves one effect', async () => {
    const event = await stage.anEventOn('grow', 'meanwhile');
    const barrier = new Barrier(['CreatePartitions']);
    stage.proxy.judge = barrier.judge;
    const answered = stage.deliver(event);
    await barrier.full;
    await sessionsEnd();
    barrier.open();
    const answers = await answered;
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings()).toEqual([]);
  });

  test('and that the broker has forgotten is begun again', async () => {
    await stage.workers.restart(); // a warm worker does not authenticate
    const event = await stage.anEventOn('create', 'forgotten');
    stage.proxy.lose('SaslAuthenticate', 'illegalState');
    const answers = await stage.deliver(event);
    expect(stage.proxy.lost).toHaveLength(1);
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
  });
});
