import type { Fate, Passing, WireRequestName } from './kafka-proxy';

/**
 * Holds the listed requests at the proxy until all of them have arrived. A request can be listed more than once, and may
 * count only on its way to certain brokers.
 */
export class Barrier {
  /** Resolves when each of the requests has arrived. */
  public readonly full: Promise<void>;
  private readonly missing: WireRequestName[];
  private readonly opened: Promise<void>;
  private fill: () => void = () => undefined;
  private letPass: () => void = () => undefined;

  public constructor(
    requests: readonly WireRequestName[],
    private readonly counts: (passing: Passing) => boolean = () => true,
  ) {
    this.missing = [...requests];
    this.full = new Promise((resolve) => (this.fill = resolve));
    this.opened = new Promise((resolve) => (this.letPass = resolve));
  }

  public readonly judge = async (passing: Passing): Promise<Fate> => {
    const index = this.counts(passing) ? this.missing.indexOf(passing.request) : -1;
    if (index >= 0) {
      this.missing.splice(index, 1);
      if (this.missing.length === 0) this.fill();
      await this.opened;
    }
    return 'pass';
  };

  public open(): void {
    this.letPass();
  }
}
