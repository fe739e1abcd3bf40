import type * as acmpca from 'aws-cdk-lib/aws-acmpca';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { AuthenticationMethod } from '../model/listeners';
import { checked } from '../internal/signatures/checked';

/**
 * A method by which clients authenticate. A cluster can enable several, each on its own port.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
 */
@checked('ClientAuthentication')
export class ClientAuthentication {
  /** Authenticates clients with IAM, over TLS. IAM policies authorize them, and Kafka ACLs have no effect on them. */
  public static iam(): ClientAuthentication {
    return new ClientAuthentication('iam');
  }

  /**
   * Authenticates clients with a user name and a password (SCRAM), over TLS. The users' secrets are associated with the cluster.
   * Until a topic has an ACL, every user has full access to it.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(): ClientAuthentication {
    return new ClientAuthentication('scram');
  }

  /**
   * Authenticates clients with a certificate (mutual TLS). There is no revocation list, so only an ACL can take away the
   * permissions of a certificate.
   *
   * @param certificateAuthorities certificate authorities of AWS Private CA, in this account or another, that sign the clients'
   * certificates
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(...certificateAuthorities: acmpca.ICertificateAuthorityRef[]): ClientAuthentication {
    return new ClientAuthentication('tls', certificateAuthorities);
  }

  /** Does not authenticate clients. Anyone who can reach the port can connect. */
  public static unauthenticated(): ClientAuthentication {
    return new ClientAuthentication('none');
  }

  /**
   * Every method is rendered as enabled or disabled, so that one that leaves the list is disabled.
   *
   * @internal
   */
  public static _render(methods: readonly ClientAuthentication[]): CfnCluster.ClientAuthenticationProperty {
    const has = (kind: AuthenticationMethod) => ({ enabled: methods.some((method) => method._kind === kind) });
    const authorities = methods.flatMap((method) => method._certificateAuthorities);
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
