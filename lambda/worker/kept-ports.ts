import type { Destination } from '../../engine/calls';
import type { KafkaPorts, PortPool } from '../../engine/kafka/ports';
import type { Time } from '../../engine/time';

/**
 * A function is frozen between two calls and notices nothing meanwhile. Networks drop a connection that is idle for six
 * minutes, brokers close it after ten, and a token is valid for fifteen. A kept connection stays far below all of these.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
const LIFETIME_MS = 60_000;

interface Kept {
  readonly key: string;
  readonly opened: number;
}

/** Keeps ports, with their connections, for the next calls: the resources of a stack are deployed one after the other. */
export class KeptPorts implements PortPool {
  private readonly known = new WeakMap<KafkaPorts, Kept>();
  private idle: KafkaPorts[] = [];

  public constructor(
    private readonly open: (destination: Destination) => KafkaPorts,
    private readonly time: Pick<Time, 'now'>,
  ) {}

  /** For this call alone, until they are given back. Kept ports are reused only for the same brokers and the same client. */
  public take(destination: Destination): KafkaPorts {
    const key = JSON.stringify([destination.bootstrapBrokers, destination.credentials]);
    const kept = this.idle.find((port) => this.isFresh(port) && this.known.get(port)?.key === key);
    this.idle = this.idle.filter((port) => port !== kept);
    if (kept) return kept;
    const port = this.open(destination);
    this.known.set(port, { key, opened: this.time.now() });
    return port;
  }

  public async giveBack(port: KafkaPorts): Promise<void> {
    const all = [...this.idle, port];
    this.idle = all.filter((one) => this.isFresh(one));
    await Promise.all(all.filter((one) => !this.isFresh(one)).map((one) => one.close()));
  }

  private isFresh(port: KafkaPorts): boolean {
    const opened = this.known.get(port)?.opened ?? -Infinity;
    return this.time.now() - opened < LIFETIME_MS;
  }
}
