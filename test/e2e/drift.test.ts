import { DescribeClusterV2Command, KafkaClient, type Provisioned } from '@aws-sdk/client-kafka';
import { type App, Duration, Size } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as msk from '../../lib';
import { aStandardCluster, World } from './support/world';

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

/** The longest name that Kafka accepts. The response to CloudFormation must still fit in 4096 bytes. */
const LONGEST = 'n'.repeat(249);
const DECLARED = { 'retention.ms': '604800000' };
const declared = (reconcileToken: string) => shop(LONGEST, { configs: { other: DECLARED }, reconcileToken });

// the tests depend on each other: each continues where the previous one ended
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
    expect(told).toMatch(
      /PartitionDecrease: topic 'n+' has 3 partitions but 2 were requested.*To fix: set 'partitionCount' to/,
    );
    expect(await world.status('Shop')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});

async function reported(): Promise<unknown> {
  for (;;) {
    const [found] = /^.*"message":"topic (?:differs|is as declared)".*$/m.exec(await world.logs('Shop')) ?? [];
    if (found) return JSON.parse(found);
  }
}

describe('On the schedule of a TopicDriftReport', () => {
  test('what somebody did by hand is told, and left', async () => {
    await (await world.inspector()).alterConfigs(LONGEST, { set: { 'retention.ms': '1000' } });
    await world.stage.deploy((app) => {
      const cluster = defineShop(app, LONGEST, { configs: { other: DECLARED }, reconcileToken: '3' });
      new msk.TopicDriftReport(cluster.stack, 'Drift', { cluster, schedule: ScheduleExpression.at(new Date(0)) });
    });
    expect(await reported()).toMatchObject({
      message: 'topic differs',
      differences: [{ kind: 'Configs', text: 'retention.ms=604800000 declared, 1000 live' }],
    });
    expect(await world.topic(LONGEST)).toMatchObject({ configs: { 'retention.ms': '1000' } });
    const measured = /"Cluster Name":"[\w-]+","TopicDrift":(\d)/.exec(await world.logs('Shop')); // a failure would print the whole log
    expect(measured?.[1]).toBe('1');
  });
});

type Props = Partial<msk.ProvisionedClusterProps>;
type Live = Provisioned | undefined;

/** Changes, and how MSK reports them. Each continues where the previous one ended. */
const CHANGES: [string, Props, (live: Live) => unknown, unknown][] = [
  [
    'the Kafka version',
    { kafkaVersion: msk.KafkaVersion.V4_0_X_KRAFT },
    (live) => live?.CurrentBrokerSoftwareInfo?.KafkaVersion,
    '4.0.x.kraft',
  ],
  [
    'the instance type',
    { instanceType: msk.BrokerInstanceType.M7G_XLARGE },
    (live) => live?.BrokerNodeGroupInfo?.InstanceType,
    'kafka.m7g.xlarge',
  ],
  ['the brokers of a zone', { brokersPerAz: 2 }, (live) => live?.NumberOfBrokerNodes, 6],
  [
    'the storage',
    { storage: msk.BrokerStorage.local(Size.gibibytes(200)) },
    (live) => live?.BrokerNodeGroupInfo?.StorageInfo?.EbsStorageInfo?.VolumeSize,
    200,
  ],
  [
    'the monitoring level',
    { monitoringLevel: msk.MonitoringLevel.PER_BROKER },
    (live) => live?.EnhancedMonitoring,
    'PER_BROKER',
  ],
  [
    'where logs go',
    { brokerLogs: msk.BrokerLogs.none() },
    (live) => live?.LoggingInfo?.BrokerLogs?.CloudWatchLogs?.Enabled ?? false,
    false,
  ],
  [
    'the authentication',
    { authentication: [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram()] },
    (live) => live?.ClientAuthentication?.Sasl?.Scram?.Enabled,
    true,
  ],
];

const upTo = (count: number): Props => Object.assign({}, ...CHANGES.slice(0, count).map(([, props]) => props)) as Props;
const changed = (props: Props) => world.deployPlatform((stack, vpc) => aStandardCluster(stack, vpc, {}, props));

async function live(): Promise<Live> {
  const asked = new DescribeClusterV2Command({ ClusterArn: world.clusterArn });
  return (await new KafkaClient({}).send(asked)).ClusterInfo?.Provisioned;
}

// the tests depend on each other
describe('A cluster keeps its ARN, its topics and their records', () => {
  let arn: string;

  beforeAll(async () => {
    arn = world.clusterArn;
    await (await world.inspector()).produce(LONGEST, 20);
  });

  test.each(CHANGES.map(([what, , read, value], index) => ({ what, read, value, props: upTo(index + 1) })))(
    'when a deployment changes $what',
    async ({ props, read, value }) => {
      expect(read(await live())).not.toEqual(value);
      await changed(props);
      expect(world.clusterArn).toBe(arn);
      expect(read(await live())).toEqual(value);
      expect(await world.topic(LONGEST)).toMatchObject({ partitions: 3, latestOffset: 20 });
    },
  );

  test('when a deployment asks for two changes, which MSK refuses', async () => {
    const twoMore = { brokersPerAz: 3, monitoringLevel: msk.MonitoringLevel.PER_TOPIC_PER_BROKER };
    const refused = changed({ ...upTo(CHANGES.length), ...twoMore });
    await expect(refused).rejects.toThrow(/can't update multiple attributes/);
    expect(await world.status('Platform')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await live()).toMatchObject({ NumberOfBrokerNodes: 6, EnhancedMonitoring: 'PER_BROKER' });
    expect(await world.topic(LONGEST)).toMatchObject({ partitions: 3, latestOffset: 20 });
  });
});
