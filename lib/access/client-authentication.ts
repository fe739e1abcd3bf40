import type * as acmpca from 'aws-cdk-lib/aws-acmpca';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { AuthenticationMethod } from '../model/listeners';

/**
 * A way for clients to say who they are. A cluster may have several at once, each on a port of its own.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
 */
export class ClientAuthentication {
  /** By IAM, over TLS. Policies say who may do what; Kafka ACLs have no effect on these clients. */
  public static iam(): ClientAuthentication {
    return new ClientAuthentication('iam');
  }

  /**
   * By user name and password (SCRAM), over TLS. The users' secrets are associated with the cluster; until there is an
   * ACL for a topic, every user may do everything with it.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(): ClientAuthentication {
    return new ClientAuthentication('scram');
  }

  /**
   * By a client certificate (mutual TLS). There is no revocation list: only an ACL takes a certificate's rights away.
   *
   * @param certificateAuthorities of AWS Private CA, of this account or another; they sign the clients' certificates
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(...certificateAuthorities: acmpca.ICertificateAuthorityRef[]): ClientAuthentication {
    return new ClientAuthentication('tls', certificateAuthorities);
  }

  /** Not at all: whoever reaches the brokers' port is let in. */
  public static unauthenticated(): ClientAuthentication {
    return new ClientAuthentication('none');
  }

  /**
   * Each way is said to be on or off: one that leaves the list is turned off.
   *
   * @internal
   */
  public static _render(ways: readonly ClientAuthentication[]): CfnCluster.ClientAuthenticationProperty {
    const has = (kind: AuthenticationMethod) => ({ enabled: ways.some((way) => way._kind === kind) });
    const authorities = ways.flatMap((way) => way._certificateAuthorities);
    const arns = authorities.map(({ certificateAuthorityRef }) => certificateAuthorityRef.certificateAuthorityArn);
    return {
      sasl: { iam: has('iam'), scram: has('scram') },
      tls: { ...has('tls'), ...(arns.length > 0 && { certificateAuthorityArnList: arns }) },
      unauthenticated: has('none'),
    };
  }

  private constructor(
    /** @internal */
    public readonly _kind: AuthenticationMethod,
    /** @internal */
    public readonly _certificateAuthorities: readonly acmpca.ICertificateAuthorityRef[] = [],
  ) {}
}
