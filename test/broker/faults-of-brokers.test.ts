import type { WorkerAnswer } from '../../engine/calls';
import type { BrokerSetOptions } from '../../local/kafka/broker-set';
import { until } from '../../local/readiness';
import { CONTROLLER_ID } from '../../local/kafka/server-properties';
import { Barrier } from '../../testkit/faults/barrier';
import type { Passing } from '../../testkit/faults/kafka-proxy';
import { type BrokerFault, strike } from '../../testkit/faults/broker-faults';
import { Stage } from '../../testkit/faults/stage';
import { EVENT_KINDS, type EventKind, type TopicEvent, WRITES } from '../../testkit/faults/topic-events';
import { aWorker } from '../../testkit/real-worker';
import { aCall, refusal, success } from '../../testkit/handling';

let stage: Stage;

/** A worker without chance tries broker 1 first. */
async function begin(options: Partial<BrokerSetOptions>): Promise<void> {
  stage = await Stage.set(options, { chance: 0 });
  await stage.aTopic('bystander', 50);
}

const ofEach = async <T>(work: (kind: EventKind) => Promise<T>) =>
  Object.fromEntries(await Promise.all(EVENT_KINDS.map(async (kind) => [kind, await work(kind)]))) as Record<
    EventKind,
    T
  >;

interface Strike {
  readonly who: 'A broker' | 'The controller';
  readonly node: number | 'controller';
  readonly fault: BrokerFault;
  /** When the node is repaired: after all answers, or as soon as the worker retries. */
  readonly heals: 'afterwards' | 'meanwhile';
}

/** Delivers one event of each kind. The fault begins when all of their writes are on the way to the brokers that take them. */
async function underWay({ fault, heals, ...struck }: Strike) {
  const node = struck.node === 'controller' ? await stage.real.set.activeController() : struck.node;
  const events = await ofEach((kind) => stage.anEventOn(kind, `${fault}-${node}-${kind}`));
  const barrier = new Barrier(Object.values(WRITES), await takesWrites());
  stage.proxy.judge = barrier.judge;
  const answered = ofEach((kind) => stage.deliver(events[kind]));
  await barrier.full;
  const heal = await strike(stage.real.set, node, fault);
  barrier.open();
  if (heals === 'meanwhile') await untilAskedAgain();
  const [answers] = await (heals === 'meanwhile' ? Promise.all([answered, heal()]) : [await answered, await heal()]);
  stage.proxy.judge = () => 'pass';
  return { events, answers };
}

/** With KRaft, every broker takes every write; with ZooKeeper, every broker takes configs and the controller the rest. */
async function takesWrites(): Promise<(passing: Passing) => boolean> {
  const controller = await stage.real.set.activeController();
  return ({ broker, request }) => controller === CONTROLLER_ID || request === WRITES.alter || broker === controller;
}

async function untilAskedAgain(): Promise<void> {
  let asked = 0;
  stage.proxy.judge = ({ request }) => {
    if (Object.values(WRITES).includes(request)) asked += 1;
    return 'pass';
  };
  await until(() => asked > 0, { deadline: Date.now() + 30_000, what: () => 'the worker to ask again' });
}

function isSurvived(strikes: readonly Strike[]): void {
  describe.each(strikes)('$who that is $fault', (struck) => {
    let events: Record<EventKind, TopicEvent>;
    let answers: Record<EventKind, WorkerAnswer[]>;

    beforeAll(async () => {
      ({ events, answers } = await underWay(struck));
    });

    test.each(EVENT_KINDS)('while it is to %s a topic: it is done once', async (kind) => {
      answers[kind].forEach(success);
      expect(await stage.settleUp(events[kind], answers[kind], 'nodes')).toEqual([]);
    });

    test('costs no record', async () => {
      const names = EVENT_KINDS.map((kind) => events[kind].topicName);
      expect(await stage.ledger.findings('bystander', ...names)).toEqual([]);
    });
  });
}

function isToldWhenItLasts(): void {
  describe('Trouble that outlasts the worker', () => {
    const LIMIT_MS = 14_000; // half of it is reserved for the answer

    const hurried = async (event: TopicEvent) => {
      const worker = aWorker(stage.real, { timeoutMs: LIMIT_MS });
      const call = aCall({ ...event.call, bootstrapBrokers: stage.proxy.bootstrap, patienceMs: 60_000 });
      const answer = await worker.invoke<WorkerAnswer>(call).finally(() => worker.stop());
      const { ms } = JSON.parse(worker.log.trim().split('\n').at(-1) ?? '') as { ms: number };
      return { answer, ms };
    };

    test('of the controller is told, and the same event succeeds once it is over', async () => {
      const events = await ofEach((kind) => stage.anEventOn(kind, `outlasted-${kind}`));
      const heal = await strike(stage.real.set, CONTROLLER_ID, 'killed');
      const told = await ofEach((kind) => hurried(events[kind]));
      await heal();
      for (const kind of EVENT_KINDS) {
        const { answer } = told[kind];
        expect(refusal(answer)).toEqual({
          code: 'OutcomeUnknown',
          message: expect.stringContaining('To fix: deploy again'),
        });
        expect(await stage.settleUp(events[kind], [answer], 'nodes')).toEqual([]);
      }
      expect(await stage.ledger.findings('bystander')).toEqual([]);
    });

    test('of all brokers is told before the time of the function is up', async () => {
      const event = await stage.anEventOn('grow', 'all-frozen');
      const heals = await Promise.all([1, 2, 3].map((node) => strike(stage.real.set, node, 'frozen')));
      const { answer, ms } = await hurried(event);
      await Promise.all(heals.map((heal) => heal()));
      expect(refusal(answer).code).toBe('Unreachable');
      expect(ms).toBeLessThan(LIMIT_MS);
      expect(await stage.settleUp(event, [answer], 'nodes')).toEqual([]);
    });
  });
}

describe('With ZooKeeper', () => {
  beforeAll(() => begin({ zookeeper: true }));
  afterAll(() => stage?.stop());

  isSurvived([
    { who: 'The controller', node: 'controller', fault: 'killed', heals: 'meanwhile' },
    { who: 'The controller', node: 'controller', fault: 'frozen', heals: 'meanwhile' },
  ]);
});

describe('With KRaft', () => {
  beforeAll(() => begin({}));
  afterAll(() => stage?.stop());

  isSurvived([
    { who: 'A broker', node: 1, fault: 'killed', heals: 'afterwards' },
    { who: 'A broker', node: 1, fault: 'frozen', heals: 'afterwards' },
    { who: 'A broker', node: 1, fault: 'restarted', heals: 'afterwards' },
    { who: 'The controller', node: 'controller', fault: 'killed', heals: 'meanwhile' },
    { who: 'The controller', node: 'controller', fault: 'frozen', heals: 'meanwhile' },
  ]);
  isToldWhenItLasts();
});
