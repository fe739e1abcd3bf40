import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { ClientBroker } from '../model/listeners';
import { checked } from '../internal/signatures/checked';

/** Options of encryption in transit. */
export interface EncryptionInTransitOptions {
  /**
   * Whether traffic between brokers is encrypted with TLS. It cannot be changed later.
   *
   * @default true
   */
  readonly inCluster?: boolean;
}

/**
 * Encryption of connections to the brokers and between them.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html
 */
@checked('EncryptionInTransit')
export class EncryptionInTransit {
  /** Accepts clients over TLS only. */
  public static tls(options: EncryptionInTransitOptions = {}): EncryptionInTransit {
    return new EncryptionInTransit('TLS', options);
  }

  /** Accepts clients over TLS and in plain text. */
  public static tlsOrPlaintext(options: EncryptionInTransitOptions = {}): EncryptionInTransit {
    return new EncryptionInTransit('TLS_PLAINTEXT', options);
  }

  /** Accepts clients in plain text only. */
  public static plaintext(options: EncryptionInTransitOptions = {}): EncryptionInTransit {
    return new EncryptionInTransit('PLAINTEXT', options);
  }

  /** @internal */
  public readonly _inCluster: boolean;

  private constructor(
    /** @internal */
    public readonly _clientBroker: ClientBroker,
    options: EncryptionInTransitOptions,
  ) {
    this._inCluster = options.inCluster ?? true;
  }

  /** @internal */
  public _render(): CfnCluster.EncryptionInTransitProperty {
    return { clientBroker: this._clientBroker, inCluster: this._inCluster };
  }
}
