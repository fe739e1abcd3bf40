/** Two ways to the same end; the number says which round it is. */
export interface Rivals {
  readonly ours: (round: number) => Promise<void>;
  readonly theirs: (round: number) => Promise<void>;
}

export interface Rounds {
  /** Run, and not counted. */
  readonly warmUp: number;
  readonly counted: number;
}

export interface Comparison {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly ratio: number;
}

/** Lets both run in turns, the first one changing, so that whatever else the machine does meets both alike. */
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
