import type { SecretValue } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ClientAuthentication } from '../access/client-authentication';
import { secretToLookUp, warnOfScramKey } from '../access/secret-reference';
import { checked } from '../internal/signatures/checked';

/** A keystore with the certificate of a client and its private key. */
export interface GlueKeystore {
  /** The bucket that contains the keystore. */
  readonly bucket: s3.IBucket;

  /** Key of the keystore in the bucket, such as `kafka/client.jks`. */
  readonly objectKey: string;

  /** The password of the keystore, such as `SecretValue.secretsManager('keystore')`. */
  readonly password: SecretValue;

  /**
   * The password of the private key.
   *
   * @default - the password of the keystore
   */
  readonly keyPassword?: SecretValue;
}

/**
 * How Glue jobs authenticate. They always connect over TLS.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/creating-connections-kafka.html
 */
@checked('GlueAuthentication')
export class GlueAuthentication {
  /** Authenticates with IAM, as the role of the job. The role needs grants on the topics. */
  public static iam(): GlueAuthentication {
    return new GlueAuthentication(ClientAuthentication.iam(), { KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM' }, () => undefined);
  }

  /**
   * Authenticates with SCRAM.
   *
   * @param secret the secret of the user, in the form that MSK requires: `{"username": "…", "password": "…"}`. It is imported with
   * its complete ARN and its key.
   */
  public static scram(secret: secretsmanager.ISecret): GlueAuthentication {
    warnOfScramKey(secret);
    const properties = {
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_SCRAM_SECRETS_ARN: secretToLookUp(secret),
    };
    return new GlueAuthentication(ClientAuthentication.scram(), properties, (job) => secret.grantRead(job));
  }

  /**
   * Authenticates with a client certificate (mutual TLS). CloudFormation resolves the passwords at deployment, so they
   * are not in the template.
   */
  public static tls(keystore: GlueKeystore): GlueAuthentication {
    const { bucket, keyPassword, objectKey, password } = keystore;
    const properties = {
      KAFKA_CLIENT_KEYSTORE: bucket.s3UrlForObject(objectKey),
      KAFKA_CLIENT_KEYSTORE_PASSWORD: password.unsafeUnwrap(),
      KAFKA_CLIENT_KEY_PASSWORD: (keyPassword ?? password).unsafeUnwrap(),
    };
    return new GlueAuthentication(ClientAuthentication.tls(), properties, (job) => bucket.grantRead(job, objectKey));
  }

  /** Uses no authentication. The cluster must allow unauthenticated access over TLS. */
  public static unauthenticated(): GlueAuthentication {
    return new GlueAuthentication(ClientAuthentication.unauthenticated(), {}, () => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _client: ClientAuthentication,
    /** @internal */
    public readonly _properties: Record<string, string>,
    /** @internal */
    public readonly _grantJob: (job: iam.IGrantable) => iam.Grant | undefined,
  ) {}
}
