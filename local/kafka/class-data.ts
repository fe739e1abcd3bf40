import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exists } from '../files';
import { javaTool, prepareArtifacts, type Artifacts, type ArtifactsOptions } from './artifacts';
import { BrokerSet } from './broker-set';
import { Inspector } from './inspector';

const run = promisify(execFile);

/**
 * Creates the class-data archives of a Kafka version, unless they exist and the JVM can use them. Brokers and a client
 * perform typical operations once, and the classes that they have loaded are archived.
 *
 * @see https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
 */
export async function ensureClassData(options: ArtifactsOptions): Promise<void> {
  const artifacts = await prepareArtifacts(options);
  const { archive, clientArchive } = artifacts;
  const usable = await Promise.all([archive, clientArchive].map((file) => isUsable(file, artifacts)));
  if (!usable.includes(false)) return;
  await Promise.all([archive, clientArchive].map((file) => fs.rm(file, { force: true })));
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'cdk-msk-class-data-'));
  try {
    await learn(folder, options);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** With `-Xshare:on`, a JVM that cannot use the archive fails. With `auto`, it would silently ignore it. */
async function isUsable(archive: string, { classpath }: Artifacts): Promise<boolean> {
  if (!(await exists(archive))) return false;
  const options = ['-XX:+UseSerialGC', `-XX:SharedArchiveFile=${archive}`, '-Xshare:on', '-cp', classpath, '-version'];
  return run(javaTool('java'), options).then(
    () => true,
    () => false,
  );
}

/** Creates both archives. The set archives the classes of broker 1 when it stops. */
async function learn(folder: string, options: ArtifactsOptions): Promise<void> {
  const set = await BrokerSet.start({
    ...options,
    dir: path.join(folder, 'set'),
    sharedDir: path.join(folder, 'shared'),
  });
  const { artifacts, bootstrap, certificates } = set;
  const training = `${artifacts.clientArchive}.${randomUUID()}`;
  try {
    const inspector = Inspector.start({
      artifacts,
      bootstrap: bootstrap.tls,
      certificatesDir: certificates.dir,
      training,
    });
    await useTopics(set, inspector).finally(() => inspector.stop());
    await fs.rename(training, artifacts.clientArchive);
  } finally {
    await set.stop();
  }
}

async function useTopics(set: BrokerSet, inspector: Inspector): Promise<void> {
  await inspector.createTopic('used', { partitions: 2 });
  await set.settled();
  await inspector.produce('used', 10);
  await inspector.consumeCount('used');
  await inspector.alterConfigs('used', { set: { 'retention.ms': '60000' } });
  await inspector.createPartitions('used', 3);
  await set.settled();
  await inspector.topics();
  await inspector.deleteTopic('used');
}
