import { Barrier } from '../../testkit/faults/barrier';
import type { WireRequestName } from '../../testkit/faults/kafka-proxy';
import { Stage } from '../../testkit/faults/stage';
import { anEvent, EVENT_KINDS, WRITES } from '../../testkit/faults/topic-events';
import { propertiesOf, success } from '../../testkit/handling';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set({}, { timeoutMs: 240_000 }); // forty calls at once take long where two cores are shared
});

afterEach(() => {
  stage.proxy.judge = () => 'pass';
});
afterAll(() => stage?.stop());

describe('The same event', () => {
  test.each(EVENT_KINDS)('to %s, twice in a row, has one effect', async (kind) => {
    const event = await stage.anEventOn(kind, `twice-${kind}`);
    const answers = await stage.deliver(event, 'twice in a row');
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings(event.topicName)).toEqual([]);
  });

  test.each(EVENT_KINDS)('to %s, in two functions at once, has one effect', async (kind) => {
    const event = await stage.anEventOn(kind, `at-once-${kind}`);
    const [first, second] = [new Barrier([WRITES[kind]]), new Barrier([WRITES[kind]])];
    let came = 0;
    // both have looked and decided before one of them writes
    stage.proxy.judge = (passing) => {
      if (passing.request !== WRITES[kind]) return 'pass';
      return [first, second][came++]?.judge(passing) ?? 'pass';
    };
    const answered = stage.deliver(event, 'twice at once');
    await Promise.all([first.full, second.full]);
    [first, second].forEach((barrier) => barrier.open());
    const answers = await answered;
    answers.forEach(success);
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings(event.topicName)).toEqual([]);
  });
});

/** Creates of many topics, handed to two functions in turn. */
async function siblings(prefix: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const events = names.map((name) => anEvent(stage.ledger, 'create', name));
  const bootstrapBrokers = stage.proxy.bootstrap;
  const answers = await Promise.all(
    events.map(({ call }, index) => stage.workers.invoke({ ...call, bootstrapBrokers, patienceMs: 120_000 }, index)),
  );
  answers.forEach(success);
  const findings = await Promise.all(events.map((event, index) => stage.settleUp(event, [answers[index]])));
  return findings.flat();
}

test('A topic is charged once for new partitions where the brokers take five a second, though its configs change, too', async () => {
  const { inspector, set } = stage.real;
  await inspector.createTopic('grown', { partitions: 3, replicationFactor: 3 });
  await set.settled();
  const writes: WireRequestName[] = [];
  stage.proxy.judge = ({ request }) => {
    if (Object.values(WRITES).includes(request)) writes.push(request);
    return 'pass';
  };
  await inspector.limitMutations(5);
  // brokers allow a burst of 55 partitions, and refuse whatever follows more than that
  const grown = { topicName: 'grown', partitionCount: 64, configs: { 'retention.ms': '5000' } };
  const properties = propertiesOf({ ...grown, onExisting: 'adopt' });
  success(await stage.workers.invoke({ properties, bootstrapBrokers: stage.proxy.bootstrap }));
  await inspector.limitMutations(0);
  expect(writes).toEqual(['IncrementalAlterConfigs', 'CreatePartitions', 'IncrementalAlterConfigs']);
  expect(await inspector.topic('grown')).toMatchObject({ partitions: 64, configs: grown.configs });
  await inspector.deleteTopic('grown');
});

describe('Siblings', () => {
  test('of twenty at once are all created', async () => {
    expect(await siblings('sibling', 20)).toEqual([]);
    expect(await stage.ledger.findings()).toEqual([]);
  });

  test('of forty at once are all created where the brokers take five partitions a second', async () => {
    await stage.real.inspector.limitMutations(5);
    const before = (await stage.real.set.requestCounts()).CreateTopics;
    // brokers allow a burst of 55 partitions; all 120 arrive at the same moment, however slow the machine is
    const barrier = new Barrier(Array.from({ length: 40 }, () => 'CreateTopics' as const));
    stage.proxy.judge = barrier.judge;
    void barrier.full.then(() => barrier.open());
    expect(await siblings('throttled', 40)).toEqual([]);
    await stage.real.inspector.limitMutations(0);
    expect(await stage.ledger.findings()).toEqual([]);
    const asked = (await stage.real.set.requestCounts()).CreateTopics - before;
    expect(asked).toBeGreaterThan(40); // some were told to wait
    expect(asked).toBeLessThan(400); // and waited as long as they were told
  });
});
