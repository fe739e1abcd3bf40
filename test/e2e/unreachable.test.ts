import { DescribeSecurityGroupsCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { DeleteClusterCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { type App, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../lib';
import { eventually } from '../stand-in/brokers/support/scratch';
import { World } from './support/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world?.stop());

/** A stack with a topic, whose dispatcher gives up within seven seconds instead of thirteen minutes. */
const impatient =
  (id: string, options: msk.TopicOptions = {}) =>
  (app: App) => {
    const stack = world.stack(app, id);
    world.cluster(stack).addTopic('Topic', {
      topicName: `${id}-orders`,
      removalPolicy: RemovalPolicy.DESTROY,
      permissionGracePeriod: Duration.seconds(0),
      ...options,
    });
    const dispatcher = stack.node.findChild('KafkaProvider').node.findChild('Dispatcher').node;
    (dispatcher.defaultChild as lambda.CfnFunction).timeout = 14;
  };

const BROKERS = [1, 2, 3];
const all = (command: 'kill' | 'restart') =>
  Promise.all(BROKERS.map((id) => world.standIn.pool.command(world.clusterArn, id, command)));

/** Removes all rules that allow connections to the brokers. */
async function closeBrokers(): Promise<void> {
  const ec2 = new EC2Client({});
  const GroupIds = [world.securityGroupId];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds }));
  const rules = { GroupId: GroupIds[0], IpPermissions: SecurityGroups?.[0].IpPermissions };
  await ec2.send(new RevokeSecurityGroupIngressCommand(rules));
}

const RETAIN = { onUnreachable: msk.OnUnreachable.RETAIN };
const isGone = (stackName: string) => expect(world.status(stackName)).rejects.toThrow('does not exist');

describe('When no broker answers', () => {
  beforeAll(async () => {
    for (const id of ['Asking', 'Mine']) await world.stage.deploy(impatient(id));
    await world.stage.deploy(impatient('Kept', RETAIN));
    await (await world.inspector()).produce('Kept-orders', 3);
    await all('kill');
  });

  test('a cluster that reboots a broker is said to be in that state, and the rollback passes', async () => {
    await world.standIn.emulator.setClusterState(world.clusterArn, 'REBOOTING_BROKER');
    const told = await world.stage.refused(impatient('Asking', { partitionCount: 4 }));
    expect(told).toMatch(/Unreachable: no broker answered, and the cluster is in state REBOOTING_BROKER\. Nothing was/);
    expect(told).toContain('To fix: deploy again when the cluster is ACTIVE');
    expect(await world.status('Asking')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await world.logs('Asking')).toContain("TopicNotRolledBack: 'Asking-orders' was left as it is");
    await world.standIn.emulator.setClusterState(world.clusterArn, 'ACTIVE');
  });

  test('a stack stays that cannot delete its topic, and one goes that may leave it', async () => {
    const why = await Promise.all([
      world.stage.undeletable(impatient('Mine')),
      world.stage.destroy(impatient('Kept', RETAIN)),
    ]);
    expect(why[0]).toMatch(/Unreachable: no broker answered, although the cluster is ACTIVE.*To fix: deploy again/);
    expect(await world.status('Mine')).toBe('DELETE_FAILED');
    await isGone('Kept');
  });

  test('the rule of the security group is named that is missing', async () => {
    await closeBrokers();
    const told = await world.stage.refused(impatient('Asking', { partitionCount: 4 }));
    const [group, worker] = [world.securityGroupId, 'sg-[0-9a-f]+'];
    expect(told).toMatch(
      new RegExp(`${group}, has no inbound rule for TCP 9098 from ${worker}.*To fix: add an inbound rule for TCP 9098`),
    );
    expect(await world.status('Asking')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('all goes on once they do: nothing is lost, and what was to go goes', async () => {
    await all('restart');
    await world.stage.destroy(impatient('Mine'));
    await isGone('Mine');
    await world.stage.deploy(impatient('Asking', { partitionCount: 4 }));
    expect(await world.topic('Mine-orders')).toBeUndefined();
    expect(await world.topic('Kept-orders')).toMatchObject({ latestOffset: 3 });
    expect(await world.topic('Asking-orders')).toMatchObject({ partitions: 4 });
  });
});

describe('When the cluster is gone', () => {
  beforeAll(async () => {
    const kafka = new KafkaClient({});
    await kafka.send(new DeleteClusterCommand({ ClusterArn: world.clusterArn }));
    await eventually(() => world.standIn.clusters.length === 0);
  });

  test('an update says so, and its rollback passes', async () => {
    const told = await world.stage.refused(impatient('Asking', { partitionCount: 5 }));
    expect(told).toMatch(/ClusterNotFound: .*cluster arn:aws:kafka:\S+.* Nothing was changed\. To fix: /);
    expect(await world.status('Asking')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('the stacks of its topics and of itself are deleted', async () => {
    await world.stage.destroy(impatient('Asking'));
    await isGone('Asking');
    await world.destroyPlatform();
    await isGone('Platform');
  });
});
