import { type App, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as msk from '../../lib';
import { Script } from '../stand-in/emulator/support/script';
import { aScripted, someThings } from '../stand-in/emulator/support/things';
import { World } from './support/world';

let world: World;
let script: Script;

beforeAll(async () => {
  script = await Script.start();
  world = await World.start();
});

afterAll(async () => {
  await world?.stop();
  await script?.stop();
});

interface Setting extends msk.TopicOptions {
  /** A new value updates the scripted resource, which is deployed after the topic. */
  readonly release?: string;
}

/** A stack with one topic, and a scripted resource after it, which may fail. */
const shop =
  (id: string, { release = '1', ...options }: Setting = {}) =>
  (app: App) => {
    const stack = world.stack(app, id);
    const topic = world.cluster(stack).addTopic('Topic', {
      topicName: `${id}-orders`,
      permissionGracePeriod: Duration.seconds(0),
      ...options,
    });
    const [after] = someThings(aScripted(stack, script), { After: { Release: release } });
    after.node.addDependency(topic);
  };

/** Lets the resource after the topic fail, after something else has happened. */
function failAfter(meanwhile: () => Promise<unknown> = () => Promise.resolve()): void {
  let failed = false;
  script.begin(({ PhysicalResourceId = 'After', RequestType }) => {
    if (RequestType === 'Delete' || failed) return undefined;
    failed = true; // its rollback succeeds
    return meanwhile().then(() => ({ Status: 'FAILED', Reason: 'it was told to', PhysicalResourceId }));
  });
}

const succeed = () => script.begin();
const produce = async (topic: string, count: number) => (await world.inspector()).produce(topic, count);

describe('When a first deployment fails after its topic was made', () => {
  test('an empty topic goes, and the stack deploys afterwards', async () => {
    failAfter();
    expect(await world.stage.refused(shop('Empty'))).toContain('it was told to');
    expect(await world.topic('Empty-orders')).toBeUndefined();
    succeed();
    await world.stage.deploy(shop('Empty'));
    expect(await world.topic('Empty-orders')).toMatchObject({ partitions: 3 });
  });

  test('a topic with records stays, and the next deployment says how to go on', async () => {
    failAfter(() => produce('Full-orders', 7));
    expect(await world.stage.refused(shop('Full'))).toContain('it was told to');
    expect(await world.topic('Full-orders')).toMatchObject({ latestOffset: 7 });
    succeed();
    const told = await world.stage.refused(shop('Full'));
    expect(told).toMatch(/TopicExists: topic 'Full-orders' already exists \(3 partitions.* set 'onExisting' to adopt/);
    await world.stage.deploy(shop('Full', { onExisting: msk.TopicOnExisting.ADOPT }));
    expect(await world.topic('Full-orders')).toMatchObject({ partitions: 3, latestOffset: 7 });
  });
});

describe('When an update fails after its topic has grown', () => {
  const grown = (release: string) => shop('Grown', { partitionCount: 6, release });
  const other = { 'retention.ms': '3600000' };

  test('the partitions stay, the configs go back, no record is lost and the rollback is complete', async () => {
    succeed();
    await world.stage.deploy(shop('Grown'));
    await produce('Grown-orders', 5);
    failAfter();
    const change = { partitionCount: 6, configs: { other }, release: '2' };
    expect(await world.stage.refused(shop('Grown', change))).toContain('it was told to');
    expect(await world.status('Grown')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await world.topic('Grown-orders')).toMatchObject({ partitions: 6, latestOffset: 5, configs: {} });
    expect(await world.logs('Grown')).toMatch(
      /PartitionsKept: 'Grown-orders' keeps its 6 partitions although 3 are declared/,
    );
  });

  test('the next deployment goes on', async () => {
    succeed();
    await world.stage.deploy(grown('3'));
    expect(await world.status('Grown')).toBe('UPDATE_COMPLETE');
    expect(await world.topic('Grown-orders')).toMatchObject({ partitions: 6, latestOffset: 5 });
  });
});

describe('A topic that gets another name', () => {
  beforeEach(succeed);

  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };
  const names = async (prefix: string) =>
    (await (await world.inspector()).topics()).map(({ name }) => name).filter((name) => name.startsWith(prefix));

  test('leaves the old one where it is, by default', async () => {
    await world.stage.deploy(shop('Retained', { topicName: 'retained.1' }));
    await produce('retained.1', 4);
    await world.stage.deploy(shop('Retained', { topicName: 'retained.2' }));
    expect(await names('retained.')).toEqual(['retained.1', 'retained.2']);
    expect(await world.topic('retained.1')).toMatchObject({ latestOffset: 4 });
  });

  test('takes an empty old one away when told to destroy', async () => {
    await world.stage.deploy(shop('Destroyed', { ...DESTROY, topicName: 'destroyed.1' }));
    await world.stage.deploy(shop('Destroyed', { ...DESTROY, topicName: 'destroyed.2' }));
    expect(await names('destroyed.')).toEqual(['destroyed.2']);
  });

  test('refuses to take one with records away, in words', async () => {
    await produce('destroyed.2', 4);
    const told = await world.stage.refused(shop('Destroyed', { ...DESTROY, topicName: 'destroyed.3' }));
    expect(told).toMatch(/ReplaceRefused: topic 'destroyed.2' would be replaced .* with 4 records.*'allowDataLoss'/);
    expect(await world.status('Destroyed')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await names('destroyed.')).toEqual(['destroyed.2']);
    expect(await world.topic('destroyed.2')).toMatchObject({ latestOffset: 4 });
  });

  test('takes one with records away when data loss is allowed', async () => {
    const allowed = { ...DESTROY, topicName: 'destroyed.3', allowDataLoss: true };
    await world.stage.deploy(shop('Destroyed', allowed));
    expect(await names('destroyed.')).toEqual(['destroyed.3']);
  });

  test.each([
    ['retain', {}],
    ['destroy', { ...DESTROY, allowDataLoss: true }],
  ])('gets the old one back in a rollback, with its records, when told to %s', async (id, options) => {
    const called = (name: string, release: string) => shop(`back-${id}`, { ...options, topicName: name, release });
    await world.stage.deploy(called(`${id}.1`, '1'));
    await produce(`${id}.1`, 6);
    const { topicId } = (await world.topic(`${id}.1`)) ?? {};
    failAfter();
    const told = await world.stage.refused(called(`${id}.2`, '2'));
    expect(told).toContain('it was told to');
    expect(told).not.toContain('TopicExists');
    expect(await world.status(`back-${id}`)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await names(`${id}.`)).toEqual([`${id}.1`]);
    expect(await world.topic(`${id}.1`)).toMatchObject({ topicId, latestOffset: 6 });
    succeed();
    await world.stage.deploy(called(`${id}.2`, '3'));
    expect(await world.topic(`${id}.2`)).toMatchObject({ partitions: 3 });
  });

  test('keeps the new one in a rollback when somebody has written to it', async () => {
    await world.stage.deploy(shop('written', { topicName: 'written.1' }));
    failAfter(() => produce('written.2', 2));
    await world.stage.refused(shop('written', { topicName: 'written.2', release: '2' }));
    expect(await world.status('written')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await world.topic('written.2')).toMatchObject({ latestOffset: 2 });
  });
});

describe('When somebody has taken the name by hand before the stack goes back to it', () => {
  /** Deploys a topic, then a change that fails after the topic was replaced by one whose name collides with it. */
  const bar = async (id: string, change: msk.TopicOptions) => {
    succeed();
    await world.stage.deploy(shop(id, { topicName: `${id}.1` }));
    const inspector = await world.inspector();
    failAfter(async () => {
      await inspector.deleteTopic(`${id}.1`);
      await inspector.createVisibly([`${id}_1`], 1, { partitions: 1, replicationFactor: 3 });
      await inspector.produce(`${id}_1`, 3);
    });
    await world.stage.refused(shop(id, { topicName: `${id}.1`, ...change, release: '2' }));
    succeed();
  };

  test('the rollback goes on without the topic, in words', async () => {
    await bar('left', { partitionCount: 6 });
    expect(await world.status('left')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await world.logs('left')).toMatch(/TopicNotRolledBack: 'left.1' was left as it is \(InvalidName: /);
    expect(await world.topic('left_1')).toMatchObject({ latestOffset: 3 });
    await (await world.inspector()).deleteTopic('left_1');
    await world.stage.deploy(shop('left', { topicName: 'left.1', reconcileToken: '3' }));
    expect(await world.topic('left.1')).toMatchObject({ partitions: 3 });
  });

  test('the rollback of a new name fails in words, and goes on without the topic', async () => {
    await bar('barred', { topicName: 'barred.2' });
    expect(await world.status('barred')).toBe('UPDATE_ROLLBACK_FAILED');
    const [failed] = (await world.stage.events('barred')).filter(({ ResourceStatusReason: reason }) =>
      /InvalidName: topic 'barred.1'.* Nothing was changed\. To fix: choose another 'topicName'/s.test(reason ?? ''),
    );
    await world.stage.rollBack(shop('barred'), [failed.LogicalResourceId!]);
    expect(await world.status('barred')).toBe('UPDATE_ROLLBACK_COMPLETE');
    await world.stage.deploy(shop('barred', { topicName: 'barred.2', release: '3' }));
    expect(await world.topic('barred.2')).toMatchObject({ partitions: 3 });
    expect(await world.topic('barred_1')).toMatchObject({ latestOffset: 3 });
  });
});
