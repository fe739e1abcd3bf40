import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BrokerSet, type BrokerSetOptions } from '../../../../local/kafka/broker-set';
import { Inspector } from '../../../../local/kafka/inspector';
import { until } from '../../../../local/readiness';

/** Downloads are shared by all test runs of this checkout. */
export const CACHE_ROOT = path.resolve(__dirname, '../../../../.cache');

/** Long enough to download the jars in the first run on a machine. */
export const TEST_LIMIT_MS = 480_000;

/** A folder for one test file. */
export function scratchFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-brokers-'));
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

export function startSet(folder: string, options: Partial<BrokerSetOptions> = {}): Promise<BrokerSet> {
  const kafkaVersion = process.env.STAND_IN_KAFKA_VERSION ?? '3.9.2'; // so that one suite can test all versions
  const places = { dir: path.join(folder, 'set'), sharedDir: path.join(folder, 'shared'), cacheRoot: CACHE_ROOT };
  return BrokerSet.start({ ...places, kafkaVersion, ...options });
}

export function inspect({ artifacts, bootstrap, certificates }: BrokerSet): Inspector {
  return Inspector.start({ artifacts, bootstrap: bootstrap.tls, certificatesDir: certificates.dir });
}

/** Waits for a condition. Tests never wait for a fixed time. */
export function eventually(isSo: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
  return until(isSo, { deadline: Date.now() + seconds * 1000, what: () => isSo.toString() });
}

/** Whether a process is running. A zombie is not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !fs.existsSync(stat) || !/\) Z /.test(fs.readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
