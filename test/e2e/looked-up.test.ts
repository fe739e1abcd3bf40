import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Deployment } from './support/deployment';
import type { LookedUpScenario } from './support/looked-up-scenario';

/** The parts of the template that depend on what was looked up. */
interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-looked-up-'));
let deployment: Deployment<LookedUpScenario>;

beforeAll(async () => {
  deployment = await Deployment.start<LookedUpScenario>({ entry: 'test/e2e/apps/looked-up-app.ts', folder });
  await deployment.deploy({ isLookedUp: false });
});

afterAll(async () => {
  await deployment?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const propertiesOf = ({ Resources }: Template, type: string) =>
  Object.values(Resources).filter(({ Type }) => Type === type)[0].Properties;

describe('By the real cdk, in a VPC that is looked up', () => {
  test('the first synthesis goes through and looks it up', async () => {
    const template = await deployment.synthesize<Template>({ isLookedUp: true }, 'Streaming');

    const kept = Object.keys(JSON.parse(fs.readFileSync(path.join(folder, 'cdk.context.json'), 'utf8')) as object);
    expect(kept.map((key) => key.split(':')[0])).toEqual(expect.arrayContaining(['ssm', 'vpc-provider']));
    const { ClientSubnets } = propertiesOf(template, 'AWS::MSK::Cluster').BrokerNodeGroupInfo as Record<string, object>;
    expect(ClientSubnets).toHaveLength(3);
    expect(propertiesOf(template, 'Custom::KafkaTopic').TopicName).not.toMatch(/dummy/);
  });
});
