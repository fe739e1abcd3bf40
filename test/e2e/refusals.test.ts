import { Deployment } from './support/deployment';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start();
});

afterAll(() => deployment?.stop());

const TOPICS = { payments: { graceSeconds: 0 } };

describe('When a first deployment fails', () => {
  test('because the role lacks an action, cdk names the topic and the action, and nothing is left', async () => {
    const { code, output } = await deployment.tryToDeploy({ topics: TOPICS, withoutAction: 'CreateTopic' });
    expect(code).toBe(1);
    expect(output).toMatch(
      /NotAuthorized: topic 'payments': the worker's role does not allow kafka-cluster:CreateTopic on arn:aws:kafka:\S+:topic\/\S+\/payments/,
    );
    expect(output).toMatch(/Logs: \/aws\/lambda\/Platform-kafka-[0-9a-f]{8}/);
    expect(deployment.standIn.clusters).toEqual([]);
  });

  test('because it may not connect, cdk says so', async () => {
    const { output } = await deployment.tryToDeploy({ topics: TOPICS, withoutAction: 'Connect' });
    expect(output).toMatch(/NotAuthenticated: topic 'payments'.*Access denied.*kafka-cluster:Connect/);
  });

  test('because a config has no such value, cdk says so before anything is deployed', async () => {
    const { code, output } = await deployment.tryToDeploy({
      topics: { payments: { other: { 'retention.ms': 'one day' } } },
    });
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/'retention.ms' must be a number \(long\) from -1 .*got 'one day'/),
    ]);
    expect(output).not.toMatch(/CREATE_IN_PROGRESS/);
  });

  test('the same app deploys afterwards', async () => {
    await deployment.deploy({ topics: TOPICS });
    expect(await deployment.topic('payments')).toMatchObject({ partitions: 3 });
  });

  test('a topic that somebody made by hand is refused, and stays as it is', async () => {
    await (await deployment.inspector()).createTopic('ledger', { partitions: 5 });
    const { code, output } = await deployment.tryToDeploy({ topics: { ...TOPICS, ledger: {} } });
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/TopicExists: topic 'ledger' already exists \(5 partitions/),
    ]);
    expect(await deployment.topic('ledger')).toMatchObject({ partitions: 5 });
    expect(await deployment.stackStatus('Platform')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
