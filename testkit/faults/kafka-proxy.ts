import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import type { BrokerSet } from '../../local/kafka/broker-set';
import { Frames } from './frames';

/** @see https://kafka.apache.org/protocol#protocol_api_keys */
const REQUESTS = {
  2: 'ListOffsets',
  3: 'Metadata',
  17: 'SaslHandshake',
  18: 'ApiVersions',
  19: 'CreateTopics',
  20: 'DeleteTopics',
  32: 'DescribeConfigs',
  36: 'SaslAuthenticate',
  37: 'CreatePartitions',
  44: 'IncrementalAlterConfigs',
} as const;

export type WireRequestName = (typeof REQUESTS)[keyof typeof REQUESTS];

/** A request on its way to a broker. */
export interface Passing {
  readonly request: WireRequestName;
  readonly broker: number;
}

/**
 * What happens to a request. `loseRequest`: the connection is cut before the broker receives it. `loseAnswer`: the broker
 * answers, and the connection is cut before the client receives the answer. `keepAnswer`: the client never receives the
 * answer. `late`: the broker receives the request after the client has given up.
 */
export type Fate = 'pass' | 'loseRequest' | 'loseAnswer' | 'keepAnswer' | 'late';

/** Decides about a request, which waits until the decision is made. */
export type Judge = (passing: Passing) => Fate | Promise<Fate>;

/**
 * A proxy in front of the IAM listener of each broker. Used as the bootstrap addresses, it sees every write of the worker.
 * It does not see requests to a certain broker, which go to the address that the broker advertises.
 */
export class KafkaProxy {
  public static async start(set: BrokerSet): Promise<KafkaProxy> {
    const proxy = new KafkaProxy(set);
    await Promise.all(proxy.servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return proxy;
  }

  /** Decides about the requests from now on. */
  public judge: Judge = () => 'pass';
  /** The requests that did not pass. */
  public readonly lost: (Passing & { readonly fate: Fate })[] = [];

  private readonly servers: readonly net.Server[];
  private readonly sockets = new Set<net.Socket>();

  private constructor(set: BrokerSet) {
    const identity = fs.readFileSync(set.certificates.broker);
    const ca = fs.readFileSync(set.certificates.ca);
    this.servers = set.bootstrap.saslIam.split(',').map((address, index) => {
      const port = Number(address.split(':')[1]);
      return net.createServer((socket) => this.let(socket, { broker: index + 1, port, identity, ca }));
    });
  }

  public get bootstrap(): string {
    return this.servers.map((server) => `127.0.0.1:${(server.address() as net.AddressInfo).port}`).join(',');
  }

  /** Loses the next request of this name in the given way. */
  public lose(request: WireRequestName, fate: Fate): void {
    let left = 1;
    this.judge = (passing) => (passing.request === request && left-- > 0 ? fate : 'pass');
  }

  public async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  /**
   * Accepts a client once the broker has accepted the proxy, so that a broker that is down or frozen looks so to the
   * client.
   */
  private let(socket: net.Socket, { broker, ca, identity, port }: Behind): void {
    const upstream = tls.connect({ host: '127.0.0.1', port, ca });
    const client = new tls.TLSSocket(socket, { isServer: true, key: identity, cert: identity });
    const end = () => [socket, client, upstream].forEach((one) => one.destroy());
    for (const one of [socket, client, upstream]) {
      this.sockets.add(one);
      one.on('error', end).on('close', () => this.sockets.delete(one));
    }
    new Passage({ client, upstream, end }, async (request) => {
      const fate = await this.judge({ request, broker });
      if (fate !== 'pass') this.lost.push({ request, broker, fate });
      return fate;
    });
  }
}

interface Behind {
  readonly broker: number;
  readonly port: number;
  /** The broker's own certificate and key. */
  readonly identity: Buffer;
  readonly ca: Buffer;
}

interface Ends {
  readonly client: tls.TLSSocket;
  readonly upstream: tls.TLSSocket;
  readonly end: () => void;
}

/** One connection of a client, and the proxy's connection to the broker. */
class Passage {
  /** The fates of requests without an answer yet. A broker answers in order. */
  private readonly fates: Fate[] = [];
  private under: Promise<void> = Promise.resolve();

  public constructor(
    private readonly ends: Ends,
    private readonly judge: (request: WireRequestName) => Promise<Fate>,
  ) {
    const { client, end, upstream } = ends;
    const [asked, answered] = [new Frames(), new Frames()];
    client.on('data', (chunk: Buffer) => asked.of(chunk).forEach((frame) => this.queue(frame)));
    upstream.on('data', (chunk: Buffer) => answered.of(chunk).forEach((frame) => this.answer(frame)));
    upstream.on('close', end);
    // requests that the client has sent still reach the broker, even after the client has given up
    client.on('close', () => void this.under.then(() => upstream.end()));
  }

  private queue(frame: Buffer): void {
    this.under = this.under.then(() => this.forward(frame));
  }

  private async forward(frame: Buffer): Promise<void> {
    const key = frame.readInt16BE(4) as keyof typeof REQUESTS;
    const fate = await this.judge(REQUESTS[key]);
    if (fate === 'loseRequest') return this.ends.end();
    if (fate === 'late' && !this.ends.client.closed) await once(this.ends.client, 'close');
    this.fates.push(fate);
    this.ends.upstream.write(frame);
  }

  private answer(frame: Buffer): void {
    const fate = this.fates.shift();
    if (fate === 'loseAnswer') this.ends.end();
    else if (fate === 'pass') this.ends.client.write(frame);
  }
}
