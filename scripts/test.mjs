// Runs all suites, one layer after the other, and writes the sums to test-results/summary.json.
//   node scripts/test.mjs [LAYER ...]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const results = path.join(root, 'test-results');

/** Where processes compete for two cores, what is measured in time would fail for want of it. */
const LAYERS = [
  { name: 'unit', workers: 2 },
  { name: 'house', workers: 1 },
  { name: 'templates', workers: 2 },
  { name: 'broker', workers: 1 },
  { name: 'stand-in', workers: 1 },
  { name: 'e2e', workers: 1 },
  { name: 'package', workers: 1 },
];

function run({ name, workers }) {
  const outputFile = path.join(results, `${name}.json`);
  const args = ['--selectProjects', name, '--maxWorkers', String(workers), '--json', '--outputFile', outputFile];
  // the validator of every synthesis is slow; the strict layers turn it on again by themselves
  const env = { ...process.env, CDK_VALIDATION: name === 'templates' ? 'true' : 'false', NODE_NO_WARNINGS: '1' };
  const jest = spawnSync(path.join(root, 'node_modules/.bin/jest'), args, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!fs.existsSync(outputFile)) return { name, passed: 0, failed: 1 };
  const { numFailedTests, numPassedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(outputFile, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { name, passed: numPassedTests, failed: failed === 0 && jest.status !== 0 ? 1 : failed };
}

fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results);
const wanted = process.argv.slice(2);
const sums = LAYERS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).map(run);
const total = {
  passed: sums.reduce((sum, one) => sum + one.passed, 0),
  failed: sums.reduce((sum, one) => sum + one.failed, 0),
};
for (const { failed, name, passed } of sums) console.log(`${name.padEnd(10)} ${passed} passed, ${failed} failed`);
fs.writeFileSync(path.join(results, 'summary.json'), JSON.stringify(total));
process.exitCode = total.failed === 0 ? 0 : 1;
