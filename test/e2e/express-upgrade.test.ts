import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../lib';
import { AwsTools } from '../stand-in/emulator/support/aws-tools';
import { type ClusterParts, World } from './support/world';

const STANDARD = 'kafka.m7g.large';
const EXPRESS = 'express.m7g.large';

let world: World;
let tools: AwsTools;

beforeAll(async () => {
  world = await World.start(standard);
  tools = await AwsTools.of(world.stage);
});

afterAll(() => world?.stop());

const place = (vpc: ec2.Vpc) => ({ vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, alarms: false });

function standard(stack: Stack, vpc: ec2.Vpc): ClusterParts {
  return withTopic(new msk.ProvisionedCluster(stack, 'Events', { ...place(vpc), expressReadiness: true }));
}

/** At the same path, so that all logical IDs and names stay. */
function express(stack: Stack, vpc: ec2.Vpc): ClusterParts {
  const brokerSize = msk.ExpressBrokerSize.M7G_LARGE;
  return withTopic(new msk.ExpressCluster(stack, 'Events', { ...place(vpc), brokerSize }));
}

function withTopic(cluster: msk.ProvisionedCluster | msk.ExpressCluster): ClusterParts {
  cluster.addTopic('Orders', { topicName: 'orders' });
  return { clusterArn: cluster.clusterArn, securityGroupId: cluster.connections.securityGroups[0].securityGroupId };
}

interface Described {
  readonly ClusterInfo: {
    readonly CurrentVersion: string;
    readonly Provisioned: { readonly BrokerNodeGroupInfo: { readonly InstanceType: string } };
  };
}

async function described() {
  const [{ ClusterInfo }] = await tools.kafka<[Described]>(['describe_cluster_v2', { ClusterArn: world.clusterArn }]);
  return { version: ClusterInfo.CurrentVersion, type: ClusterInfo.Provisioned.BrokerNodeGroupInfo.InstanceType };
}

async function update(what: string, change: object): Promise<void> {
  const { version: CurrentVersion } = await described();
  const asked = { ClusterArn: world.clusterArn, CurrentVersion, ...change };
  expect(await tools.kafka([`update_${what}`, asked])).toMatchObject([{ ClusterArn: world.clusterArn }]);
}

const updateTo = (TargetInstanceType: string) => update('broker_type', { TargetInstanceType });

describe('docs/moving.md: Standard brokers upgraded to Express brokers in place', () => {
  test('keep their topics and records, and the stack follows with an ExpressCluster at the same path', async () => {
    await (await world.inspector()).produce('orders', 10);
    const { clusterArn } = world;
    const before = await world.topic('orders');
    await updateTo(`${STANDARD},${EXPRESS}`);
    const all = { ClusterArn: clusterArn, TargetInstanceType: EXPRESS, TopicsToInclude: ['.*'] };
    await tools.kafka(['start_topic_reassignment', all]);
    await updateTo(EXPRESS);
    await expect(world.deployPlatform(express)).rejects.toThrow(/can't update multiple attributes/);
    await update('rebalancing', { Rebalancing: { Status: 'ACTIVE' } });
    await world.deployPlatform(express);
    expect(await world.status('Platform')).toBe('UPDATE_COMPLETE');
    expect(world.clusterArn).toBe(clusterArn);
    expect((await described()).type).toBe(EXPRESS);
    expect(await world.topic('orders')).toEqual(before);
  });
});
