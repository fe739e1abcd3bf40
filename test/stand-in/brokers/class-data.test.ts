import fs from 'node:fs';
import path from 'node:path';
import { type Artifacts, prepareArtifacts, sharing } from '../../../local/kafka/artifacts';
import { ensureClassData } from '../../../local/kafka/class-data';
import { CACHE_ROOT, removeFolder, scratchFolder, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

const KAFKA = { kafkaVersion: '3.9.2' };

describe('ensureClassData', () => {
  const cacheRoot = scratchFolder();
  let artifacts: Artifacts;

  /** The jars of this checkout in another folder. */
  beforeAll(async () => {
    const { archive } = await prepareArtifacts({ cacheRoot: CACHE_ROOT, ...KAFKA });
    const jars = path.join(path.dirname(archive), 'lib');
    const copy = path.join(cacheRoot, path.relative(CACHE_ROOT, jars));
    fs.cpSync(jars, copy, { recursive: true, preserveTimestamps: true });
    artifacts = await prepareArtifacts({ cacheRoot, ...KAFKA });
  });

  afterAll(() => removeFolder(cacheRoot));

  const archives = () => [artifacts.archive, artifacts.clientArchive];
  const sizes = () => archives().map((file) => fs.statSync(file).size);

  test('is needed where the jars are new: archives of jars elsewhere would be refused', async () => {
    const others = await prepareArtifacts({ cacheRoot: CACHE_ROOT, ...KAFKA });

    expect(path.basename(artifacts.archive)).not.toBe(path.basename(others.archive));
    expect(sharing(...archives())).toEqual([]);
  });

  test('replaces a broken archive, and keeps whole ones', async () => {
    fs.writeFileSync(artifacts.archive, 'broken');
    await ensureClassData({ cacheRoot, ...KAFKA });
    const made = sizes();
    expect(Math.min(...made)).toBeGreaterThan(1_000_000);
    const before = archives().map((file) => fs.statSync(file).mtimeMs);
    await ensureClassData({ cacheRoot, ...KAFKA });

    expect(archives().map((file) => fs.statSync(file).mtimeMs)).toEqual(before);
    expect(fs.readdirSync(path.dirname(artifacts.archive)).sort()).toEqual(
      [...archives().map((file) => path.basename(file)), 'lib'].sort(),
    );
  });

  test('makes what a JVM is started with', () => {
    expect(sharing(...archives())).toContain(`-XX:SharedArchiveFile=${artifacts.archive}`);
  });
});
