import { isDeepStrictEqual } from 'node:util';
import type { ItemResult } from '../../engine/kafka/kafka-failure';
import type { Broker } from '../../engine/kafka/cluster-port';
import type { KafkaPorts } from '../../engine/kafka/ports';
import type { ConfigChange, NewTopic, TopicContents, TopicRef, TopicState } from '../../engine/kafka/topic-port';

/** A cluster that a port talks to, and a way to change it from outside. */
export interface PortUnderTest {
  readonly port: KafkaPorts;
  /** Whether the cluster keeps its metadata in ZooKeeper. With it, brokers forget the name of a topic before its ID. */
  readonly hasZooKeeper?: boolean;
  /** Writes records to a topic. */
  write(topic: string, records: number): Promise<void>;
  /** Returns what the test's own client sees. */
  look(
    topic: string,
  ): Promise<{ partitions: number; replicationFactor: number; configs: Record<string, string> } | undefined>;
}

/** Not all zeros: Kafka does not accept that as an ID. */
const ABSENT_ID = 'AbcdefghijklmnopqrstuA';
const ABSENT = expect.objectContaining({
  error: expect.stringMatching(/UNKNOWN_TOPIC_OR_PARTITION|LEADER_NOT_AVAILABLE/),
});

/** Returns the value of an item, or throws its failure. A port from a bundle has its own KafkaFailure class. */
function valueOf<T>(result: ItemResult<T>): T {
  if (typeof result === 'object' && result !== null && 'error' in result) throw result;
  return result;
}

/** The requests of a port, for a single topic. */
function single({ topics }: KafkaPorts) {
  return {
    view: async (ref: TopicRef) => valueOf((await topics.views([ref])).topics[0]),
    configs: async (name: string) => valueOf((await topics.configs([name]))[0]),
    contents: async (name: string): Promise<TopicContents> => valueOf((await topics.contents([name]))[0]),
    create: async (topic: NewTopic) => valueOf((await topics.createTopics([topic]))[0]),
    grow: async (name: string, partitionCount: number) =>
      valueOf((await topics.growTopics([{ name, partitionCount }]))[0]),
    alter: async (name: string, change: ConfigChange, validateOnly?: boolean) =>
      valueOf((await topics.alterConfigs([{ name, change }], validateOnly))[0]),
    remove: async (topicId: string) => valueOf((await topics.deleteTopics([topicId]))[0]),
  };
}

