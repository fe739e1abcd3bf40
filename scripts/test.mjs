// Runs all suites, two layers at a time, and writes the sums to test-results/summary.json.
//   node scripts/test.mjs [LAYER ...]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const results = path.join(root, 'test-results');
/** Our own tools before those of the machine, also Node.js, when this is not started by npm. */
const PATH = [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);

/** The longest first, so that both lanes end at about the same time. */
const SIDE_BY_SIDE = ['e2e', 'broker', 'stand-in', 'house', 'templates', 'unit'];
/** It builds beside the sources, where the others would find what it built. */
const ALONE = ['package'];
const LANES = 2;

async function run(name) {
  const outputFile = path.join(results, `${name}.json`);
  const args = ['--selectProjects', name, '--maxWorkers', '1', '--json', '--outputFile', outputFile];
  // the validator of every synthesis is slow; the strict layers turn it on again by themselves
  const env = { ...process.env, PATH, CDK_VALIDATION: name === 'templates' ? 'true' : 'false', NODE_NO_WARNINGS: '1' };
  const jest = spawn('jest', args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = await once(jest, 'close');
  if (!fs.existsSync(outputFile)) return { name, passed: 0, failed: 1 };
  const { numFailedTests, numPassedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(outputFile, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { name, passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** Each lane takes the next layer when it is done with one. */
async function runAll(layers, lanes) {
  const waiting = [...layers];
  const sums = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) sums.push(await run(next));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return sums;
}

fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results);
const wanted = process.argv.slice(2);
const chosen = (layers) => layers.filter((name) => wanted.length === 0 || wanted.includes(name));
const sums = [...(await runAll(chosen(SIDE_BY_SIDE), LANES)), ...(await runAll(chosen(ALONE), 1))];
const total = {
  passed: sums.reduce((sum, one) => sum + one.passed, 0),
  failed: sums.reduce((sum, one) => sum + one.failed, 0),
};
for (const { failed, name, passed } of sums) console.log(`${name.padEnd(10)} ${passed} passed, ${failed} failed`);
fs.writeFileSync(path.join(results, 'summary.json'), JSON.stringify(total));
process.exitCode = total.failed === 0 ? 0 : 1;
