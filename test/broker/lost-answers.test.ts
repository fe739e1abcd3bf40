import { parseIdentity } from '../../engine/topics/identity';
import { success } from '../../testkit/handling';
import type { Fate, WireRequestName } from '../../testkit/faults/kafka-proxy';
import { Stage } from '../../testkit/faults/stage';
import { EVENT_KINDS, type TopicEvent, WRITES } from '../../testkit/faults/topic-events';

let stage: Stage;
let count = 0;
const fresh = () => `cut-${++count}`;

beforeAll(async () => {
  stage = await Stage.set();
});

afterEach(() => {
  stage.proxy.judge = () => 'pass';
  stage.proxy.lost.length = 0;
});
afterAll(() => stage?.stop());

/** What is wrong after an event that must succeed at the first delivery. */
async function findingsOf(event: TopicEvent): Promise<string[]> {
  const answers = await stage.deliver(event);
  answers.forEach(success);
  return [...(await stage.settleUp(event, answers)), ...(await stage.ledger.findings(event.topicName))];
}

describe('A connection that is cut', () => {
  const FATES: Fate[] = ['loseAnswer', 'loseRequest'];
  const WAYS = EVENT_KINDS.flatMap((kind) => FATES.map((fate) => ({ kind, fate })));

  test.each(WAYS)('in a $kind ($fate) leaves one effect', async ({ fate, kind }) => {
    const event = await stage.anEventOn(kind, fresh());
    stage.proxy.lose(WRITES[kind], fate);
    expect(await findingsOf(event)).toEqual([]);
    expect(stage.proxy.lost).toEqual([{ request: WRITES[kind], broker: expect.any(Number), fate }]);
  });

  test.each(['SaslAuthenticate', 'Metadata', 'DescribeConfigs'] satisfies WireRequestName[])(
    'in a %s is no refusal',
    async (request) => {
      const event = await stage.anEventOn('alter', fresh());
      await stage.workers.restart(); // a warm worker keeps its connections and does not authenticate again
      stage.proxy.lose(request, 'loseAnswer');
      expect(await findingsOf(event)).toEqual([]);
      expect(stage.proxy.lost).toHaveLength(1);
    },
  );

  test('in a create leaves a topic that counts as created by the call', async () => {
    const event = await stage.anEventOn('create', fresh());
    stage.proxy.lose('CreateTopics', 'loseAnswer');
    const answers = await stage.deliver(event);
    expect(parseIdentity(success(answers[0]).physicalId)?.mark).toBe('c');
    await stage.settleUp(event, answers);
  });
});

describe('A time limit that passes', () => {
  test.each([
    ['an answer never comes', 'keepAnswer'],
    ['a broker gets the request only afterwards', 'late'],
  ] as const)('since %s leaves one effect of each event', async (_, fate) => {
    const events = await Promise.all(EVENT_KINDS.map((kind) => stage.anEventOn(kind, fresh())));
    const left = new Set(Object.values(WRITES));
    stage.proxy.judge = ({ request }) => (left.delete(request) ? fate : 'pass');
    const answers = await Promise.all(events.map((event) => stage.deliver(event)));
    answers.flat().forEach(success);
    expect(stage.proxy.lost).toHaveLength(EVENT_KINDS.length);
    const findings = await Promise.all(events.map((event, index) => stage.settleUp(event, answers[index])));
    expect(findings.flat()).toEqual([]);
    expect(await stage.ledger.findings(...events.map(({ topicName }) => topicName))).toEqual([]);
  });
});

describe('The ledger that all tests of faults look into', () => {
  test('tells of a topic that is gone, made again, changed, or made by nobody', async () => {
    const { inspector, set } = stage.real;
    const [gone, again, changed] = [fresh(), fresh(), fresh()];
    for (const name of [gone, again, changed]) await stage.aTopic(name, 5);
    for (const name of [gone, again]) await inspector.deleteTopic(name);
    await set.settled();
    await inspector.createTopics([again, 'by-nobody'], { partitions: 3 });
    await inspector.produce(changed, 1);
    const findings = await stage.ledger.findings(changed);
    const words = [
      `'${gone}' is not there`,
      `'${again}' has topicId`,
      `'${again}' has configs [], not`,
      `'${again}' has records 0, not 5`,
      `'${changed}' has records 6, not 5`,
      `'${changed}' held 5 records, and 6 can be read`,
      "'by-nobody' is there, and nobody asked for it",
    ];
    expect(findings).toHaveLength(words.length);
    expect(findings).toEqual(expect.arrayContaining(words.map((word) => expect.stringContaining(word))));
  });
});
