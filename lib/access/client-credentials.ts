import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { AuthenticationMethod } from '../model/listeners';
import { warnOfScramKey } from './secret-reference';
import { checked } from '../internal/signatures/checked';

/** How a client that this library configures authenticates to the brokers: the function that manages topics, or one that reads a topic. */
@checked('ClientCredentials')
export class ClientCredentials {
  /** Authenticates with IAM, over TLS. Only the function's own role is needed. */
  public static iam(): ClientCredentials {
    return new ClientCredentials('iam');
  }

  /**
   * Authenticates with SCRAM, over TLS. The user needs Kafka ACLs, unless the cluster has none.
   *
   * @param secret the user's secret in the format of MSK: `{"username": "…", "password": "…"}`. MSK accepts only secrets with a customer
   * managed key, so an imported secret is imported with its key.
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(secret: secretsmanager.ISecret): ClientCredentials {
    warnOfScramKey(secret);
    return new ClientCredentials('scram', secret);
  }

  /**
   * Authenticates with a client certificate (mutual TLS).
   *
   * @param secret `{"certificate": "…", "privateKey": "…"}`, both as PEM. The key is PKCS#1 or PKCS#8 and not encrypted.
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(secret: secretsmanager.ISecret): ClientCredentials {
    return new ClientCredentials('tls', secret);
  }

  /** Connects without authentication, over TLS if the cluster has it, else in plaintext. */
  public static unauthenticated(): ClientCredentials {
    return new ClientCredentials('none');
  }

  private constructor(
    /** @internal */
    public readonly _kind: AuthenticationMethod,
    /** @internal */
    public readonly _secret?: secretsmanager.ISecret,
  ) {}
}
