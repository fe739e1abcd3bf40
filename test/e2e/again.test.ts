import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  DescribeClusterV2Command,
  KafkaClient,
  ListClustersV2Command,
  ListConfigurationRevisionsCommand,
} from '@aws-sdk/client-kafka';
import type { AgainScenario } from './support/again-scenario';
import { Deployment } from './support/deployment';

/** Logical IDs, as `cdk synth` prints them. */
const IDS = {
  cluster: 'EventsD32975C2',
  configuration: 'EventsConfiguration50BDEB25',
  group: 'EventsSecurityGroup8AA8DBFC',
  logs: 'EventsBrokerLogs4400E052',
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-again-'));
let deployment: Deployment<AgainScenario>;
let clusterArn: string;

beforeAll(async () => {
  deployment = await Deployment.start<AgainScenario>({ entry: 'test/e2e/apps/again-app.ts', folder });
  await deployment.deploy({});
  clusterArn = await onlyCluster();
  await (await deployment.inspector()).produce('orders', 10);
});

afterAll(async () => {
  await deployment?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const kafka = () => new KafkaClient(deployment.aws());

async function onlyCluster(): Promise<string> {
  const { ClusterInfoList } = await kafka().send(new ListClustersV2Command({}));
  expect(ClusterInfoList).toHaveLength(1);
  return ClusterInfoList![0].ClusterArn!;
}

/** What a retained cluster uses, from one call of MSK's API. */
async function retained() {
  const { ClusterInfo } = await kafka().send(new DescribeClusterV2Command({ ClusterArn: clusterArn }));
  const { BrokerNodeGroupInfo, CurrentBrokerSoftwareInfo, LoggingInfo } = ClusterInfo!.Provisioned!;
  return {
    configuration: CurrentBrokerSoftwareInfo!.ConfigurationArn!,
    group: BrokerNodeGroupInfo!.SecurityGroups![0],
    logs: LoggingInfo!.BrokerLogs!.CloudWatchLogs!.LogGroup!,
  };
}

async function revisionsOf(Arn: string): Promise<number | undefined> {
  const { Revisions } = await kafka().send(new ListConfigurationRevisionsCommand({ Arn }));
  return Revisions?.length;
}

const destroy = () => deployment.destroy('Shop', '--exclusively');

/** What must survive: the topic itself and its records. */
async function orders() {
  const { latestOffset, topicId } = (await deployment.topic('orders')) ?? {};
  return { latestOffset, topicId };
}

// the tests depend on each other: each continues where the previous one ended
describe('docs/moving.md: a cluster whose stack was destroyed', () => {
  test('is there still, and is in the way of another of its name', async () => {
    await destroy();
    expect(await onlyCluster()).toBe(clusterArn);
    const { code, output } = await deployment.tryToDeploy({});
    expect([code, output]).toEqual([1, expect.stringMatching(/This cluster name already exists/)]);
    await destroy(); // what is left of the stack: nothing but its name
  });

  test('comes back into its stack by cdk import, with its topics and their records', async () => {
    const before = await orders();
    const { configuration, group, logs } = await retained();
    const app = { adopt: true, names: { configuration: configuration.split('/')[1], logs } };
    await deployment.import(app, 'Shop', {
      [IDS.cluster]: { Arn: clusterArn },
      [IDS.configuration]: { Arn: configuration },
      [IDS.group]: { Id: group },
      [IDS.logs]: { LogGroupName: logs },
    });
    expect(await deployment.stackStatus('Shop')).toBe('IMPORT_COMPLETE');
    await deployment.deploy(app);
    expect(await onlyCluster()).toBe(clusterArn);
    expect(await orders()).toEqual(before);
    expect(before.latestOffset).toBe(10);
    expect(await revisionsOf(configuration)).toBe(1); // nothing of the cluster was changed
  });

  test('serves another app that imports it by its attributes and adopts its topics', async () => {
    const before = await orders();
    await destroy();
    const { group: groupId } = await retained();
    await deployment.deploy({ adopt: true, imported: { clusterArn, groupId } });
    expect(await deployment.stackStatus('Shop')).toBe('CREATE_COMPLETE');
    expect(await orders()).toEqual(before);
  });
});
