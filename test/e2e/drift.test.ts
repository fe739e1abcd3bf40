import { type App, Duration } from 'aws-cdk-lib';
import type * as msk from '../../lib';
import { World } from './support/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world?.stop());

const shop =
  (topicName: string, options: msk.TopicOptions = {}) =>
  (app: App) => {
    const permissionGracePeriod = Duration.seconds(0);
    world.cluster(world.stack(app, 'Shop')).addTopic('Topic', { topicName, permissionGracePeriod, ...options });
  };

/** As long as Kafka takes it: what is answered to CloudFormation must still fit in 4096 bytes. */
const LONGEST = 'n'.repeat(249);
const DECLARED = { 'retention.ms': '604800000' };
const declared = (reconcileToken: string) => shop(LONGEST, { configs: { other: DECLARED }, reconcileToken });

// one story: each test goes on where the one before ended
describe('A topic with the longest name', () => {
  test('is deployed', async () => {
    await world.stage.deploy(declared('1'));
    expect(await world.topic(LONGEST)).toMatchObject({ partitions: 3, configs: DECLARED });
  });

  test('is as somebody made it by hand until the reconcile token changes', async () => {
    const byHand = { 'retention.ms': '1', 'segment.ms': '60000' };
    await (await world.inspector()).alterConfigs(LONGEST, { set: byHand });
    await world.stage.deploy(declared('1'));
    expect(await world.topic(LONGEST)).toMatchObject({ configs: byHand });
    await world.stage.deploy(declared('2'));
    expect(await world.topic(LONGEST)).toMatchObject({ configs: { ...byHand, ...DECLARED } });
  });

  test('is made again, with a warning, when somebody has deleted it', async () => {
    await (await world.inspector()).deleteTopic(LONGEST);
    await world.stage.deploy(declared('3'));
    expect(await world.topic(LONGEST)).toMatchObject({ partitions: 3, configs: DECLARED, latestOffset: 0 });
    expect(await world.logs('Shop')).toContain(`TopicVanished: '${LONGEST}'`);
  });

  test('is refused a decrease, in words that fit', async () => {
    const told = await world.stage.refused(shop(LONGEST, { partitionCount: 2, configs: { other: DECLARED } }));
    expect(told).toMatch(/PartitionDecrease: topic 'n+' has 3 partitions and 2 are asked.*Do: ask for/);
    expect(await world.status('Shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
