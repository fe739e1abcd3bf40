import path from 'node:path';
import type { BrokerSet } from '../../../local/kafka/broker-set';
import type { Inspector } from '../../../local/kafka/inspector';
import { CONTROLLER_ID } from '../../../local/kafka/server-properties';
import { eventually, inspect, removeFolder, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

describe('BrokerSet', () => {
  const folder = scratchFolder();
  let set: BrokerSet;
  let inspector: Inspector;

  beforeAll(async () => {
    set = await startSet(folder);
    inspector = inspect(set);
  });

  afterAll(async () => {
    await inspector?.stop();
    await set?.stop();
    removeFolder(folder);
  });

  const liveBrokers = async () => (await inspector.describeCluster()).brokers.map(({ id }) => id).sort();

  test('is three brokers, each in a zone of its own', async () => {
    const { brokers } = await inspector.describeCluster();

    expect(new Set(brokers.map(({ rack }) => rack))).toEqual(new Set(['use1-az1', 'use1-az2', 'use1-az3']));
  });

  test('gives a topic without settings what MSK would give it', async () => {
    await inspector.createTopic('by-default');
    await set.settled();

    expect(await inspector.topic('by-default')).toMatchObject({ partitions: 1, replicationFactor: 3, configs: {} });
  });

  test('lists three addresses for each way in', () => {
    const { plaintext, saslIam, saslScram, tls } = set.bootstrap;

    expect([plaintext, tls, saslScram, saslIam].map((list) => list.split(',').length)).toEqual([3, 3, 3, 3]);
  });

  test('keeps topics and records when a broker is killed and restarted', async () => {
    await inspector.createTopic('kept', { partitions: 3 });
    await inspector.produce('kept', 30);
    await set.kill(2);
    await eventually(async () => (await liveBrokers()).join() === '1,3');
    await set.restart(2);

    expect(await liveBrokers()).toEqual([1, 2, 3]);
    expect(await inspector.consumeCount('kept')).toBe(30);
  });

  test('goes on without a frozen broker, and has it back when it thaws', async () => {
    set.freeze(3);
    await eventually(async () => (await liveBrokers()).join() === '1,2');
    expect(set.nodes.find(({ id }) => id === 3)).toMatchObject({ alive: true, frozen: true });
    await set.thaw(3);

    expect(await liveBrokers()).toEqual([1, 2, 3]);
  });

  test('creates topics again once the controller is back', async () => {
    await set.restart(CONTROLLER_ID);
    await inspector.createTopic('after-the-controller');
    await set.settled();

    expect(await inspector.topic('after-the-controller')).toBeDefined();
  });

  test('counts requests by API', async () => {
    const before = (await set.requestCounts()).CreateTopics ?? 0;
    await inspector.createTopic('counted');

    expect((await set.requestCounts()).CreateTopics).toBe(before + 1);
  });

  test('refuses a folder that has something in it', async () => {
    await expect(startSet(folder, { dir: folder })).rejects.toThrow(`${folder} is not empty`);
  });

  test('refuses a node that it does not have', async () => {
    await expect(set.kill(7)).rejects.toThrow('There is no node 7; there are 100, 1, 2, 3');
    expect(path.dirname(set.dir)).toBe(folder);
  });
});

describe('BrokerSet of six brokers with three controllers', () => {
  const folder = scratchFolder();
  let set: BrokerSet;
  let inspector: Inspector;

  beforeAll(async () => {
    set = await startSet(folder, { brokers: 6, controllers: 3 });
    inspector = inspect(set);
  });

  afterAll(async () => {
    await inspector?.stop();
    await set?.stop();
    removeFolder(folder);
  });

  test('lists three of its brokers, as MSK does', async () => {
    expect(set.bootstrap.saslIam.split(',')).toHaveLength(3);
    expect((await inspector.describeCluster()).brokers).toHaveLength(6);
  });

  test('creates topics while the controller that was active is down', async () => {
    const [first, ...others] = await controllersOf(set);
    await set.kill(first);
    expect(others).toContain(await set.activeController());
    await inspector.createTopic('by-another');
    await set.settled();

    expect(await inspector.topic('by-another')).toBeDefined();
    await set.restart(first);
  });
});

/** The active controller first. */
async function controllersOf(set: BrokerSet): Promise<number[]> {
  const active = await set.activeController();
  const all = set.nodes.flatMap(({ id }) => (id >= CONTROLLER_ID ? [id] : []));
  return [active, ...all.filter((id) => id !== active)];
}
