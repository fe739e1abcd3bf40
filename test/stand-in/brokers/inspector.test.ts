import type { BrokerSet } from '../../../local/kafka/broker-set';
import type { Inspector } from '../../../local/kafka/inspector';
import { inspect, removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

describe('Inspector', () => {
  const folder = scratchFolder();
  let set: BrokerSet;
  let inspector: Inspector;

  beforeAll(async () => {
    set = await startSet(folder, { brokers: 1 });
    inspector = inspect(set);
  });

  afterAll(async () => {
    await inspector?.stop();
    await set?.stop();
    removeFolder(folder);
  });

  test('tells partitions, replicas and the configs that were set', async () => {
    await inspector.createTopic('told', { partitions: 2, configs: { 'retention.ms': '60000' } });
    await set.settled();

    expect(await inspector.topic('told')).toMatchObject({
      ...{ name: 'told', partitions: 2, replicationFactor: 1, isInternal: false },
      configs: { 'retention.ms': '60000' },
      assignments: [0, 1].map((partition) => ({
        partition,
        leader: 1,
        replicas: [1],
        inSync: [1],
        racks: ['use1-az1'],
      })),
    });
  });

  test('grows a topic', async () => {
    await inspector.createTopic('grown');
    await inspector.createPartitions('grown', 4);
    await set.settled();

    expect(await inspector.topic('grown')).toMatchObject({ partitions: 4 });
  });

  test('sets and removes configs', async () => {
    await inspector.createTopic('altered', { configs: { 'retention.ms': '60000' } });
    await inspector.alterConfigs('altered', { set: { 'cleanup.policy': 'compact' }, remove: ['retention.ms'] });
    await set.settled();

    expect(await inspector.topic('altered')).toMatchObject({ configs: { 'cleanup.policy': 'compact' } });
  });

  test('counts the records that it wrote', async () => {
    await inspector.createTopic('written', { partitions: 3 });
    await inspector.produce('written', 20, { valueBytes: 100 });

    expect(await inspector.consumeCount('written')).toBe(20);
    expect(await inspector.topic('written')).toMatchObject({ earliestOffset: 0, latestOffset: 20 });
  });

  test('gives a topic of the same name another ID', async () => {
    await inspector.createTopic('again');
    await set.settled();
    const first = await inspector.topic('again');
    await inspector.deleteTopic('again');
    await set.settled();
    expect(await inspector.topic('again')).toBeUndefined();
    await inspector.createTopic('again');
    await set.settled();

    expect((await inspector.topic('again'))?.topicId).not.toBe(first?.topicId);
  });

  test('leaves out internal topics unless asked', async () => {
    await inspector.createTopic('__consumer_offsets', { configs: { 'cleanup.policy': 'compact' } });
    await set.settled();
    const names = async (includeInternal: boolean) =>
      (await inspector.topics({ includeInternal })).map(({ name }) => name);

    expect(await names(false)).not.toContain('__consumer_offsets');
    expect(await names(true)).toContain('__consumer_offsets');
  });

  test('tells a refusal by the name that the protocol gives it', async () => {
    await expect(inspector.deleteTopic('absent')).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  });

  test('answers several questions at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => (await inspector.describeCluster()).clusterId),
    );

    expect(new Set(ids).size).toBe(1);
  });

  test('refuses questions once it is stopped', async () => {
    const other = inspect(set);
    await other.stop();

    await expect(other.describeCluster()).rejects.toThrow('The inspector has ended');
  });
});
