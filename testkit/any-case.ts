import type { Parameters } from 'fast-check';

/**
 * The number of cases of a property test. They are the same in every run, so that a failure belongs to the change.
 * `npm run test:explore` uses other cases, and more of them.
 */
export function cases<T>(numRuns: number): Parameters<T> {
  const { EXPLORE_SEED: seed = '1', EXPLORE_TIMES: times = '1' } = process.env;
  return { seed: Number(seed), numRuns: numRuns * Number(times) };
}
