import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { eventually, removeFolder, runs, scratchFolder, startSet, TEST_LIMIT_MS } from './support/scratch';

jest.setTimeout(TEST_LIMIT_MS);

/** Processes whose command line names the folder. */
function processesOf(folder: string): string[] {
  const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes('BrokerProcess') && line.includes(folder));
}

describe('The brokers of a set', () => {
  let folder: string;

  beforeEach(() => {
    folder = scratchFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });

  test('end when their owner is killed, the frozen one too', async () => {
    const owner: ChildProcess = spawn(process.execPath, [
      '--import',
      'tsx',
      path.join(__dirname, 'support/owner.ts'),
      folder,
    ]);
    try {
      const lines = readline.createInterface({ input: owner.stdout as NodeJS.ReadableStream });
      const [line] = (await once(lines, 'line')) as [string];
      const pids = JSON.parse(line) as number[];
      expect(pids.filter(runs)).toHaveLength(4);
      owner.kill('SIGKILL');

      await eventually(() => !pids.some(runs));
    } finally {
      owner.kill('SIGKILL');
    }
  });

  test('end at their time to live, be it before they are ready', async () => {
    const start = startSet(folder, { brokers: 1, ttlSeconds: 1 });

    await expect(start).rejects.toThrow('Time to live of 1 s is over');
    expect(processesOf(folder)).toEqual([]);
  });

  test('are gone, with their folder, when one cannot start', async () => {
    const start = startSet(folder, { serverProperties: { 'num.partitions': 'many' } });

    await expect(start).rejects.toThrow(/Node \d+ of Kafka \S+ ended while it was starting[^]*num\.partitions/);
    expect(processesOf(folder)).toEqual([]);
    expect(fs.existsSync(path.join(folder, 'set'))).toBe(false);
  });

  test('are not started when their Kafka version does not exist', async () => {
    const start = startSet(folder, { kafkaVersion: '3.9.999', cacheRoot: path.join(folder, 'cache') });

    await expect(start).rejects.toThrow(/mvn failed[^]*3\.9\.999/);
    expect(fs.readdirSync(path.join(folder, 'cache/kafka'))).toEqual([]);
  });
});
