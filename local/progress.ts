/** Prints each step, its duration, and the output of the programs that it runs. */
export class Progress {
  private readonly begun = Date.now();

  public constructor(private readonly write: (text: string) => void = (text) => void process.stdout.write(text)) {}

  /** Runs one step. */
  public async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = Date.now();
    this.write(`\n▸ ${what} …\n`);
    const result = await work();
    this.write(`  done in ${seconds(Date.now() - begun)}\n`);
    return result;
  }

  /** Prints a line of a child process. */
  public line(text: string): void {
    this.write(`  │ ${text}\n`);
  }

  public tell(text: string): void {
    this.write(`  ${text}\n`);
  }

  public total(): string {
    return seconds(Date.now() - this.begun);
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
