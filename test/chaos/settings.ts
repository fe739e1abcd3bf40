import { parseArgs } from 'node:util';

export interface Settings {
  readonly minutes: number;
  readonly seed: number;
}

/** Reads `--minutes` and `--seed`, 10 and a random one by default. */
export function settings(): Settings {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const [minutes, seed] = [Number(values.minutes ?? 10), Number(values.seed ?? Date.now() % 1_000_000)];
  if (!(minutes > 0) || !Number.isInteger(seed))
    throw new Error('--minutes must be a number above 0, and --seed an integer');
  return { minutes, seed };
}
