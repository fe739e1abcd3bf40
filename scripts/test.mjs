// Runs all suites, several parts in parallel, and writes the sums to test-results/summary.json.
//   node scripts/test.mjs [LAYER ...]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const results = path.join(root, 'test-results');
/**
 * Puts the tools of node_modules, including Node.js, before those of the machine, also if npm does not start this
 * script.
 */
const PATH = [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);

/**
 * The number of parts of each layer. With many small parts all lanes end at about the same time; each part costs a
 * second of Jest.
 */
const SHARDS = {
  e2e: 6,
  broker: 4,
  'stand-in': 3,
  unit: 2,
  house: 1,
  'newest-unit': 1,
  'newest-templates': 1,
  templates: 1,
  package: 1,
};

const shardsOf = (name) => Array.from({ length: SHARDS[name] }, (_, index) => `${name} ${index + 1}/${SHARDS[name]}`);

/** All parts, the longest first. Parts that only compute run next to parts that wait for brokers. */
const PARTS = [
  ...['e2e 4/6', 'e2e 1/6', 'house 1/1', 'e2e 3/6', 'e2e 5/6', 'broker 3/4', 'newest-unit 1/1', 'unit 1/2'],
  ...['broker 2/4', 'unit 2/2', 'newest-templates 1/1'],
  ...Object.keys(SHARDS).flatMap(shardsOf),
]
  .filter((part, index, all) => all.indexOf(part) === index)
  .map((part) => ({ name: part.split(' ')[0], shard: part.split(' ')[1] }));
/** More than the number of cores, since most parts wait for brokers now and then; each part has brokers of its own. */
const LANES = 3;

/** Removes the folders of runs that were killed before they could remove them. */
function removeLeftovers() {
  const isRunning = (pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (const name of fs.readdirSync(os.tmpdir())) {
    const [, pid] = /^cdk-msk-test-(\d+)-/.exec(name) ?? [];
    if (pid && !isRunning(Number(pid))) fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

/** Gives each part its own temporary folder, which is removed when the part ends. */
async function run(part) {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), `cdk-msk-test-${process.pid}-`));
  try {
    return await runIn(temporary, part);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runIn(TMPDIR, { name, shard }) {
  const outputFile = path.join(results, `${name}-${shard[0]}.json`);
  const args = ['--selectProjects', name, '--shard', shard, '--maxWorkers', '1', '--json', '--outputFile', outputFile];
  // the CDK's validator is slow, so only the layer that needs it runs it
  const CDK_VALIDATION = name.endsWith('templates') ? 'true' : 'false';
  const env = { ...process.env, PATH, TMPDIR, CDK_VALIDATION, NODE_NO_WARNINGS: '1' };
  const jest = spawn('jest', args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = await once(jest, 'close');
  if (!fs.existsSync(outputFile)) return { name, passed: 0, failed: 1 };
  const { numFailedTests, numPassedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(outputFile, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { name, passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** Each lane takes the next part when it has finished one. */
async function runAll(waiting) {
  const sums = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) sums.push(await run(next));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sums;
}

const sumOf = (sums, key) => sums.reduce((sum, one) => sum + one[key], 0);
const told = (sums) => ({ passed: sumOf(sums, 'passed'), failed: sumOf(sums, 'failed') });

removeLeftovers();
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results);
const wanted = process.argv.slice(2);
const chosen = PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const layers = [...new Set(chosen.map(({ name }) => name))];
const sums = await runAll(chosen);
for (const layer of layers) {
  const { failed, passed } = told(sums.filter(({ name }) => name === layer));
  console.log(`${layer.padEnd(10)} ${passed} passed, ${failed} failed`);
}
const total = told(sums);
fs.writeFileSync(path.join(results, 'summary.json'), JSON.stringify(total));
process.exitCode = total.failed === 0 && layers.length > 0 ? 0 : 1;
