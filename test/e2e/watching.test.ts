import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { cdk, type CdkResult } from '../../local/cdk';
import { StandIn } from '../../local/stand-in';

const output = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-watching-'));
let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});

afterAll(async () => {
  await standIn?.stop();
  fs.rmSync(output, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<CdkResult> =>
  cdk({ entry: 'test/e2e/apps/watching-app.ts', output, environment: standIn.environment() }, args);

/** How many resources of each type CloudFormation has made. */
async function made(): Promise<Record<string, number>> {
  const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY } = standIn.environment();
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const client = new CloudFormationClient({ endpoint: standIn.emulator.url, region: AWS_REGION, credentials });
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: 'Watching' }));
  const types = StackResources.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE');
  return types.reduce<Record<string, number>>(
    (count, { ResourceType = '' }) => ({ ...count, [ResourceType]: (count[ResourceType] ?? 0) + 1 }),
    {},
  );
}

describe('What watches clusters of the three kinds', () => {
  test('deploys with the real cdk, and goes', async () => {
    expect(await run('bootstrap', 'aws://000000000000/us-east-1')).toMatchObject({ code: 0 });
    const { code, output: said } = await run('deploy', '--all', '--require-approval', 'never');
    expect([code, said]).toEqual([0, expect.stringContaining('Watching')]);
    expect(await made()).toMatchObject({
      'AWS::CloudWatch::CompositeAlarm': 2, // Serverless has no critical alarm
      'AWS::CloudWatch::Dashboard': 3,
      'AWS::Logs::MetricFilter': 3,
      'AWS::Events::Rule': 2,
    });
    expect((await made())['AWS::CloudWatch::Alarm']).toBeGreaterThan(40);
    expect(await run('destroy', '--all', '--force')).toMatchObject({ code: 0 });
  });
});
