import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../testkit/native';

const PEERS = ['aws-cdk-lib', 'constructs'];

/** An empty app with the packed library and its peers, laid out as npm does. */
export interface InstalledPackage {
  readonly app: string;
  /** Size of the tarball, in MB. */
  readonly size: number;
  /** Size of the worker's bundle, in KB. */
  readonly workerSize: number;
  /** Number of packages that npm would install in addition, not counting the peers. */
  readonly dependencies: number;
  remove(): void;
}

export function installPackage(): InstalledPackage {
  const app = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-bench-'));
  const tarball = path.join(app, pack(app));
  const packed = path.join(app, 'node_modules', 'cdk-msk');
  fs.mkdirSync(packed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', packed]);
  for (const peer of PEERS) fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(app, 'node_modules', peer));
  return {
    app,
    size: fs.statSync(tarball).size / 1_000_000,
    workerSize: fs.statSync(path.join(packed, 'assets', 'worker', 'index.mjs')).size / 1000,
    dependencies: dependenciesOf(path.join(packed, 'package.json')),
    remove: () => fs.rmSync(app, { recursive: true, force: true }),
  };
}

function pack(folder: string): string {
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(said.slice(said.lastIndexOf('\n['))) as { filename: string }[])[0].filename; // the build prints, too
}

function dependenciesOf(manifest: string): number {
  const read = JSON.parse(fs.readFileSync(manifest, 'utf8')) as Record<string, Record<string, string> | undefined>;
  const kinds = ['dependencies', 'optionalDependencies', 'bundledDependencies', 'peerDependencies'];
  const names = kinds.flatMap((kind) => Object.keys(read[kind] ?? {}));
  return names.filter((name) => !PEERS.includes(name)).length;
}