/** What the engine expects of any implementation of the ports: the cluster in memory and real brokers alike. */
export function adminPortContract(name: string, start: () => Promise<PortUnderTest>): void {
  describe(`KafkaPorts on ${name}`, () => {
    let under: PortUnderTest;
    let one: ReturnType<typeof single>;
    let count = 0;
    const fresh = () => `contract-${++count}`;
    const aTopic = (topic: string, configs: Record<string, string> = {}): NewTopic => ({
      name: topic,
      partitionCount: 2,
      replicationFactor: 3,
      configs,
    });

    beforeAll(async () => {
      under = await start();
      one = single(under.port);
    });

    /** Polls until every broker shows it, since reads lag behind writes. */
    const onEveryBroker = async (shows: (broker: Broker) => Promise<boolean>): Promise<void> => {
      for (;;) {
        const { brokers } = await under.port.cluster.view();
        if ((await Promise.all(brokers.map(shows))).every(Boolean)) return;
      }
    };
    const seen = (topic: string, shows: (state?: TopicState) => boolean) =>
      onEveryBroker(async (broker) => {
        const { topics } = await under.port.topics.views([{ name: topic }], broker);
        return shows(valueOf(topics[0]));
      });
    const configured = (topic: string, expected: Record<string, string>) =>
      onEveryBroker(async (broker) => {
        const [configs] = await under.port.topics.configs([topic], broker);
        return isDeepStrictEqual({ ...valueOf(configs) }, expected); // objects of a bundle have another prototype
      });
    const created = async (configs: Record<string, string> = {}) => {
      const topic = fresh();
      const topicId = await one.create(aTopic(topic, configs));
      await seen(topic, (state) => state?.led ?? false);
      return { topic, topicId };
    };
    /** With ZooKeeper, the name is taken for some time after the last broker has stopped to show the topic. */
    const createdAgain = async (topic: string): Promise<void> => {
      const [result] = await under.port.topics.createTopics([aTopic(topic)]);
      if ((result as { error?: string }).error === 'TOPIC_ALREADY_EXISTS') return createdAgain(topic);
      valueOf(result);
    };
    const removed = async ({ topic, topicId }: { topic: string; topicId: string }) => {
      await one.remove(topicId);
      await seen(topic, (state) => state === undefined);
    };

    describe('for one topic', () => {
      test('see the brokers and the ID of the cluster', async () => {
        const view = await under.port.cluster.view();
        expect(view.brokers).toHaveLength(3);
        expect(view.clusterId).toMatch(/^[\w-]{22}$/);
      });

      test('see no topic where none is, and do not create one by looking', async () => {
        const topic = fresh();
        const view = await under.port.topics.views([{ name: topic }]);
        expect(view).toEqual({ ...(await under.port.cluster.view()), topics: [undefined] });
        expect(await under.look(topic)).toBeUndefined();
      });

      test('create a topic as requested and return its ID', async () => {
        const { topic, topicId } = await created({ 'retention.ms': '1000' });
        const state = { name: topic, topicId, partitionCount: 2, replicationFactor: 3, led: true, outOfSync: [] };
        expect(await one.view({ name: topic })).toEqual(state);
        expect(await under.look(topic)).toMatchObject({
          partitions: 2,
          replicationFactor: 3,
          configs: { 'retention.ms': '1000' },
        });
      });

      test('find a topic by its ID, and none by an ID that no topic has', async () => {
        const { topic, topicId } = await created();
        expect((await one.view({ topicId }))?.name).toBe(topic);
        expect(await one.view({ topicId: ABSENT_ID })).toBeUndefined();
      });

      test('refuse to create what exists', async () => {
        const { topic } = await created();
        await expect(one.create(aTopic(topic))).rejects.toMatchObject({
          request: 'CreateTopics',
          error: 'TOPIC_ALREADY_EXISTS',
        });
      });

      test('refuse more replicas than there are brokers', async () => {
        const topic = { ...aTopic(fresh()), replicationFactor: 4 };
        await expect(one.create(topic)).rejects.toMatchObject({ error: 'INVALID_REPLICATION_FACTOR' });
      });

      test("refuse a name that collides with another one except for '.' and '_'", async () => {
        const { topic } = await created();
        const [dotted, lined] = [`${topic}.a`, `${topic}_a`];
        await one.create(aTopic(dotted));
        await expect(one.create(aTopic(lined))).rejects.toMatchObject({
          error: 'INVALID_TOPIC_EXCEPTION',
          detail: expect.stringContaining('collides'),
        });
      });

      test('refuse configs that do not exist or have an invalid value, and create nothing', async () => {
        const topic = fresh();
        for (const configs of [{ 'no.such.key': '1' }, { 'retention.ms': 'one day' }] as Record<string, string>[]) {
          await expect(one.create(aTopic(topic, configs))).rejects.toMatchObject({ error: 'INVALID_CONFIG' });
        }
        expect(await under.look(topic)).toBeUndefined();
      });

      test('return only the configs that were set on the topic', async () => {
        const { topic } = await created({ 'cleanup.policy': 'compact,delete' });
        expect(await one.configs(topic)).toEqual({ 'cleanup.policy': 'compact,delete' });
      });

      test.each([
        ['1', '1.0'],
        ['0.50', '0.5'],
        ['0.0001', '1.0E-4'],
      ])('return the number %s as %s', async (set, printed) => {
        const { topic } = await created({ 'min.cleanable.dirty.ratio': set });
        expect(await one.configs(topic)).toEqual({ 'min.cleanable.dirty.ratio': printed });
      });

      test('set and reset configs, and leave those that are not named', async () => {
        const { topic } = await created({ 'retention.ms': '1', 'segment.ms': '2' });
        await one.alter(topic, { set: { 'flush.ms': '9' }, reset: ['segment.ms', 'segment.bytes'] });
        await configured(topic, { 'flush.ms': '9', 'retention.ms': '1' });
        expect((await under.look(topic))?.configs).toEqual({ 'flush.ms': '9', 'retention.ms': '1' });
      });

      test('change no config when one of them is refused', async () => {
        const { topic } = await created({ 'retention.ms': '1' });
        const change = { set: { 'retention.ms': '2', 'flush.ms': 'soon' }, reset: [] };
        await expect(one.alter(topic, change)).rejects.toMatchObject({ error: 'INVALID_CONFIG' });
        expect((await under.look(topic))?.configs).toEqual({ 'retention.ms': '1' });
      });

      test('change no config when they only validate', async () => {
        const { topic } = await created({ 'retention.ms': '1' });
        await one.alter(topic, { set: { 'flush.ms': '9' }, reset: ['retention.ms'] }, true);
        const wrong = { set: { 'flush.ms': 'soon' }, reset: [] };
        await expect(one.alter(topic, wrong, true)).rejects.toMatchObject({ error: 'INVALID_CONFIG' });
        await one.grow(topic, 3); // every broker that shows it would show the configs, too
        await seen(topic, (state) => state?.partitionCount === 3);
        expect((await under.look(topic))?.configs).toEqual({ 'retention.ms': '1' });
      });

      test('grow a topic', async () => {
        const { topic } = await created();
        await one.grow(topic, 5);
        await seen(topic, (state) => state?.partitionCount === 5);
        expect((await under.look(topic))?.partitions).toBe(5);
      });

      test('say so when a topic already has the partitions', async () => {
        const { topic } = await created();
        const failure = {
          request: 'CreatePartitions',
          error: 'INVALID_PARTITIONS',
          detail: expect.stringMatching(/already has 2/i),
        };
        await expect(one.grow(topic, 2)).rejects.toMatchObject(failure);
        await expect(one.grow(topic, 1)).rejects.toMatchObject({ error: 'INVALID_PARTITIONS' });
      });

      test('count records', async () => {
        const { topic } = await created();
        expect(await one.contents(topic)).toEqual({ records: 0n, everWritten: false });
        await under.write(topic, 7);
        expect(await one.contents(topic)).toEqual({ records: 7n, everWritten: true });
      });

      test('delete by ID, and say so when the ID is gone', async () => {
        const topic = await created();
        await removed(topic);
        await expect(one.remove(topic.topicId)).rejects.toMatchObject({
          request: 'DeleteTopics',
          error: under.hasZooKeeper ? expect.stringMatching(/^UNKNOWN_TOPIC_(ID|OR_PARTITION)$/) : 'UNKNOWN_TOPIC_ID',
        });
      });

      test('leave a topic of the same name when the ID is another one', async () => {
        const { topic, topicId } = await created();
        await removed({ topic, topicId });
        await createdAgain(topic);
        await expect(one.remove(topicId)).rejects.toMatchObject({ error: 'UNKNOWN_TOPIC_ID' });
        await seen(topic, (state) => state?.led ?? false);
      });

      test.each(['configs', 'contents'] as const)('say so when asked for the %s of no topic', async (ask) => {
        await expect(one[ask](fresh())).rejects.toEqual(ABSENT);
      });
    });

    describe('for several topics, one of which fails', () => {
      const failed = (error: string) => expect.objectContaining({ name: 'KafkaFailure', error });

      test('create the others', async () => {
        const [first, wrong, last] = [fresh(), fresh(), fresh()];
        const { topics } = under.port;
        const asked = [aTopic(first), { ...aTopic(wrong), replicationFactor: 4 }, aTopic(last)];
        const results = await topics.createTopics(asked);
        expect(results).toEqual([expect.any(String), failed('INVALID_REPLICATION_FACTOR'), expect.any(String)]);
        for (const topic of [first, last]) await seen(topic, (state) => state?.led ?? false);
        expect((await one.view({ topicId: results[2] as string }))?.name).toBe(last);
        expect(await one.view({ name: wrong })).toBeUndefined();
      });

      test('see the others, by name and by ID, in the order in which they were asked for', async () => {
        const [first, last] = [await created(), await created()];
        const refs = [{ topicId: last.topicId }, { name: fresh() }, { name: first.topic }, { topicId: ABSENT_ID }];
        const { topics } = await under.port.topics.views(refs);
        const names = topics.map((state) => valueOf(state)?.name);
        expect(names).toEqual([last.topic, undefined, first.topic, undefined]);
      });

      test('return the configs of the others', async () => {
        const [first, last] = [await created({ 'retention.ms': '1' }), await created()];
        const results = await under.port.topics.configs([last.topic, fresh(), first.topic]);
        expect(results).toEqual([{}, ABSENT, { 'retention.ms': '1' }]);
      });

      test('count the records of the others, each by itself', async () => {
        const [first, last] = [await created(), await created()];
        await under.write(first.topic, 7);
        const results = await under.port.topics.contents([last.topic, fresh(), first.topic]);
        expect(results).toEqual([{ records: 0n, everWritten: false }, ABSENT, { records: 7n, everWritten: true }]);
      });

      test('grow the others', async () => {
        const [first, last] = [await created(), await created()];
        const growths = [last.topic, fresh(), first.topic].map((topic) => ({ name: topic, partitionCount: 4 }));
        const results = await under.port.topics.growTopics(growths);
        expect(results).toEqual([undefined, failed('UNKNOWN_TOPIC_OR_PARTITION'), undefined]);
        for (const { topic } of [first, last]) await seen(topic, (state) => state?.partitionCount === 4);
      });

      test('alter the configs of the others', async () => {
        const [first, wrong] = [await created(), await created()];
        const results = await under.port.topics.alterConfigs([
          { name: wrong.topic, change: { set: { 'flush.ms': 'soon' }, reset: [] } },
          { name: first.topic, change: { set: { 'flush.ms': '9' }, reset: [] } },
        ]);
        expect(results).toEqual([failed('INVALID_CONFIG'), undefined]);
        await configured(first.topic, { 'flush.ms': '9' });
        expect((await under.look(first.topic))?.configs).toEqual({ 'flush.ms': '9' });
        expect((await under.look(wrong.topic))?.configs).toEqual({});
      });

      test('delete the others', async () => {
        const [first, last] = [await created(), await created()];
        const results = await under.port.topics.deleteTopics([last.topicId, ABSENT_ID, first.topicId]);
        expect(results).toEqual([undefined, failed('UNKNOWN_TOPIC_ID'), undefined]);
        for (const { topic } of [first, last]) await seen(topic, (state) => state === undefined);
      });
    });
  });
}
