import { Deployment } from './support/deployment';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start();
});

afterAll(() => deployment?.stop());

const TOPICS = { orders: { other: { 'retention.ms': '604800000' } }, audit: {} };

async function reported(topic: string): Promise<unknown> {
  const line = new RegExp(`^.*"message":"topic [^"]+","topicName":"${topic}".*$`, 'm');
  for (;;) {
    const [found] = line.exec(await deployment.handlerLog()) ?? [];
    if (found) return JSON.parse(found);
  }
}

describe('On the schedule of reportTopicDrift', () => {
  test('what somebody did by hand is told, and left', async () => {
    await deployment.deploy({ topics: TOPICS });
    const inspector = await deployment.inspector();
    await inspector.alterConfigs('orders', { set: { 'retention.ms': '1000' } });
    const before = await deployment.writes();
    await deployment.deploy({ topics: TOPICS, driftReport: true });
    expect(await reported('orders')).toMatchObject({
      message: 'topic differs',
      differences: [{ kind: 'Configs', text: 'retention.ms=604800000 declared, 1000 live' }],
    });
    expect(await reported('audit')).toMatchObject({ message: 'topic is as declared' });
    expect(await deployment.writes()).toEqual(before);
    expect(await deployment.handlerLog()).toContain('"Cluster Name":"Platform-Events');
  });
});
