import { type App, Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type * as msk from '../../lib';
import { World } from './support/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world?.stop());

function defineShop(app: App, topicName: string, options: msk.TopicOptions = {}): msk.ICluster {
  const cluster = world.cluster(world.stack(app, 'Shop'));
  cluster.addTopic('Topic', { topicName, permissionGracePeriod: Duration.seconds(0), ...options });
  return cluster;
}

const shop = (topicName: string, options?: msk.TopicOptions) => (app: App) => void defineShop(app, topicName, options);

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

async function reported(): Promise<unknown> {
  for (;;) {
    const [found] = /^.*"message":"topic (?:differs|is as declared)".*$/m.exec(await world.logs('Shop')) ?? [];
    if (found) return JSON.parse(found);
  }
}

describe('On the schedule of reportTopicDrift', () => {
  test('what somebody did by hand is told, and left', async () => {
    await (await world.inspector()).alterConfigs(LONGEST, { set: { 'retention.ms': '1000' } });
    await world.stage.deploy((app) =>
      defineShop(app, LONGEST, { configs: { other: DECLARED }, reconcileToken: '3' }).reportTopicDrift({
        schedule: ScheduleExpression.at(new Date(0)),
      }),
    );
    expect(await reported()).toMatchObject({
      message: 'topic differs',
      differences: [{ kind: 'Configs', text: 'retention.ms=604800000 declared, 1000 live' }],
    });
    expect(await world.topic(LONGEST)).toMatchObject({ configs: { 'retention.ms': '1000' } });
    const measured = /"Cluster Name":"[\w-]+","TopicDrift":(\d)/.exec(await world.logs('Shop')); // the whole log would fill the screen
    expect(measured?.[1]).toBe('1');
  });
});
