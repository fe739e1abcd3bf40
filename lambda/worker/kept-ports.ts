import type { Time } from '../../engine/time';
import type { Destination } from '../../engine/calls';
import type { AdminPort } from '../../engine/kafka/admin-port';
import type { AdminPool } from '../../engine/kafka/admin-pool';

/**
 * A function sleeps between two calls and learns of nothing meanwhile. Networks forget a connection that is idle for six
 * minutes, brokers end it after ten, and a token is good for fifteen: far from all of these, what is kept still works.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
const LIFETIME_MS = 60_000;

interface Kept {
  readonly key: string;
  readonly opened: number;
}

/** Keeps ports, with their connections, for the next calls: the topics of a stack come one after the other. */
export class KeptPorts implements AdminPool {
  private readonly known = new WeakMap<AdminPort, Kept>();
  private idle: AdminPort[] = [];

  public constructor(
    private readonly open: (destination: Destination) => AdminPort,
    private readonly time: Pick<Time, 'now'>,
  ) {}

  /** For this call alone, until it is given back; only of calls to the same brokers as the same client. */
  public take(destination: Destination): AdminPort {
    const key = JSON.stringify([destination.bootstrapBrokers, destination.credentials]);
    const kept = this.idle.find((port) => this.isFresh(port) && this.known.get(port)?.key === key);
    this.idle = this.idle.filter((port) => port !== kept);
    if (kept) return kept;
    const port = this.open(destination);
    this.known.set(port, { key, opened: this.time.now() });
    return port;
  }

  public async giveBack(port: AdminPort): Promise<void> {
    const all = [...this.idle, port];
    this.idle = all.filter((one) => this.isFresh(one));
    await Promise.all(all.filter((one) => !this.isFresh(one)).map((one) => one.close()));
  }

  private isFresh(port: AdminPort): boolean {
    const opened = this.known.get(port)?.opened ?? -Infinity;
    return this.time.now() - opened < LIFETIME_MS;
  }
}
