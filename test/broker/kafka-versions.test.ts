import { Stage } from '../../testkit/faults/stage';
import { EVENT_KINDS } from '../../testkit/faults/topic-events';
import { success } from '../../testkit/handling';

jest.setTimeout(240_000); // the first run on a machine downloads each version

/** The latest patches of other release lines that MSK offers. The other tests run on 3.9. */
const VERSIONS = ['3.7.2', '4.1.2', '4.2.2'];

describe.each(VERSIONS)('Brokers of Kafka %s', (kafkaVersion) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set({ kafkaVersion });
  });

  afterAll(() => stage?.stop());

  test.each(EVENT_KINDS)('%s a topic once, though the event comes twice', async (kind) => {
    const event = await stage.anEventOn(kind, `on-${kind}`);
    const answers = await stage.deliver(event, 'twice in a row');
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings(event.topicName)).toEqual([]);
  });

  test('grow a topic once, though the answer was lost', async () => {
    const event = await stage.anEventOn('grow', 'lost');
    stage.proxy.lose('CreatePartitions', 'loseAnswer');
    const answers = await stage.deliver(event);
    expect(stage.proxy.lost).toHaveLength(1);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings('lost')).toEqual([]);
  });

  test('delete the topic of the ID, and not another one of its name', async () => {
    const event = await stage.anEventOn('delete', 'made-again');
    const { inspector, set } = stage.real;
    await inspector.deleteTopic('made-again');
    await set.settled();
    await inspector.createTopic('made-again');
    await set.settled();
    success((await stage.deliver(event))[0]);
    await set.settled();
    expect(await inspector.topic('made-again')).toBeDefined();
  });
});
