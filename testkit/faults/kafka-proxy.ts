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

const HOST = '127.0.0.1';

export type WireRequestName = (typeof REQUESTS)[keyof typeof REQUESTS];

/** A request on its way to a broker. */
export interface Passing {
  readonly request: WireRequestName;
  readonly broker: number;
}

/**
 * What happens to a request. `loseRequest`: the connection is cut before the broker receives it. `loseAnswer`: the broker
 * answers, and the connection is cut before the client receives the answer. `keepAnswer`: the client never receives the
 * answer. `late`: the broker receives the request after the client has given up. `illegalState`: the broker does not get
 * the SaslAuthenticate, and seems to have lost the state of the session.
 */
export type Fate = 'pass' | 'loseRequest' | 'loseAnswer' | 'keepAnswer' | 'late' | 'illegalState';

/** Decides about a request, which waits until the decision is made. */
export type Judge = (passing: Passing) => Fate | Promise<Fate>;

/** A proxy in front of the IAM listener of each broker. Its addresses replace those of the brokers in their answers too. */
export class KafkaProxy {
  public static async start(set: BrokerSet): Promise<KafkaProxy> {
    const proxy = new KafkaProxy(set);
    await Promise.all(proxy.fronts.map(({ server }) => once(server.listen(0, HOST), 'listening')));
    proxy.fronts.forEach(({ port, server }) => proxy.portInFront.set(port, portOf(server)));
    return proxy;
  }

  /** Decides about the requests from now on. */
  public judge: Judge = () => 'pass';
  /** The requests that did not pass. */
  public readonly lost: (Passing & { readonly fate: Fate })[] = [];

  private readonly fronts: readonly Front[];
  /** By the port of the broker behind. */
  private readonly portInFront = new Map<number, number>();
  private readonly sockets = new Set<net.Socket>();

  private constructor(private readonly set: BrokerSet) {
    const identity = fs.readFileSync(set.certificates.broker);
    const ca = fs.readFileSync(set.certificates.ca);
    this.fronts = set.nodes.flatMap(({ id, ports: { CLIENT_IAM: port } }) =>
      port
        ? [{ port, server: net.createServer((socket) => this.let(socket, { broker: id, port, identity, ca })) }]
        : [],
    );
  }

  /** In front of the brokers of the cluster's own list. */
  public get bootstrap(): string {
    const ports = this.set.bootstrap.saslIam.split(',').map((address) => Number(address.split(':')[1]));
    return ports.map((port) => `${HOST}:${this.portInFront.get(port)}`).join(',');
  }

  /** Loses the next request of this name in the given way. */
  public lose(request: WireRequestName, fate: Fate): void {
    let left = 1;
    this.judge = (passing) => (passing.request === request && left-- > 0 ? fate : 'pass');
  }

  public async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all(this.fronts.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  }

  /**
   * Accepts a client once the broker has accepted the proxy, so that a broker that is down or frozen looks so to the
   * client.
   */
  private let(socket: net.Socket, { broker, ca, identity, port }: Behind): void {
    const upstream = tls.connect({ host: HOST, port, ca });
    const client = new tls.TLSSocket(socket, { isServer: true, key: identity, cert: identity });
    const end = () => [socket, client, upstream].forEach((one) => one.destroy());
    for (const one of [socket, client, upstream]) {
      this.sockets.add(one);
      one.on('error', end).on('close', () => this.sockets.delete(one));
    }
    new Passage({ client, upstream, end, portInFront: this.portInFront }, async (request) => {
      const fate = await this.judge({ request, broker });
      if (fate !== 'pass') this.lost.push({ request, broker, fate });
      return fate;
    });
  }
}

const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port;

interface Front {
  readonly port: number;
  readonly server: net.Server;
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
  readonly portInFront: ReadonlyMap<number, number>;
}

/** One connection of a client, and the proxy's connection to the broker. */
class Passage {
  /** The requests without an answer yet. A broker answers in order. */
  private readonly asked: { readonly request: WireRequestName; readonly fate: Fate }[] = [];
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
    const request = REQUESTS[frame.readInt16BE(4) as keyof typeof REQUESTS];
    const fate = await this.judge(request);
    if (fate === 'loseRequest') return this.ends.end();
    if (fate === 'illegalState') return void this.ends.client.write(illegalState(frame));
    if (fate === 'late' && !this.ends.client.closed) await once(this.ends.client, 'close');
    this.asked.push({ request, fate });
    this.ends.upstream.write(frame);
  }

  private answer(frame: Buffer): void {
    const { fate, request } = this.asked.shift() ?? {};
    if (fate === 'loseAnswer') this.ends.end();
    if (fate !== 'pass') return;
    if (request === 'Metadata') readdress(frame, this.ends.portInFront);
    this.ends.client.write(frame);
  }
}

/** The port of a broker follows its host. */
function readdress(answer: Buffer, portInFront: ReadonlyMap<number, number>): void {
  for (let at = answer.indexOf(HOST); at >= 0; at = answer.indexOf(HOST, at + 1)) {
    const port = at + HOST.length;
    const front = portInFront.get(answer.readInt32BE(port));
    if (front) answer.writeInt32BE(front, port);
  }
}

/** An answer to a SaslAuthenticate, version 2: the correlation ID, the error, no message, no bytes, no lifetime. */
function illegalState(request: Buffer): Buffer {
  const answer = Buffer.from([0, 0, 0, 0, ...request.subarray(8, 12), 0, 0, 34, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  answer.writeInt32BE(answer.length - 4, 0);
  return answer;
}
