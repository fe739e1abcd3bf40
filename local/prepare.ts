import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { preparePython } from './emulator/python';
import { prepareArtifacts } from './kafka/artifacts';
import { ensureClassData } from './kafka/class-data';
import { CACHE_ROOT, DEFAULT_KAFKA } from './stand-in';

const KAFKA = { cacheRoot: CACHE_ROOT, kafkaVersion: DEFAULT_KAFKA };

/** Downloads and builds everything that the stand-in needs, if it is missing. Both downloads run in parallel. */
async function prepare(): Promise<void> {
  const timed = async (what: string, work: Promise<unknown>) => {
    const begun = Date.now();
    await work;
    const seconds = (Date.now() - begun) / 1000;
    if (seconds > 1) console.log(`▸ ${what} … ${seconds.toFixed(1)} s`);
  };
  await Promise.all([
    timed('Downloading the AWS emulator (pip)', preparePython(CACHE_ROOT)),
    timed(`Downloading Apache Kafka ${DEFAULT_KAFKA} (Maven)`, prepareArtifacts(KAFKA)).then(() =>
      timed(`Creating the class-data archives of Apache Kafka ${DEFAULT_KAFKA}`, ensureClassData(KAFKA)),
    ),
  ]);
  execFileSync(process.execPath, [path.join(__dirname, '../scripts/bundle.mjs')], { stdio: 'inherit' });
}

prepare().catch((error: Error) => {
  console.error(`\n✗ ${error.message}`);
  process.exitCode = 1;
});
