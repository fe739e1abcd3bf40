/** Two ways to do the same. The argument is the number of the round. */
export interface Rivals {
  readonly ours: (round: number) => Promise<void>;
  readonly theirs: (round: number) => Promise<void>;
}

export interface Rounds {
  /** Rounds that are run first and not counted. */
  readonly warmUp: number;
  readonly counted: number;
}

export interface Comparison {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly ratio: number;
}

/** Runs both alternately, and alternates which one begins, so that other load on the machine affects both alike. */
export async function compare({ ours, theirs }: Rivals, { counted, warmUp }: Rounds): Promise<Comparison> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < warmUp + counted; round++) {
    const turns = [['ours', ours] as const, ['theirs', theirs] as const];
    for (const [who, run] of round % 2 ? turns.reverse() : turns) {
      const begun = performance.now();
      await run(round);
      if (round >= warmUp) times[who].push(performance.now() - begun);
    }
  }
  const [oursMs, theirsMs] = [median(times.ours), median(times.theirs)];
  return { oursMs, theirsMs, ratio: oursMs / theirsMs };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
