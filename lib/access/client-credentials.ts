import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { AuthenticationMethod } from '../model/listeners';

/** As whom the function that manages topics, or what reads a topic, comes to the brokers. */
export class ClientCredentials {
  /** By IAM, over TLS; nothing is needed but the function's own role. */
  public static iam(): ClientCredentials {
    return new ClientCredentials('iam');
  }

  /**
   * By SCRAM, over TLS. The user needs Kafka ACLs, or a cluster without any.
   *
   * @param secret the user's secret as MSK takes it: `{"username": "…", "password": "…"}`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(secret: secretsmanager.ISecret): ClientCredentials {
    return new ClientCredentials('scram', secret);
  }

  /**
   * By a client certificate (mutual TLS).
   *
   * @param secret `{"certificate": "…", "privateKey": "…"}`, both PEM; the key in PKCS#1 or PKCS#8, not encrypted
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(secret: secretsmanager.ISecret): ClientCredentials {
    return new ClientCredentials('tls', secret);
  }

  /** Without authentication, where the cluster lets everybody in: over TLS if it has it, else in plain text. */
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
