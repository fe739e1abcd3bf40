import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** MSK accepts tokens with a lifetime of at most 15 minutes. */
const LIFETIME_SECONDS = 900;

export interface IamCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Signs what a client presents to MSK's IAM listener: a presigned URL for kafka-cluster:Connect. Signing is local, so it
 * needs no request outside the VPC. The host is none that is called: AWS's own signers write it like this in China too.
 *
 * @see https://github.com/aws/aws-msk-iam-auth
 */
export async function iamToken(region: string, credentials: IamCredentials): Promise<string> {
  const hostname = `kafka.${region}.amazonaws.com`;
  const signer = new SignatureV4({
    service: 'kafka-cluster',
    region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { query } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      headers: { host: hostname },
      query: { Action: 'kafka-cluster:Connect' },
    },
    { expiresIn: LIFETIME_SECONDS },
  );
  const pairs = Object.entries({ ...query, 'User-Agent': 'cdk-msk' });
  const url = `https://${hostname}/?${pairs.map(([key, value]) => `${encode(key)}=${encode(String(value))}`).join('&')}`;
  return Buffer.from(url).toString('base64url');
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** What SignatureV4 asks for, on the runtime's own crypto. */
class Sha256 {
  private hash: Hash | Hmac;

  public constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = this.fresh();
  }

  public update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  public digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  public reset(): void {
    this.hash = this.fresh();
  }

  private fresh(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(this.secret));
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
