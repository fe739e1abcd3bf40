import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { cdk } from '../../local/cdk';
import { defineMove, type Move, type MovedStacks } from './support/move';
import { aStandardCluster, World } from './support/world';

let world: World;
const output = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-moving-'));

beforeAll(async () => {
  world = await World.start();
});

afterAll(async () => {
  await world?.stop();
  fs.rmSync(output, { recursive: true, force: true });
});

const moveOf = (stacks: MovedStacks): Move => ({ cluster: world.parts, stacks });

/** Runs a step of the documented procedure with the real command line. */
async function byCdk(command: readonly string[], stacks: MovedStacks): Promise<void> {
  const environment = world.standIn.environment();
  const context = { move: JSON.stringify(moveOf(stacks)) };
  const app = { entry: 'test/e2e/apps/moving-app.ts', output, environment, context };
  const { code, output: said } = await cdk(app, command);
  if (code !== 0) throw new Error(said);
}

const cdkDeploy = (stacks: MovedStacks) => byCdk(['deploy', '--all', '--require-approval', 'never'], stacks);
const cdkDestroy = (stacks: MovedStacks) => byCdk(['destroy', '--all', '--force'], stacks);

/** Preparations and refused deployments run in this process, which is faster. */
const prepare = (stacks: MovedStacks) => world.stage.deploy((app) => defineMove(app, moveOf(stacks)));
const refused = (stacks: MovedStacks) => world.stage.refused((app) => defineMove(app, moveOf(stacks)));

/** What a move must not change: the topic itself and its records. */
async function seen(name: string) {
  const { latestOffset, partitions, topicId } = (await world.topic(name)) ?? {};
  return { latestOffset, partitions, topicId };
}

async function aTopicWithRecords(name: string, stacks: MovedStacks) {
  await prepare(stacks);
  await (await world.inspector()).produce(name, 10);
  return seen(name);
}

