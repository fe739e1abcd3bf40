import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../testkit/native';
import type { RealCluster } from '../testkit/real-cluster';
import { lambdaEnvironment } from '../testkit/real-worker';
import { aCreation } from './ground';
import { compare, type Comparison, type Rounds } from './medians';

const run = promisify(execFile);

/**
 * Measures the time from process start to a visible topic, as at the first call of a deployment, in wall-clock time.
 */
export async function start(real: RealCluster, rounds: Rounds): Promise<Comparison> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-bench-'));
  const peer = path.join(folder, 'kafkajs.mjs');
  bundle(path.join(__dirname, 'peers', 'kafkajs.ts'), peer);
  const worker = path.join(ROOT, 'assets', 'worker', 'index.mjs');
  const first = (bundled: string, topicName: string) => {
    const event = JSON.stringify(aCreation(real, { topicName }));
    const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', ...lambdaEnvironment(real) };
    return run(process.execPath, [path.join(__dirname, 'peers', 'cold-start.mjs'), bundled, event], { env });
  };
  const ours = async (round: number) => void (await first(worker, `started-${round}`));
  const theirs = async (round: number) => void (await first(peer, `started-by-kafkajs-${round}`));
  return compare({ ours, theirs }, rounds).finally(() => fs.rmSync(folder, { recursive: true }));
}

/** Bundles the peer as the worker is bundled, including the parts of the SDK that the signer needs. */
function bundle(entry: string, outfile: string): void {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'bundle.mjs'), entry, outfile, '--with-sdk']);
}
