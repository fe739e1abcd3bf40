import type { Parameters } from 'fast-check';

/**
 * How many cases a property is shown. They are the same ones each time, so that a change is judged by what it changes;
 * `npm run test:explore` shows it others, and more of them.
 */
export function cases<T>(numRuns: number): Parameters<T> {
  const { EXPLORE_SEED: seed = '1', EXPLORE_TIMES: times = '1' } = process.env;
  return { seed: Number(seed), numRuns: numRuns * Number(times) };
}