describe('docs/moving.md: a construct renamed', () => {
  const ORDERS = { topicName: 'orders', destroy: true };

  test('is refused without a word about it, and nothing is lost', async () => {
    const before = await aTopicWithRecords('orders', { Shop: { Orders: ORDERS } });
    const told = await refused({ Shop: { Purchases: ORDERS } });
    expect(told).toMatch(/TopicExists: topic 'orders' already exists .*a construct that was renamed.*to adopt/);
    expect(await world.status('Shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await seen('orders')).toEqual(before);
  });

  test('keeps its topic by TopicOnExisting.ADOPT', async () => {
    const before = await seen('orders');
    await cdkDeploy({ Shop: { Purchases: { ...ORDERS, adopt: true } } });
    expect(await world.status('Shop')).toBe('UPDATE_COMPLETE');
    expect(await seen('orders')).toEqual(before);
  });

  test('keeps its resource by the logical ID that it had', async () => {
    const list = new ListStackResourcesCommand({ StackName: 'Shop' });
    const ofTopic = async () => {
      const { StackResourceSummaries = [] } = await world.stage.cloudFormation.send(list);
      const found = StackResourceSummaries.filter(({ ResourceType }) => ResourceType === 'Custom::KafkaTopic');
      return found.map((one) => [one.LogicalResourceId, one.PhysicalResourceId, one.ResourceStatus]);
    };
    const had = await ofTopic();
    await prepare({ Shop: { Sales: { ...ORDERS, adopt: true, logicalId: had[0][0] } } });
    expect(await ofTopic()).toEqual(had);
    expect(had[0][2]).toBe('CREATE_COMPLETE'); // an update would have changed the status
  });
});

describe('docs/moving.md: a topic moved between stacks', () => {
  test('is the same topic in the other stack, first retained and then adopted', async () => {
    const bills = { topicName: 'bills', partitionCount: 2 };
    const before = await aTopicWithRecords('bills', { Sales: { Stays: {}, Bills: { ...bills, destroy: true } } });
    await prepare({ Sales: { Stays: {}, Bills: bills } });
    await cdkDeploy({ Sales: { Stays: {} }, Ledger: { Bills: { ...bills, adopt: true } } });
    expect(await seen('bills')).toEqual(before);
  });
});

describe('docs/moving.md: deployed again after a destroy that retained', () => {
  test('the topic is there still, and is refused until it is adopted', async () => {
    const bills = { topicName: 'audit', partitionCount: 2 };
    const before = await aTopicWithRecords('audit', { Audit: { Trail: bills } });
    await cdkDestroy({ Audit: { Trail: bills } });
    expect(await refused({ Audit: { Trail: bills } })).toContain("TopicExists: topic 'audit'");
    await cdkDeploy({ Audit: { Trail: { ...bills, adopt: true } } });
    expect(await seen('audit')).toEqual(before);
  });
});

describe('docs/moving.md: a topic made by hand', () => {
  const adopted = { topicName: 'by-hand', adopt: true, destroy: true };

  test('is taken over, grown, and keeps what is not declared', async () => {
    const inspector = await world.inspector();
    const configs = { 'retention.ms': '60000' };
    await inspector.createTopic('by-hand', { partitions: 3, configs });
    await inspector.produce('by-hand', 5);
    const fewer = await refused({ Hand: { Made: { ...adopted, partitionCount: 2 } } });
    expect(fewer).toMatch(/AdoptionRefused: .*it has 3 partitions.*To fix: set 'partitionCount' to 3 or more/);
    await cdkDeploy({ Hand: { Made: { ...adopted, partitionCount: 4 } } });
    expect(await world.topic('by-hand')).toMatchObject({ partitions: 4, latestOffset: 5, configs });
  });

  test('is left when its stack goes, also when told to destroy', async () => {
    const before = await seen('by-hand');
    await world.stage.destroy((app) => defineMove(app, moveOf({ Hand: { Made: adopted } })));
    expect(await seen('by-hand')).toEqual(before);
  });
});

describe('docs/moving.md: between the app of a cluster and another app', () => {
  const trips = (adopt: boolean) =>
    world.deployPlatform((stack, vpc) => aStandardCluster(stack, vpc, { Trips: { topicName: 'trips', adopt } }));

  test('a topic goes to an imported cluster and back, with its records', async () => {
    await trips(false);
    await (await world.inspector()).produce('trips', 10);
    const before = await seen('trips');
    await world.deployPlatform(aStandardCluster);
    const travel = { Travel: { Trips: { topicName: 'trips', adopt: true } } };
    await cdkDeploy(travel);
    expect(await seen('trips')).toEqual(before);
    await world.stage.destroy((app) => defineMove(app, moveOf(travel)));
    await trips(true);
    expect(await seen('trips')).toEqual(before);
  });
});

describe('docs/moving.md: two owners', () => {
  const owner = (id: string, topicName: string) => (app: App) => {
    const removalPolicy = RemovalPolicy.DESTROY;
    world.cluster(world.stack(app, id)).addTopic('Topic', { topicName, removalPolicy });
  };

  test('the second is refused, and its going leaves the topic of the first alone', async () => {
    await world.stage.deploy(owner('First', 'wanted'));
    await (await world.inspector()).produce('wanted', 3);
    const before = await seen('wanted');
    expect(await world.stage.refused(owner('Second', 'wanted'))).toContain("TopicExists: topic 'wanted'");
    await world.stage.destroy(owner('Second', 'wanted'));
    expect(await seen('wanted')).toEqual(before);
  });

  test('one that recognised it empty does not take records of the other away', async () => {
    await world.stage.deploy(owner('Third', 'shared'));
    await world.stage.deploy(owner('Fourth', 'shared'));
    await (await world.inspector()).produce('shared', 3);
    const before = await seen('shared');
    await world.stage.destroy(owner('Fourth', 'shared'));
    expect(await seen('shared')).toEqual(before);
    await world.stage.destroy(owner('Third', 'shared'));
    expect(await world.topic('shared')).toBeUndefined();
  });
});
