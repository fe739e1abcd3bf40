import { Stage } from '../../testkit/faults/stage';
import { anEvent } from '../../testkit/faults/topic-events';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set();
  await stage.aForeignTopic('theirs');
});

afterAll(() => stage?.stop());

describe('A topic of somebody else', () => {
  test('stays as it is when an event asks for its name', async () => {
    const event = anEvent(stage.ledger, 'create', 'theirs');
    const answers = await stage.deliver(event, 'twice at once');

    expect(answers).toEqual(Array(2).fill({ refusal: expect.objectContaining({ code: 'TopicExists' }) as unknown }));
    expect(await stage.settleUp(event, answers)).toEqual([]);
    expect(await stage.ledger.findings('theirs')).toEqual([]);
  });

  test('is found if an event takes it', async () => {
    const event = anEvent(stage.ledger, 'create', 'theirs');
    const taken = { physicalId: 'any', data: {}, warnings: [], log: {} };

    expect(await stage.settleUp(event, [taken])).toEqual([
      expect.stringMatching(/^create of 'theirs', which is not ours/),
    ]);
  });

  test('is found if its configs, its partitions or its records change', async () => {
    const { inspector } = stage.real;
    await inspector.alterConfigs('theirs', { set: { 'retention.ms': '1000' } });
    await inspector.createPartitions('theirs', 8);
    await inspector.produce('theirs', 1);
    const findings = (await stage.ledger.findings('theirs')).join('\n');

    expect(findings).toMatch(/'theirs' has partitionCount 8, not 7/);
    expect(findings).toMatch(/'theirs' has configs .*1000/);
    expect(findings).toMatch(/'theirs' held 20 records, and 21 can be read/);
  });
});
