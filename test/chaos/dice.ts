/** Random choices that are the same for the same seed. */
export class Dice {
  public constructor(private state: number) {}

  /** A number from 0 up to but not including 1, from the mulberry32 generator, which is short and good enough here. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  public one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)];
  }

  /** An integer between two numbers, both inclusive. */
  public between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  public happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** Some of these, each at most once. */
  public some<T>(choices: readonly T[], count: number): T[] {
    const left = [...choices];
    return Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(this.between(0, left.length - 1), 1)[0],
    );
  }
}
