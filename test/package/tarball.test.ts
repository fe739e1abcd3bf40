import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { ROOT } from '../../testkit/native';
import { codeBlocksOf, compileErrors } from './markdown-code';

const app = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-app-'));
const packed = path.join(app, 'node_modules', 'cdk-msk');
let tarball: string;

/** A copy of the sources, since packing builds files next to them, which other tests would load. */
const sources = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-sources-'));
const BUILT_OR_BIG = ['.cache', '.git', 'assets', 'cdk.out', 'node_modules', 'test', 'test-results'];

function copySources(): void {
  for (const name of fs.readdirSync(ROOT).filter((name) => !BUILT_OR_BIG.includes(name)))
    fs.cpSync(path.join(ROOT, name), path.join(sources, name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(sources, 'node_modules'));
}

/** Installs the tarball in an empty app that has only the peers. */
beforeAll(() => {
  copySources();
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', app], {
    cwd: sources,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  tarball = path.join(app, (JSON.parse(said.slice(said.lastIndexOf('\n['))) as { filename: string }[])[0].filename);
  fs.mkdirSync(path.join(app, 'node_modules'));
  for (const peer of ['aws-cdk-lib', 'constructs'])
    fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(app, 'node_modules', peer));
  fs.mkdirSync(packed);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', packed]);
});

