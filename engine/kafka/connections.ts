import { isIP } from 'node:net';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Connection, NetworkError, ResponseError, type SASLOptions, TimeoutError } from '@platformatic/kafka';
import { KafkaFailure } from './kafka-failure';
import { type RequestName, REQUESTS } from './requests';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionSettings {
  readonly bootstrap: readonly Address[];
  readonly tls?: TlsOptions;
  /** Without it, the client is identified by its certificate, or anonymous. */
  readonly sasl?: SASLOptions;
  readonly connectTimeoutMs: number;
  /** For one attempt at one broker. */
  readonly requestTimeoutMs: number;
  /** Chooses the broker that is asked first, since many workers come at the same time. */
  readonly random: () => number;
}

/** One version of one of Kafka's requests, as the client library names it. */
export interface WireRequest<Args extends unknown[], Answer> {
  readonly name: RequestName;
  readonly api: { async(connection: Connection, ...args: Args): Promise<Answer> };
}

/** The broker's own refusals; a connection lost during SASL arrives as an authentication error as well. */
const REFUSED = new Set(['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM']);
/**
 * How MSK refuses new IAM connections beyond a rate, which is 4 per second and broker on t3 instances and 100 on others.
 *
 * @see https://github.com/aws/aws-msk-iam-auth/issues/28
 */
const TOO_MANY_CONNECTS = /too many connects/i;
/** Another broker may answer. */
const OF_ONE_BROKER = new Set(['NO_ANSWER', 'TOO_MANY_CONNECTS']);
/** Node's TLS errors, which would be the same with any other broker. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ALTNAME/;

/** Connections to brokers, one for each, opened when they are needed. */
export class Connections {
  private readonly open = new Map<string, Promise<Connection>>();
  private next: number;

  public constructor(private readonly settings: ConnectionSettings) {
    this.next = Math.floor(settings.random() * settings.bootstrap.length);
  }

  /** Asks the brokers one after the other, each once, until one answers. */
  public async ask<Args extends unknown[], Answer>(request: WireRequest<Args, Answer>, args: Args): Promise<Answer> {
    const { bootstrap } = this.settings;
    let last: unknown;
    for (let attempt = 0; attempt < bootstrap.length; attempt++) {
      try {
        return await this.askOne(bootstrap[this.next % bootstrap.length], request, args);
      } catch (failure) {
        if (!(failure instanceof KafkaFailure) || !OF_ONE_BROKER.has(failure.error) || failure.options.uncertain)
          throw failure;
        this.next++;
        last = failure;
      }
    }
    throw last;
  }

  /** Asks only this broker, once. */
  public async askOne<Args extends unknown[], Answer>(
    address: Address,
    request: WireRequest<Args, Answer>,
    args: Args,
  ): Promise<Answer> {
    const connection = await this.connect(address, request.name);
    try {
      return await withLimit(request.api.async(connection, ...args), this.settings.requestTimeoutMs, address);
    } catch (error) {
      if (error instanceof ResponseError) return error.response as Answer; // the caller reads the errors of single items
      this.drop(connection);
      this.next++;
      if (!isTransport(error)) throw error;
      throw new KafkaFailure(request.name, 'NO_ANSWER', `${name(address)}: ${reason(error)}`, {
        uncertain: REQUESTS[request.name].writes, // repeated here, it could have its effect twice
      });
    }
  }

  /** Starts to connect while something else is awaited. Later requests use the connection, or report why it failed. */
  public prepare(addresses: Iterable<Address>): void {
    for (const address of addresses) this.connect(address, 'Metadata').catch(() => undefined);
  }

  /** Closing also stops the library's timer for reauthentication. */
  public async close(): Promise<void> {
    const all = await Promise.allSettled(this.open.values());
    this.open.clear();
    await Promise.allSettled(all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
  }

  private async connect(address: Address, request: RequestName): Promise<Connection> {
    const key = name(address);
    const pending = this.open.get(key) ?? this.establish(address);
    this.open.set(key, pending);
    try {
      return await pending;
    } catch (error) {
      this.open.delete(key);
      const refusal = causes(error).find((cause) => REFUSED.has(String(cause.apiId)));
      if (refusal) throw toRefused(refusal);
      const certificate = causes(error).find((cause) => CERTIFICATE.test(String(cause.code ?? '')));
      if (certificate) throw new KafkaFailure(request, 'TLS_REFUSED', reason(certificate));
      throw new KafkaFailure(request, 'NO_ANSWER', `${key}: ${reason(error)}`);
    }
  }

  private async establish(address: Address): Promise<Connection> {
    const { connectTimeoutMs, requestTimeoutMs, sasl, tls } = this.settings;
    const connection = new Connection('cdk-msk', {
      connectTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      tls,
      tlsServerName: isIP(address.host) === 0, // an IP address is not a server name
      sasl: sasl && withFirstToken(sasl),
    });
    const forget = () => void this.open.delete(name(address));
    connection.on('error', forget); // a late socket error without a listener would end the process
    connection.on('close', forget);
    try {
      const connected = Promise.resolve(connection.connect(address.host, address.port));
      await withLimit(connected, connectTimeoutMs + requestTimeoutMs, address);
      return connection;
    } catch (error) {
      this.drop(connection);
      throw error;
    }
  }

  private drop(connection: Connection): void {
    connection.socket?.destroy();
    connection.close().catch(() => undefined);
  }
}

/** Makes the first token while the connection is being opened. Each later authentication makes a new one. */
function withFirstToken(sasl: SASLOptions): SASLOptions {
  const { token } = sasl;
  if (typeof token !== 'function') return sasl;
  let first: Promise<string> | undefined = Promise.resolve(token());
  first.catch(() => undefined); // reported when the connection asks for it, if it ever does
  return {
    ...sasl,
    token: () => {
      const next = first ?? token();
      first = undefined;
      return next;
    },
  };
}

const name = ({ host, port }: Address) => `${host}:${port}`;

/** The library starts its own limit only when a request leaves the queue. */
async function withLimit<T>(work: Promise<T>, ms: number, address: Address): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`no answer from ${name(address)} within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const isTransport = (error: unknown) => error instanceof NetworkError || error instanceof TimeoutError;

interface Cause {
  readonly message?: string;
  readonly code?: string | number;
  readonly apiId?: string;
  readonly serverErrorMessage?: string | null;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** An error and all its causes, the nearest first. */
function causes(error: unknown): Cause[] {
  const found: Cause[] = [];
  const queue = [error];
  while (queue.length > 0 && found.length < 20) {
    const cause = queue.shift() as Cause | undefined;
    if (!cause || found.includes(cause)) continue;
    found.push(cause);
    queue.push(cause.cause, ...(cause.errors ?? []));
  }
  return found;
}

function toRefused(refusal: Cause): KafkaFailure {
  const said = reason(refusal);
  const error = TOO_MANY_CONNECTS.test(said) ? 'TOO_MANY_CONNECTS' : String(refusal.apiId);
  return new KafkaFailure('SaslAuthenticate', error, said);
}

/** The message of the broker, else of the innermost cause, which names the network's reason. */
function reason(error: unknown): string {
  const found = causes(error);
  const broker = found.find((cause) => cause.serverErrorMessage)?.serverErrorMessage;
  const messages = broker
    ? [broker]
    : found.flatMap((cause) => [cause.message, cause.code].filter(Boolean).slice(0, 1));
  return String(messages.at(-1) ?? 'unknown error').slice(0, 200);
}
