import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { ClientBroker } from '../model/listeners';

/** What goes with the encryption of clients' connections. */
export interface EncryptionInTransitOptions {
  /**
   * Whether brokers speak TLS among themselves. It can never change.
   *
   * @default true
   */
  readonly inCluster?: boolean;
}

/**
 * Whether connections are encrypted on their way.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html
 */
export class EncryptionInTransit {
  /** Clients come over TLS only. */
  public static tls(options: EncryptionInTransitOptions = {}): EncryptionInTransit {
    return new EncryptionInTransit('TLS', options);
  }

  /** Clients come over TLS or in plain text, as they like. */
  public static tlsOrPlaintext(options: EncryptionInTransitOptions = {}): EncryptionInTransit {
    return new EncryptionInTransit('TLS_PLAINTEXT', options);
  }

  /** Clients come in plain text only. */
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
