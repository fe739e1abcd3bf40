import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { cdk } from '../../local/cdk';
import type { Move, MovedTopic } from './support/move';
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

/** The real command line, and an app that declares these stacks on the imported cluster. */
async function run(command: readonly string[], stacks: Move['stacks']): Promise<string> {
  const move: Move = { cluster: world.parts, stacks };
  const environment = world.standIn.environment();
  const app = { entry: 'test/e2e/apps/moving-app.ts', output, environment, context: { move: JSON.stringify(move) } };
  const { code, output: said } = await cdk(app, command);
  return `${said}\nexit ${code}`;
}

const tryToDeploy = (stacks: Move['stacks']) => run(['deploy', '--all', '--require-approval', 'never'], stacks);

async function deploy(stacks: Move['stacks']): Promise<void> {
  const said = await tryToDeploy(stacks);
  if (!said.endsWith('exit 0')) throw new Error(said);
}

/** What must stay, whatever is moved: the topic itself with its records. */
async function seen(name: string) {
  const { latestOffset, partitions, topicId } = (await world.topic(name)) ?? {};
  return { latestOffset, partitions, topicId };
}

async function aTopicWithRecords(name: string, stacks: Move['stacks']) {
  await deploy(stacks);
  await (await world.inspector()).produce(name, 10);
  return seen(name);
}

const STAYS: Record<string, MovedTopic> = { Stays: {} };

describe('docs/moving.md: a construct renamed', () => {
  const ORDERS = { topicName: 'orders', destroy: true };

  test('is refused without a word about it, and nothing is lost', async () => {
    const before = await aTopicWithRecords('orders', { Shop: { Orders: ORDERS } });
    const said = await tryToDeploy({ Shop: { Purchases: ORDERS } });
    expect(said).toMatch(
      /TopicExists: topic 'orders' already exists .*a construct that was renamed.*'onExisting' to adopt/,
    );
    expect(await world.status('Shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await seen('orders')).toEqual(before);
  });

  test('keeps its topic by OnExisting.ADOPT', async () => {
    const before = await seen('orders');
    await deploy({ Shop: { Purchases: { ...ORDERS, adopt: true } } });
    expect(await world.status('Shop')).toBe('UPDATE_COMPLETE');
    expect(await seen('orders')).toEqual(before);
  });

  test('keeps its topic by the logical ID that it had, and nothing is deployed', async () => {
    const { StackResourceSummaries } = await world.stage.cloudFormation.send(
      new ListStackResourcesCommand({ StackName: 'Shop' }),
    );
    const had = StackResourceSummaries?.find(({ ResourceType }) => ResourceType === 'Custom::KafkaTopic');
    const logicalIdOf = had?.LogicalResourceId;
    const said = await tryToDeploy({ Shop: { Sales: { ...ORDERS, adopt: true, logicalIdOf } } });
    expect(said).toContain('(no changes)');
  });
});

describe('docs/moving.md: a topic moved between stacks', () => {
  test('is the same topic in the other stack, first retained and then adopted', async () => {
    const bills = { topicName: 'bills', partitionCount: 2 };
    const before = await aTopicWithRecords('bills', { Sales: { ...STAYS, Bills: { ...bills, destroy: true } } });
    await deploy({ Sales: { ...STAYS, Bills: bills } });
    await deploy({ Sales: STAYS, Ledger: { Bills: { ...bills, adopt: true } } });
    expect(await seen('bills')).toEqual(before);
  });
});

describe('docs/moving.md: deployed again after a destroy that retained', () => {
  const bills = { topicName: 'bills', partitionCount: 2 };

  test('the topic is there still, and is refused until it is adopted', async () => {
    const before = await seen('bills');
    expect(await run(['destroy', 'Ledger', '--force'], { Ledger: { Bills: bills } })).toMatch(/exit 0$/);
    expect(await tryToDeploy({ Ledger: { Bills: bills } })).toMatch(/TopicExists: topic 'bills'.* exit 1$/s);
    await deploy({ Ledger: { Bills: { ...bills, adopt: true } } });
    expect(await seen('bills')).toEqual(before);
  });
});

describe('docs/moving.md: a topic made by hand', () => {
  test('is taken over, grown, and keeps what is not declared', async () => {
    const inspector = await world.inspector();
    await inspector.createTopic('by-hand', { partitions: 3, configs: { 'retention.ms': '60000' } });
    await inspector.produce('by-hand', 5);
    const adopted = { topicName: 'by-hand', adopt: true };
    const fewer = await tryToDeploy({ Hand: { Made: { ...adopted, partitionCount: 2 } } });
    expect(fewer).toMatch(/AdoptionRefused: .*it has 3 partitions.*Do: ask for 'partitionCount' 3 or more/);
    await deploy({ Hand: { Made: { ...adopted, partitionCount: 4 } } });
    expect(await world.topic('by-hand')).toMatchObject({
      partitions: 4,
      latestOffset: 5,
      configs: { 'retention.ms': '60000' },
    });
  });

  test('is left when its stack goes, also when told to destroy', async () => {
    const adopted = { topicName: 'by-hand', adopt: true, partitionCount: 4, destroy: true };
    await deploy({ Hand: { Made: adopted } });
    await run(['destroy', 'Hand', '--force'], { Hand: { Made: adopted } });
    expect(await seen('by-hand')).toMatchObject({ latestOffset: 5 });
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
    await deploy({ Travel: { Trips: { topicName: 'trips', adopt: true } } });
    expect(await seen('trips')).toEqual(before);
    await run(['destroy', 'Travel', '--force'], { Travel: { Trips: { topicName: 'trips', adopt: true } } });
    await trips(true);
    expect(await seen('trips')).toEqual(before);
  });
});
