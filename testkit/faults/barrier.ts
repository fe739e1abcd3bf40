import type { Fate, Passing, WireRequestName } from './kafka-proxy';

/** Holds requests at the proxy until each of some has come, so that all of them are under way. A request may be in the list twice. */
export class Barrier {
  /** Once each of the requests has come. */
  public readonly full: Promise<void>;
  private readonly missing: WireRequestName[];
  private readonly opened: Promise<void>;
  private fill: () => void = () => undefined;
  private letPass: () => void = () => undefined;

  public constructor(requests: readonly WireRequestName[]) {
    this.missing = [...requests];
    this.full = new Promise((resolve) => (this.fill = resolve));
    this.opened = new Promise((resolve) => (this.letPass = resolve));
  }

  public readonly judge = async ({ request }: Passing): Promise<Fate> => {
    const index = this.missing.indexOf(request);
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
