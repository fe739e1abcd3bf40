import { Stage } from '../../testkit/faults/stage';
import { EVENT_KINDS, WRITES } from '../../testkit/faults/topic-events';
import { success } from '../../testkit/handling';

const LISTED = [1, 2, 3];

let stage: Stage;

describe('Six brokers with ZooKeeper in the middle of an upgrade, of which three are in the bootstrap list', () => {
  beforeAll(async () => {
    stage = await Stage.set({ zookeeper: true, brokers: 6, upgradingFrom: '3.7.2' });
    await letAnotherBeController();
  });

  afterEach(() => {
    stage.proxy.judge = () => 'pass';
  });
  afterAll(() => stage?.stop());

  test.each(EVENT_KINDS)(
    '%s a topic once, though the event comes twice, and the controller is not listed',
    async (kind) => {
      const event = await stage.anEventOn(kind, `unlisted-${kind}`);
      const answers = await stage.deliver(event, 'twice in a row');
      answers.forEach(success);
      expect(await stage.settleUp(event, answers)).toEqual([]);
      expect(await stage.ledger.findings(event.topicName)).toEqual([]);
    },
  );

  test.each(['create', 'grow', 'delete'] as const)(
    "%s a topic once, though the controller's answer was lost",
    async (kind) => {
      const controller = await stage.real.set.activeController();
      const event = await stage.anEventOn(kind, `lost-${kind}`);
      stage.proxy.judge = ({ broker, request }) =>
        request === WRITES[kind] && broker === controller && stage.proxy.lost.length === 0 ? 'loseAnswer' : 'pass';
      const answers = await stage.deliver(event);
      expect(stage.proxy.lost.splice(0)).toEqual([{ request: WRITES[kind], broker: controller, fate: 'loseAnswer' }]);
      expect(await stage.settleUp(event, answers)).toEqual([]);
      expect(await stage.ledger.findings(event.topicName)).toEqual([]);
    },
  );
});

/** While those in the list are down, one of the others takes the office and keeps it. */
async function letAnotherBeController(): Promise<void> {
  const { set } = stage.real;
  if (!LISTED.includes(await set.activeController())) return;
  await Promise.all(LISTED.map((broker) => set.kill(broker)));
  await set.activeController();
  await Promise.all(LISTED.map((broker) => set.restart(broker)));
}
