import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { compare, type Comparison, type Rounds } from './medians';

const run = promisify(execFile);

/**
 * What the same resources are defined with instead of the library: L1 resources by hand, or the CDK's own L2
 * constructs.
 */
export type Rival = 'by-hand' | 'by-l2';

/** Compares whole processes, as `cdk` starts them: the app in JavaScript, the libraries as installed. */
export async function synthesis(app: string, rival: Rival, rounds: Rounds): Promise<Comparison> {
  const [ourApp, theirApp] = ['library', rival].map((name) => compile(`${name}-app`, app));
  const [ourOut, theirOut] = ['library', rival].map((name) => path.join(app, `${name}.out`));
  const ours = () => synthesize(ourApp, ourOut);
  const theirs = () => synthesize(theirApp, theirOut);
  await Promise.all([ours(), theirs()]);
  mustBeAlike(typesOf(ourOut), typesOf(theirOut));
  return compare({ ours, theirs }, rounds);
}

const LOADED = {
  ours: `require('cdk-msk').ProvisionedCluster`,
  theirs: `require('aws-cdk-lib').Resource`,
};

/** Compares whole processes that load a class: the largest one of the library, and the class of the CDK that it extends. */
export function loading(app: string, rounds: Rounds): Promise<Comparison> {
  const load = (code: string) => async () => {
    await run(process.execPath, ['-e', code], { cwd: app });
  };
  return compare({ ours: load(LOADED.ours), theirs: load(LOADED.theirs) }, rounds);
}

function compile(name: string, folder: string): string {
  const outfile = path.join(folder, `${name}.js`);
  const entryPoints = [path.join(__dirname, 'synthesis', `${name}.ts`)];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', packages: 'external', tsconfigRaw: '{}' });
  return outfile;
}

async function synthesize(app: string, outdir: string): Promise<void> {
  const env = { ...process.env, CDK_VALIDATION: 'false' }; // it would take most of the time on both sides
  await run(process.execPath, [app, outdir], { env });
}

function typesOf(outdir: string): string[] {
  const { Resources } = JSON.parse(fs.readFileSync(path.join(outdir, 'Bench.template.json'), 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  return Object.values(Resources).map(({ Type }) => Type);
}

/** Fails if the two do not define the same resources, since their times would not be comparable. */
function mustBeAlike(ours: string[], theirs: string[]): void {
  const count = (types: string[], wanted: string) => types.filter((type) => type === wanted).length;
  const kinds = [...new Set([...ours, ...theirs])];
  const different = kinds.filter((type) => count(ours, type) !== count(theirs, type));
  if (different.length > 0) throw new Error(`the two sides define different resources: ${different.join(', ')}`);
}
