import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { preparePython } from '../../local/emulator/python';
import { ROOT } from '../../testkit/native';
import { EXAMPLES } from '../../testkit/examples';
import { defineKinds } from '../../testkit/kinds-stack';
import { heldData, readStored } from '../../testkit/held-data';
import { nagFindings } from '../../testkit/nag';

/** Findings of the CDK's own validator are errors here and stop the synthesis. Functions are not bundled. */
const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, 'aws:cdk:bundling-stacks': [] };

/** Called this way because its script contains the path where the environment was created, which has changed. */
const CFN_LINT = 'from cfnlint.runner import main; main()';

const folders: string[] = [];
const aFolder = () => {
  folders.push(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-templates-')));
  return folders[folders.length - 1];
};

afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

function synthesize(
  define: (app: App) => void,
  context: Record<string, unknown>,
): { folder: string; templates: string[] } {
  const folder = aFolder();
  const app = new App({ outdir: folder, context: { ...STRICT, ...context }, analyticsReporting: false });
  define(app);
  app.synth();
  const templates = fs.readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  return { folder, templates: templates.map((file) => path.join(folder, file)) };
}

/** The output of cfn-lint. */
async function lint(templates: string[]): Promise<string> {
  const python = await preparePython(path.join(ROOT, '.cache'));
  // W3005: the CDK writes dependencies that a reference already implies
  const args = ['-c', CFN_LINT, '--ignore-checks', 'W3005', '--', ...templates];
  return spawnSync(python, args, { encoding: 'utf8' }).stdout;
}

describe('The checks of examples', () => {
  const aBadCluster = (app: App) =>
    void new CfnCluster(new Stack(app, 'Bad'), 'Cluster', {
      clusterName: 'bad',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      enhancedMonitoring: 'LOTS',
      brokerNodeGroupInfo: { clientSubnets: ['subnet-0123456789abcdef0'], instanceType: 'kafka.m7g.large' },
    });

  test('are run on every example', () => {
    const folders = fs.readdirSync(path.join(ROOT, 'examples')).filter((folder) => folder !== 'shared');
    expect(folders).toEqual(EXAMPLES.map(({ name }) => name));
  });

  test("find what CDK's validator refuses", () => {
    expect(() => synthesize(aBadCluster, {})).toThrow(/LOTS/);
  });

  test('find what cfn-lint refuses', async () => {
    const lax = { '@aws-cdk/core:validateAgainstDefaultRules': false };
    expect(await lint(synthesize(aBadCluster, lax).templates)).toMatch(/E3030.*LOTS/s);
  });
});

describe('Each kind of cluster', () => {
  test('passes cfn-lint', async () => {
    const lax = { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': false };
    expect(await lint(synthesize(defineKinds, lax).templates)).toBe('');
  });
});

describe.each(EXAMPLES)('The example $name', ({ define, name, own }) => {
  test.each([
    ['as new apps are', flags],
    ['without any feature flag', {}],
  ])("passes the CDK's validator, %s", (_, context) => {
    expect(synthesize(define, context).templates).not.toEqual([]);
  });

  test('passes cfn-lint', async () => {
    expect(await lint(synthesize(define, flags).templates)).toBe('');
  });

  test('has no finding of cdk-nag on what the library defines inside, and keeps its own', () => {
    const findings = nagFindings(define, STRICT);
    const inside = /\/(KafkaProvider|KafkaSchemas|Events|OrderSchema|Delivery|Connection)\//;
    expect(findings.filter((finding) => inside.test(finding))).toEqual([]);
    expect(findings).toContainEqual(expect.stringMatching(own));
  });

  test('holds data under the same logical IDs as ever', () => {
    const { templates } = synthesize(define, flags);
    expect(heldData(templates)).toEqual(readStored(name));
  });
});
