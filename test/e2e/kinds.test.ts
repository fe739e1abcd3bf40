import { DescribeClusterV2Command, KafkaClient } from '@aws-sdk/client-kafka';
import type { TopicDescription } from '../../local/kafka/inspector';
import { Deployment } from './support/deployment';
import type { KindsScenario } from './support/kinds-scenario';

let deployment: Deployment<KindsScenario>;

beforeAll(async () => {
  deployment = await Deployment.start<KindsScenario>({ entry: 'test/e2e/apps/kinds-app.ts' });
});

afterAll(() => deployment?.stop());

const FIRST: KindsScenario = { express: true, serverless: true };

function arnOf(kind: string): string {
  const found = deployment.standIn.clusters.find(({ clusterArn }) => clusterArn.includes(kind));
  if (!found) throw new Error(`there is no ${kind} cluster`);
  return found.clusterArn;
}

async function topic(kind: string, name: string): Promise<TopicDescription | undefined> {
  return (await deployment.standIn.inspector(arnOf(kind))).topic(name);
}

async function clusterInfo(kind: string) {
  const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY } = deployment.standIn.environment();
  const client = new KafkaClient({
    endpoint: deployment.standIn.emulator.url,
    region: AWS_REGION,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  return (await client.send(new DescribeClusterV2Command({ ClusterArn: arnOf(kind) }))).ClusterInfo;
}

// the tests depend on each other: each continues where the previous one ended
describe('By the real cdk, an Express and a Serverless cluster', () => {
  test('deploy, each with its topic', async () => {
    await deployment.deploy(FIRST);
    expect(await topic('Express', 'orders')).toMatchObject({ partitions: 3, replicationFactor: 3 });
    expect(await topic('Serverless', 'clicks')).toMatchObject({ partitions: 3 });
    const [express, serverless] = [await clusterInfo('Express'), await clusterInfo('Serverless')];
    expect(express?.Provisioned).toMatchObject({ NumberOfBrokerNodes: 3, Rebalancing: { Status: 'ACTIVE' } });
    expect(serverless?.Serverless?.VpcConfigs).toHaveLength(1);
  });

  test('change in place: rebalancing, and partitions of both topics', async () => {
    const before = [arnOf('Express'), arnOf('Serverless')];
    await deployment.deploy({ ...FIRST, intelligentRebalancing: false, partitionCount: 4 });
    expect([arnOf('Express'), arnOf('Serverless')]).toEqual(before);
    expect((await clusterInfo('Express'))?.Provisioned).toMatchObject({ Rebalancing: { Status: 'PAUSED' } });
    expect((await topic('Express', 'orders'))?.partitions).toBe(4);
    expect((await topic('Serverless', 'clicks'))?.partitions).toBe(4);
  });

  test('keep the Serverless one as it is when another VPC is asked for', async () => {
    const before = arnOf('Serverless');
    const asked = { ...FIRST, intelligentRebalancing: false, partitionCount: 4, secondVpc: true };
    const { code, output } = await deployment.tryToDeploy(asked);
    expect([code, output]).toEqual([1, expect.stringMatching(/cluster name already exists/)]);
    expect(arnOf('Serverless')).toBe(before);
    expect((await topic('Serverless', 'clicks'))?.partitions).toBe(4);
  });

  test('are destroyed, with their brokers', async () => {
    await deployment.destroy();
    expect(deployment.standIn.clusters).toEqual([]);
  });
});
