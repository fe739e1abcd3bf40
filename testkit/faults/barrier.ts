import type { Fate, Passing, WireRequestName } from './kafka-proxy';

/** Holds requests at the proxy until each of some has come, so that a fault strikes when all of them are under way. */
export class Barrier {
  /** Once each of the requests has come. */
  public readonly full: Promise<void>;
  private readonly missing: Set<WireRequestName>;
  private readonly opened: Promise<void>;
  private fill: () => void = () => undefined;
  private letPass: () => void = () => undefined;

  public constructor(requests: readonly WireRequestName[]) {
    this.missing = new Set(requests);
    this.full = new Promise((resolve) => (this.fill = resolve));
    this.opened = new Promise((resolve) => (this.letPass = resolve));
  }

  public readonly judge = async ({ request }: Passing): Promise<Fate> => {
    if (this.missing.delete(request)) {
      if (this.missing.size === 0) this.fill();
      await this.opened;
    }
    return 'pass';
  };

  public open(): void {
    this.letPass();
  }
}
