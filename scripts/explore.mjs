// Runs the property tests of the engine and the handlers with many cases that CI does not see: npm run test:explore -- --times 50 --seed 7
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { times: { type: 'string' }, seed: { type: 'string' } } });
const [times, seed] = [Number(values.times ?? 50), Number(values.seed ?? Date.now() % 1_000_000)];
if (!Number.isInteger(times) || times < 1 || !Number.isInteger(seed)) {
  throw new Error('--times must be an integer from 1, and --seed an integer');
}
console.log(`seed ${seed}, ${times} times as many cases as in CI`);
const { status } = spawnSync(
  'jest',
  ['--selectProjects', 'unit', '--testTimeout', String(times * 60_000), '--', 'test/unit/engine', 'test/unit/lambda'],
  { stdio: 'inherit', env: { ...process.env, EXPLORE_SEED: String(seed), EXPLORE_TIMES: String(times) } },
);
process.exit(status ?? 1);
