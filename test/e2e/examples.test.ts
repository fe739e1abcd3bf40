import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ListStacksCommand, StackStatus } from '@aws-sdk/client-cloudformation';
import { cdk } from '../../local/cdk';
import { World } from './support/world';

/** All examples by folder, with the settings of those that use an existing cluster. */
const EXAMPLES: Readonly<Record<string, () => Record<string, string>>> = {
  'cross-account': () => ({
    ...existing(),
    partner: world.parts.Account,
    partnerCidr: '10.1.0.0/16',
    bootstrapBrokers: world.standIn.clusters[0].bootstrap.saslIam,
    partnerVpcId: world.parts.VpcId,
    partnerSubnetIds: world.parts.SubnetIds,
  }),
  'data-lake': () => ({}),
  'event-driven': () => ({}),
  'existing-cluster': () => existing(),
  orders: () => ({}),
  platform: () => ({}),
  watching: () => ({}),
};

const FOLDER = path.resolve(__dirname, '../../examples');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-examples-'));
let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(async () => {
  await world?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function existing(): Record<string, string> {
  const { ClusterArn: clusterArn, GroupId: securityGroupId, SubnetIds: subnetIds, VpcId: vpcId } = world.parts;
  return { clusterArn, securityGroupId, subnetIds, vpcId };
}

async function byCdk(name: string, command: 'deploy' | 'destroy', ...options: string[]): Promise<void> {
  const app = {
    entry: `examples/${name}/app.ts`,
    output: path.join(folder, name),
    environment: world.standIn.environment(),
    context: { removalPolicy: 'destroy', ...EXAMPLES[name]() },
    isSynthesized: command === 'destroy',
  };
  const { code, output } = await cdk(app, [command, '--all', ...options]);
  if (code !== 0) throw new Error(output);
}

/** The existing stacks, clusters and topics. */
async function there(): Promise<unknown> {
  const gone = StackStatus.DELETE_COMPLETE;
  const { StackSummaries = [] } = await world.stage.cloudFormation.send(new ListStacksCommand({}));
  return {
    stacks: StackSummaries.filter(({ StackStatus }) => StackStatus !== gone).map(({ StackName }) => StackName),
    clusters: world.standIn.clusters.map(({ clusterArn }) => clusterArn),
    topics: (await (await world.inspector()).topics()).map(({ name }) => name),
  };
}

test('All examples are here', () => {
  const apps = fs.readdirSync(FOLDER).filter((name) => fs.existsSync(path.join(FOLDER, name, 'app.ts')));
  expect(apps).toEqual(Object.keys(EXAMPLES));
});

describe.each(Object.keys(EXAMPLES))('By the real cdk, the example %s', (name) => {
  let before: unknown;

  test('is deployed, and does what it is for', async () => {
    before = await there();
    await byCdk(name, 'deploy', '--require-approval', 'never');
    const { smoke } = (await import(path.join(FOLDER, name, 'smoke'))) as { smoke: () => Promise<void> };
    await smoke();
  });

  test('is destroyed, and leaves nothing behind', async () => {
    await byCdk(name, 'destroy', '--force');
    expect(await there()).toEqual(before);
  });
});
