import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DescribeTopicCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { Deployment } from './support/deployment';
import { countOf, producing, rightsOf } from './support/client-of';
import type { ExistingScenario, Scenario } from './support/scenario';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-existing-'));
let deployment: Deployment;
let clusterArn: string;

beforeAll(async () => {
  deployment = await Deployment.start({ entry: 'test/e2e/apps/existing-app.ts', folder });
});

afterAll(async () => {
  await deployment?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The logical ID of the topic that MSK's API manages, as `cdk synth` prints it. */
const MOVED = 'OldTopicsmovedMskApi7CEDE074';

const scenario = (existing: ExistingScenario = {}): Scenario => ({ topics: {}, existing });
const deploy = (existing?: ExistingScenario) => deployment.deploy(scenario(existing));
const sorted = (list: string) => list.split(',').sort().join(',');
const saslIam = () => sorted(deployment.standIn.clusters[0].bootstrap.saslIam);

/** The number of alarms of a stack, and the permissions of its client, with real ARNs and names. */
async function watchedAndGranted(stackName: string): Promise<[number, string[]]> {
  const { ClientRole } = await deployment.outputs(stackName);
  const aws = deployment.aws();
  return [await countOf('AWS::CloudWatch::Alarm', stackName, aws), await rightsOf(ClientRole, aws)];
}

// the tests depend on each other: each continues where the previous one ended
describe('By the real cdk, a cluster that this library did not make', () => {
  test('has topics, grants, alarms and bootstrap brokers as the alpha L2', async () => {
    await deploy();
    expect(await deployment.topic('by-alpha')).toMatchObject({ partitions: 3, replicationFactor: 3 });
    const outputs = await deployment.outputs('Platform');
    expect(outputs.Brokers9098).toBe(saslIam());
    clusterArn = outputs.Arn;
    const [alarms, rights] = await watchedAndGranted('Platform');
    expect(alarms).toBeGreaterThan(5);
    expect(rights).toEqual(expect.arrayContaining(producing(clusterArn)));
  });

  test('has them by its ARN', async () => {
    await deploy({ clusterArn });
    expect(await deployment.topic('by-arn')).toMatchObject({ partitions: 3, replicationFactor: 3 });
    expect((await deployment.outputs('ByArn')).Brokers9098).toBe(saslIam());
    const [alarms, rights] = await watchedAndGranted('ByArn');
    expect(alarms).toBeGreaterThan(5);
    expect(rights).toEqual(expect.arrayContaining(producing(clusterArn)));
  });

  test('has them by its name, and is asked for it once', async () => {
    await deploy({ clusterArn, lookup: true });
    expect(await deployment.topic('by-lookup')).toMatchObject({ partitions: 3, replicationFactor: 3 });
    expect((await deployment.outputs('Found')).Brokers9098).toBe(saslIam());
    const kept = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.context.json'), 'utf8')) as object;
    expect(Object.keys(kept).filter((key) => key.startsWith('cc-api-provider:'))).toHaveLength(5);
    expect(await deploy({ clusterArn, lookup: true })).toMatch(/Found \(no changes\)/);
  });

  test('is the same by its ARN, which asks no further question', async () => {
    const file = path.join(folder, 'cdk.context.json');
    const before = fs.readFileSync(file, 'utf8');
    expect(await deploy({ clusterArn, lookup: { clusterArn } })).toMatch(/Found \(no changes\)/);
    expect(fs.readFileSync(file, 'utf8')).toBe(before);
  });

  test('refuses a name that no cluster has, and names the way out', async () => {
    const { code, output } = await deployment.tryToDeploy(scenario({ clusterArn, lookup: { clusterName: 'older' } }));
    const told = /Could not find any resources matching .*"older"[^]*set 'clusterArn' in place of[^]*\[LookupFailed\]/;
    expect([code, output]).toEqual([1, expect.stringMatching(told)]);
  });

  test('refuses brokers that it does not have', async () => {
    const { code, output } = await deployment.tryToDeploy(scenario({ clusterArn, scram: true }));
    expect([code, output]).toEqual([1, expect.stringMatching(/NoBootstrapBrokers: .* SaslScram; it has SaslIam/)]);
    expect(await deployment.stackStatus('ByArn')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});

/** A topic as MSK's API describes it, with its configs. */
async function byApi(TopicName: string) {
  const { Configs = '', ...topic } = await new KafkaClient(deployment.aws()).send(
    new DescribeTopicCommand({ ClusterArn: clusterArn, TopicName }),
  );
  return { ...topic, configs: JSON.parse(Buffer.from(Configs, 'base64').toString()) as object };
}

describe('By the real cdk, a topic of TopicBackend.mskApi', () => {
  test('is made, grown and set on the brokers', async () => {
    await deploy({ clusterArn, moved: 'mskApi', configs: { 'retention.ms': '1000000' } });
    const configs = { 'retention.ms': '1000000' };
    expect(await deployment.topic('moved')).toMatchObject({ partitions: 3, configs });
    expect(await byApi('moved')).toMatchObject({ PartitionCount: 3, ReplicationFactor: 3, Status: 'ACTIVE', configs });
    await deploy({ clusterArn, moved: 'mskApi', partitionCount: 6 });
    expect(await deployment.topic('moved')).toMatchObject({ partitions: 6, configs: {} });
  });

  test('moves to the data plane with its records', async () => {
    await (await deployment.inspector()).produce('moved', 50);
    const before = await deployment.topic('moved');
    await deploy({ clusterArn, moved: 'adopted', partitionCount: 6 });
    expect(await deployment.topic('moved')).toEqual(before);
    expect(before?.latestOffset).toBe(50);
  });

  test('does not take over what the data plane has, and harms no record', async () => {
    const before = await deployment.topic('moved');
    const { code, output } = await deployment.tryToDeploy(scenario({ clusterArn, moved: 'mskApi', partitionCount: 6 }));
    expect([code, output]).toEqual([1, expect.stringMatching(/Topic moved already exists/)]);
    expect(await deployment.topic('moved')).toEqual(before);
  });

  test('stays with its records when it leaves the stack', async () => {
    await deploy({ clusterArn });
    expect(await deployment.topic('moved')).toMatchObject({ partitions: 6, latestOffset: 50 });
  });

  test('takes over what the data plane had by cdk import, with its records', async () => {
    const before = await deployment.topic('moved');
    const back = scenario({ clusterArn, moved: 'mskApi', partitionCount: 6 });
    const TopicArn = `${clusterArn.replace(':cluster/', ':topic/')}/moved`;
    await deployment.import(back, 'ByArn', { [MOVED]: { TopicArn } });
    expect(await deployment.stackStatus('ByArn')).toBe('IMPORT_COMPLETE');
    expect(await deployment.topic('moved')).toEqual(before);
  });

  test('manages it from then on', async () => {
    await deploy({ clusterArn, moved: 'mskApi', partitionCount: 7 });
    expect(await deployment.topic('moved')).toMatchObject({ partitions: 7, latestOffset: 50 });
  });
});