afterAll(() => [app, sources].forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** Loaded before the app: starting a program or opening a connection throws. */
const ALONE = `
const no = (what) => () => { throw new Error('the synthesis tried to ' + what); };
const child = require('node:child_process');
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) child[name] = no('start a program');
require('node:net').Socket.prototype.connect = no('open a connection');
require('node:dns').lookup = no('look up a name');
`;

const APP = `
const { App, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const msk = require('cdk-msk');
const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
const cluster = new msk.ProvisionedCluster(stack, 'Events', { vpc });
cluster.addTopic('orders');
const bundle = () => Object.keys(require.cache).filter((file) => file.includes('assets/schemas'));
if (bundle().length > 0) throw new Error('what checks schemas is loaded without a schema');
const schema = (id, definition) => new msk.TopicSchema(stack, id, { definition });
schema('avro', msk.SchemaDefinition.avro('"string"'));
schema('json', msk.SchemaDefinition.json('{"type":"object"}'));
schema('protobuf', msk.SchemaDefinition.protobuf('syntax = "proto3"; message Order {}'));
for (const format of ['avro', 'json', 'protobuf']) {
  try { schema('bad-' + format, msk.SchemaDefinition[format]('{"type":"none"}')); }
  catch (error) { console.log(/SchemaSyntax/.test(error.message) ? format + ' refused' : error); }
}
app.synth();
`;

/** Runs a program in the app and returns its output. It must succeed and print nothing to standard error. */
function runInApp(file: string, code: string, variables: NodeJS.ProcessEnv = {}): string {
  fs.writeFileSync(path.join(app, file), code);
  const env = { PATH: '/nonexistent', CDK_VALIDATION: 'false', ...variables };
  const { status, stderr, stdout } = spawnSync(process.execPath, [file], { cwd: app, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** A program that makes every call of the API with valid arguments, and synthesizes. */
async function everyCall(outfile: string): Promise<string> {
  fs.cpSync(path.join(ROOT, 'testkit/untyped/versions'), path.join(path.dirname(outfile), 'versions'), {
    recursive: true,
  });
  const contents = `
    import { App, Stack } from 'aws-cdk-lib';
    import { allCalls, perform, validArguments } from './testkit/untyped/calls';
    const calls = allCalls();
    for (const call of calls) {
      const app = new App({ analyticsReporting: false });
      const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
      perform(call, stack, validArguments(call, stack));
      app.synth();
    }
    console.log(calls.length + ' calls');`;
  const packedLibrary: Plugin = {
    name: 'packed-library',
    setup: (build) => build.onResolve({ filter: /^(\.\.\/)+lib$/ }, () => ({ path: 'cdk-msk', external: true })),
  };
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: ROOT },
    ...{ bundle: true, platform: 'node', packages: 'external', write: false, tsconfigRaw: '{}' },
    plugins: [packedLibrary],
  });
  return outputFiles[0].text;
}

describe('The packed tarball', () => {
  test('holds the library, the bundled handlers with their licences, and no source', () => {
    const files = fs.readdirSync(packed, { recursive: true, encoding: 'utf8' });
    for (const file of [
      '.jsii',
      'LICENSE',
      'README.md',
      'assets/schemas/index.js',
      'assets/schemas/THIRD-PARTY-LICENSES.txt',
      'assets/worker/index.mjs',
      'assets/worker/THIRD-PARTY-LICENSES.txt',
      'lib/index.d.ts',
    ]) {
      expect(files).toContain(file);
    }
    const strangers = files.filter(
      (file) => /(^|\/)(test|lambda|local|bin|examples|docs)(\/|$)/.test(file) || /(?<!\.d)\.ts$/.test(file),
    );
    expect(strangers).toEqual([]);
  });

  test('takes no dependency but its peers, and at most 3 MB', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(packed, 'package.json'), 'utf8')) as Record<
      string,
      object | undefined
    >;
    expect([manifest.dependencies, manifest.bundledDependencies]).toEqual([undefined, undefined]);
    expect(fs.statSync(tarball).size).toBeLessThanOrEqual(3 * 1024 * 1024);
  });

  test('holds a worker of at most 200 KB', () => {
    expect(fs.statSync(path.join(packed, 'assets/worker/index.mjs')).size).toBeLessThanOrEqual(200_000);
  });

  test('synthesizes in an empty app, without starting a program or opening a connection', () => {
    fs.writeFileSync(path.join(app, 'alone.js'), ALONE);
    fs.writeFileSync(path.join(app, 'app.js'), APP);
    const env = { PATH: '/nonexistent', CDK_VALIDATION: 'false' };
    const { status, stderr, stdout } = spawnSync(process.execPath, ['-r', './alone.js', 'app.js'], {
      cwd: app,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('avro refused\njson refused\nprotobuf refused\n');
    const template = JSON.parse(fs.readFileSync(path.join(app, 'cdk.out/Shop.template.json'), 'utf8')) as {
      Resources: object;
    };
    expect(Object.values(template.Resources).map(({ Type }: { Type: string }) => Type)).toContain('Custom::KafkaTopic');
  });

  test('names its exports to ES modules', () => {
    const code =
      "import { Topic, KafkaVersion } from 'cdk-msk'; console.log(Topic.name, KafkaVersion.V3_9_X_KRAFT.version);";
    expect(runInApp('module.mjs', code)).toBe('Topic 3.9.x.kraft\n');
  });

  test('exports every class and enum of its jsii manifest', () => {
    const { types } = JSON.parse(fs.readFileSync(path.join(packed, '.jsii'), 'utf8')) as {
      types: Record<string, { kind: string; name: string }>;
    };
    const declared = Object.values(types).filter(({ kind }) => kind !== 'interface');
    const exported = runInApp('names.js', "console.log(Object.keys(require('cdk-msk')).join());").trim().split(',');
    expect(declared.length).toBeGreaterThanOrEqual(50);
    expect(exported.sort()).toEqual(declared.map(({ name }) => name).sort());
  });

  test('evaluates a part of itself when an export of it is used', () => {
    const code = `
      const loaded = (name) => Object.keys(require.cache).some((file) => file.includes(name));
      const msk = require('cdk-msk');
      const before = loaded('aws-cdk-lib');
      if (msk.BrokerInstanceType !== msk.BrokerInstanceType) throw new Error('each use loads another class');
      const after = loaded('aws-cdk-lib/core/lib/resource.js');
      msk.Topic;
      console.log(JSON.stringify([before, after, loaded('aws-cdk-lib/core/lib/resource.js'), loaded('aws-lambda')]));`;
    expect(JSON.parse(runInApp('lazy.js', code))).toEqual([false, false, true, false]);
  });

  test('names its functions in a stack trace, and their files with source maps', () => {
    const code = `
      try { require('cdk-msk').SchemaDefinition.avroFile('missing.avsc'); } catch (error) { console.log(error.stack); }`;
    expect(runInApp('trace.js', code)).toMatch(/avroFile \(.*cdk-msk\/lib\/index\.js:\d+:\d+/);
    expect(runInApp('trace.js', code, { NODE_OPTIONS: '--enable-source-maps' })).toMatch(
      /cdk-msk\/lib\/integrations\/schemas\/schema-definition\.js:\d+:\d+/,
    );
  });

  test('refuses what JavaScript may hand over, in one line', () => {
    const code = `
      const { ProvisionedCluster } = require('cdk-msk');
      const { Stack } = require('aws-cdk-lib');
      try { new ProvisionedCluster(new Stack(), 'Events', { instanceTyp: 'kafka.m7g.large' }); } catch (error) { console.log(error.message); }`;
    expect(runInApp('untyped.js', code)).toBe(
      [
        "Invalid configuration at 'Default/Events (ProvisionedCluster)':",
        "  - 'vpc' is required; set it to an IVpc, such as new Vpc(…) [PropertyMissing]",
        "  - 'instanceTyp' is not a property of ProvisionedClusterProps; did you mean 'instanceType'? [PropertyMisspelt]",
        '',
      ].join('\n'),
    );
  });

  test('can do everything that its API offers', async () => {
    const code = await everyCall(path.join(app, 'every-call.js'));
    expect(runInApp('every-call.js', code)).toMatch(/^\d{3} calls\n$/);
  });

  test('works with a cluster of a second copy of itself', () => {
    fs.cpSync(packed, path.join(app, 'node_modules', 'second-copy'), { recursive: true });
    const code = `
      const { App, Stack } = require('aws-cdk-lib');
      const ec2 = require('aws-cdk-lib/aws-ec2');
      const { Topic } = require('cdk-msk');
      const { ProvisionedCluster } = require('second-copy');
      const app = new App({ outdir: 'two-copies.out' });
      const stack = new Stack(app, 'Shop');
      const cluster = new ProvisionedCluster(stack, 'Events', { vpc: new ec2.Vpc(stack, 'Vpc') });
      new Topic(stack, 'Orders', { cluster });
      const types = Object.values(app.synth().stacks[0].template.Resources).map(({ Type }) => Type);
      console.log(types.includes('Custom::KafkaTopic'), cluster.constructor === require('cdk-msk').ProvisionedCluster);`;
    expect(runInApp('two-copies.js', code)).toBe('true false\n');
  });

  test('leaves nothing built beside the sources', () => {
    const built = fs
      .readdirSync(path.join(sources, 'lib'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(js|d\.ts)$/.test(file));
    expect(built).toEqual([]);
  });
});

describe('The documentation of the packed library', () => {
  const tool = (name: string, ...args: string[]) =>
    spawnSync(path.join(ROOT, 'node_modules/.bin', name), args, {
      cwd: packed,
      encoding: 'utf8',
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
    });

  test('has code in docstrings and README that compiles', () => {
    fs.cpSync(path.join(ROOT, 'rosetta'), path.join(packed, 'rosetta'), { recursive: true });
    const { status, stderr, stdout } = tool(
      'jsii-rosetta',
      'extract',
      '--compile',
      '--strict',
      '--fail',
      '--directory',
      app,
      packed,
    );
    expect([status, status === 0 ? '' : stderr + stdout]).toEqual([0, '']);
  });

  test('has code on every page that compiles', () => {
    const guides = fs.readdirSync(path.join(ROOT, 'docs')).filter((file) => file.endsWith('.md') && file !== 'API.md');
    const pages = ['README.md', ...guides.map((file) => path.join('docs', file))];
    const blocks = pages.flatMap((page) => codeBlocksOf(page, fs.readFileSync(path.join(ROOT, page), 'utf8')));
    expect(blocks.length).toBeGreaterThan(40);
    const fixture = fs.readFileSync(path.join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');
    expect(compileErrors(blocks, app, fixture)).toEqual([]);
  });

  test('is what docs/API.md says; `npm run docs` writes it', () => {
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(packed, 'node_modules')); // it resolves the peers only from there
    const { status, stderr } = tool('jsii-docgen', '-o', 'API.md');
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const [written, stored] = [packed, path.join(ROOT, 'docs')].map((folder) =>
      fs.readFileSync(path.join(folder, 'API.md'), 'utf8'),
    );
    expect(written).toBe(stored);
  });
});
