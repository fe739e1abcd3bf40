import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import fs from 'node:fs';
import type * as Kafka from '@platformatic/kafka';
import { SignatureV4 } from '@smithy/signature-v4';
import type { BrokerSet } from '../../../../local/kafka/broker-set';

/** See environment.ts. */
export const kafka = (globalThis as unknown as { kafkaClient: () => typeof Kafka }).kafkaClient();

export interface TokenOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly host?: string;
  readonly expiresIn?: number;
  readonly signingDate?: Date;
}

class Sha256 {
  private readonly hash: Hash | Hmac;

  public constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }

  public update(data: Uint8Array): void {
    this.hash.update(data);
  }

  public digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  public reset(): void {
    throw new Error('not used');
  }
}

/** A token as the AWS signers create it: a presigned URL in base64url. */
export async function iamToken(options: TokenOptions): Promise<string> {
  const { expiresIn = 900, region = 'us-east-1', signingDate = new Date(), ...credentials } = options;
  const hostname = options.host ?? `kafka.${region}.amazonaws.com`;
  const signer = new SignatureV4({
    service: 'kafka-cluster',
    region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = { method: 'GET', protocol: 'https:', hostname, path: '/', headers: { host: hostname } };
  const signed = await signer.presign(
    { ...request, query: { Action: 'kafka-cluster:Connect' } },
    { expiresIn, signingDate },
  );
  const query = { ...(signed.query as Record<string, string>), 'User-Agent': 'test' };
  const pairs = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return Buffer.from(`https://${hostname}/?${pairs.join('&')}`).toString('base64url');
}

export function iamOptions(set: BrokerSet, token: string) {
  return { tls: { ca: fs.readFileSync(set.certificates.ca) }, sasl: { mechanism: 'OAUTHBEARER' as const, token } };
}

/** Connects to broker 1 with IAM. */
export async function connect(set: BrokerSet, token: string): Promise<Kafka.Connection> {
  const connection = new kafka.Connection('test', iamOptions(set, token));
  connection.on('error', () => undefined); // without a listener, a refusal would end the process
  const port = set.nodes.find(({ id }) => id === 1)?.ports.CLIENT_IAM as number;
  try {
    await connection.connect('127.0.0.1', port);
    return connection;
  } catch (error) {
    connection.socket?.destroy();
    throw error;
  }
}

/** Creates a topic. Returns the error of the broker, or undefined on success. */
export function createTopic(connection: Kafka.Connection, name: string): Promise<string | undefined> {
  const topic = { name, numPartitions: 1, replicationFactor: 3, assignments: [], configs: [] };
  return errorOf(kafka.createTopicsV7.api.async(connection, [topic], 10_000, false));
}

/** The protocol name of the only error in an answer, or undefined if there is none. */
export async function errorOf(answer: Promise<unknown>): Promise<string | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    if (!(error instanceof kafka.ResponseError)) throw error;
    return (error.errors[0] as { apiId?: string }).apiId;
  }
}
