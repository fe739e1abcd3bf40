import type { AdminPort, View } from '../../engine/kafka/admin-port';

/** A cluster that a port talks to, and a hand that changes it from outside. */
export interface PortUnderTest {
  readonly port: AdminPort;
  /** Writes records to a topic. */
  write(topic: string, records: number): Promise<void>;
  /** What the test's own client sees, not the port. */
  look(
    topic: string,
  ): Promise<{ partitions: number; replicationFactor: number; configs: Record<string, string> } | undefined>;
}

/** Not all zeros: to Kafka that is no ID at all. */
const ABSENT_ID = 'AbcdefghijklmnopqrstuA';

/** What the worker counts on of whatever is behind the port: the cluster in memory and real brokers alike. */
export function adminPortContract(name: string, start: () => Promise<PortUnderTest>): void {
  describe(`AdminPort on ${name}`, () => {
    let under: PortUnderTest;
    let count = 0;
    const fresh = () => `contract-${++count}`;
    const aTopic = (topic: string) => ({ name: topic, partitionCount: 2, replicationFactor: 3, configs: {} });

    beforeAll(async () => {
      under = await start();
    });

    /** Asks every broker until all of them show it: reads lag behind writes. */
    const seen = async (topic: string, shows: (view: View) => boolean): Promise<View> => {
      for (;;) {
        const view = await under.port.view({ name: topic });
        const all = await Promise.all(view.brokers.map((broker) => under.port.view({ name: topic }, broker)));
        if (all.every(shows)) return all[0];
      }
    };
    const created = async (configs: Record<string, string> = {}) => {
      const topic = fresh();
      const topicId = await under.port.createTopic({ ...aTopic(topic), configs });
      await seen(topic, (view) => view.topic?.led ?? false);
      return { topic, topicId };
    };

    test('sees nothing where nothing is, and makes no topic by looking', async () => {
      const topic = fresh();
      const view = await under.port.view({ name: topic });
      expect(view.topic).toBeUndefined();
      expect(view.brokers).toHaveLength(3);
      expect(view.clusterId).toMatch(/^[\w-]{22}$/);
      expect(await under.look(topic)).toBeUndefined();
    });

    test('creates a topic as asked and tells its ID', async () => {
      const { topic, topicId } = await created({ 'retention.ms': '1000' });
      const view = await under.port.view({ name: topic });
      expect(view.topic).toEqual({ name: topic, topicId, partitionCount: 2, replicationFactor: 3, led: true });
      expect(await under.look(topic)).toMatchObject({
        partitions: 2,
        replicationFactor: 3,
        configs: { 'retention.ms': '1000' },
      });
    });

    test('finds a topic by its ID, and none by an ID that nobody has', async () => {
      const { topic, topicId } = await created();
      expect((await under.port.view({ topicId })).topic?.name).toBe(topic);
      expect((await under.port.view({ topicId: ABSENT_ID })).topic).toBeUndefined();
    });

    test('refuses to create what exists', async () => {
      const { topic } = await created();
      await expect(under.port.createTopic(aTopic(topic))).rejects.toMatchObject({
        request: 'CreateTopics',
        error: 'TOPIC_ALREADY_EXISTS',
      });
    });

    test('refuses more replicas than there are brokers', async () => {
      const topic = { ...aTopic(fresh()), replicationFactor: 4 };
      await expect(under.port.createTopic(topic)).rejects.toMatchObject({ error: 'INVALID_REPLICATION_FACTOR' });
    });

    test("refuses a name that collides with another one but for '.' and '_'", async () => {
      const { topic } = await created();
      const [dotted, lined] = [`${topic}.a`, `${topic}_a`];
      await under.port.createTopic(aTopic(dotted));
      await expect(under.port.createTopic(aTopic(lined))).rejects.toMatchObject({
        error: 'INVALID_TOPIC_EXCEPTION',
        detail: expect.stringContaining('collides'),
      });
    });

    test('refuses configs that do not exist or have no such value, and creates nothing', async () => {
      const topic = fresh();
      for (const [key, value] of [
        ['no.such.key', '1'],
        ['retention.ms', 'one day'],
      ]) {
        const configs = { [key]: value };
        await expect(under.port.createTopic({ ...aTopic(topic), configs })).rejects.toMatchObject({
          error: 'INVALID_CONFIG',
        });
      }
      expect(await under.look(topic)).toBeUndefined();
    });

    test('tells only the configs that were set on the topic', async () => {
      const { topic } = await created({ 'cleanup.policy': 'compact,delete' });
      expect(await under.port.configs(topic)).toEqual({ 'cleanup.policy': 'compact,delete' });
    });

    test('sets and resets configs, and leaves those that are not named', async () => {
      const { topic } = await created({ 'retention.ms': '1', 'segment.ms': '2' });
      await under.port.alterConfigs(topic, { set: { 'flush.ms': '9' }, reset: ['segment.ms', 'segment.bytes'] });
      expect((await under.look(topic))?.configs).toEqual({ 'flush.ms': '9', 'retention.ms': '1' });
    });

    test('changes no config when one of them is refused', async () => {
      const { topic } = await created({ 'retention.ms': '1' });
      const change = { set: { 'retention.ms': '2', 'flush.ms': 'soon' }, reset: [] };
      await expect(under.port.alterConfigs(topic, change)).rejects.toMatchObject({ error: 'INVALID_CONFIG' });
      expect((await under.look(topic))?.configs).toEqual({ 'retention.ms': '1' });
    });

    test('grows a topic, and grows nothing when it only validates', async () => {
      const { topic } = await created();
      await under.port.growTopic(topic, 5, true);
      expect((await under.look(topic))?.partitions).toBe(2);
      await under.port.growTopic(topic, 5);
      expect((await seen(topic, (view) => view.topic?.partitionCount === 5)).topic?.partitionCount).toBe(5);
    });

    test('says so when a topic already has the partitions', async () => {
      const { topic } = await created();
      const failure = {
        request: 'CreatePartitions',
        error: 'INVALID_PARTITIONS',
        detail: expect.stringMatching(/already has 2/i),
      };
      await expect(under.port.growTopic(topic, 2)).rejects.toMatchObject(failure);
      await expect(under.port.growTopic(topic, 1)).rejects.toMatchObject({ error: 'INVALID_PARTITIONS' });
    });

    test('counts records', async () => {
      const { topic } = await created();
      expect(await under.port.contents(topic)).toEqual({ records: 0n, everWritten: false });
      await under.write(topic, 7);
      expect(await under.port.contents(topic)).toEqual({ records: 7n, everWritten: true });
    });

    test('deletes by ID, and says so when the ID is gone', async () => {
      const { topic, topicId } = await created();
      await under.port.deleteTopic(topicId);
      await seen(topic, (view) => view.topic === undefined);
      await expect(under.port.deleteTopic(topicId)).rejects.toMatchObject({
        request: 'DeleteTopics',
        error: 'UNKNOWN_TOPIC_ID',
      });
    });

    test('leaves a topic of the same name when the ID is another one', async () => {
      const { topic, topicId } = await created();
      await under.port.deleteTopic(topicId);
      await seen(topic, (view) => view.topic === undefined);
      await under.port.createTopic(aTopic(topic));
      await expect(under.port.deleteTopic(topicId)).rejects.toMatchObject({ error: 'UNKNOWN_TOPIC_ID' });
      await seen(topic, (view) => view.topic?.led ?? false);
    });

    test.each(['configs', 'contents'] as const)('says so when it is asked for the %s of nothing', async (ask) => {
      await expect(under.port[ask](fresh())).rejects.toMatchObject({
        error: expect.stringMatching(/UNKNOWN_TOPIC_OR_PARTITION|LEADER_NOT_AVAILABLE/),
      });
    });
  });
}
