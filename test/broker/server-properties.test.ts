import { Stage } from '../../testkit/faults/stage';
import { propertiesOf, refusal } from '../../testkit/handling';

let stage: Stage;

beforeAll(async () => {
  const serverProperties = { 'auto.create.topics.enable': true, 'delete.topic.enable': false };
  stage = await Stage.set({ serverProperties });
});

afterAll(() => stage?.stop());

describe('Brokers with delete.topic.enable=false', () => {
  test('refuse a deletion, which says what to set', async () => {
    const event = await stage.anEventOn('delete', 'for-ever');
    const [answer] = await stage.deliver(event);
    expect(refusal(answer)).toEqual({
      code: 'DeletionDisabled',
      message: expect.stringMatching(/'for-ever'.*Nothing was changed\. To fix: set .*'delete.topic.enable' to true/),
    });
    expect(await stage.ledger.findings('for-ever')).toEqual([]);
  });
});

describe('Brokers with auto.create.topics.enable=true', () => {
  const exists = async (name: string) => {
    await stage.real.set.settled();
    return (await stage.real.inspector.topic(name)) !== undefined;
  };

  test('make a topic for who writes to it, and none for the worker that looks for it', async () => {
    const topicName = 'looked-for';
    const properties = propertiesOf({ topicName, replicationFactor: 4 });
    const answer = await stage.workers.invoke({ properties, bootstrapBrokers: stage.proxy.bootstrap });
    expect(refusal(answer).code).toBe('NotEnoughBrokers');
    expect(await exists(topicName)).toBe(false);
    await stage.real.inspector.produce(topicName, 1);
    expect(await exists(topicName)).toBe(true);
  });
});
