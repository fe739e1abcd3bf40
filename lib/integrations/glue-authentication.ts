import type { SecretValue } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ClientAuthentication } from '../access/client-authentication';

/** A keystore with the certificate of a client and its private key. */
export interface GlueKeystore {
  /** The bucket that it is in. */
  readonly bucket: s3.IBucket;

  /** Its key in the bucket, such as `kafka/client.jks`. */
  readonly objectKey: string;

  /** The password of the keystore, such as `SecretValue.secretsManager('keystore')`. */
  readonly password: SecretValue;

  /**
   * The password of the private key.
   *
   * @default - that of the keystore
   */
  readonly keyPassword?: SecretValue;
}

/**
 * How jobs of Glue say who they are. They come over TLS always.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/creating-connections-kafka.html
 */
export class GlueAuthentication {
  /** By IAM: the role of the job, which needs grants on the topics. */
  public static iam(): GlueAuthentication {
    return new GlueAuthentication(ClientAuthentication.iam(), { KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM' }, () => undefined);
  }

  /**
   * By SCRAM.
   *
   * @param secret the user's secret as MSK takes it: `{"username": "…", "password": "…"}`
   */
  public static scram(secret: secretsmanager.ISecret): GlueAuthentication {
    const properties = {
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_SCRAM_SECRETS_ARN: secret.secretArn,
    };
    return new GlueAuthentication(ClientAuthentication.scram(), properties, (job) => secret.grantRead(job));
  }

  /** By a client certificate (mutual TLS). CloudFormation reads the passwords; they are not in the template. */
  public static tls(keystore: GlueKeystore): GlueAuthentication {
    const { bucket, keyPassword, objectKey, password } = keystore;
    const properties = {
      KAFKA_CLIENT_KEYSTORE: bucket.s3UrlForObject(objectKey),
      KAFKA_CLIENT_KEYSTORE_PASSWORD: password.unsafeUnwrap(),
      KAFKA_CLIENT_KEY_PASSWORD: (keyPassword ?? password).unsafeUnwrap(),
    };
    return new GlueAuthentication(ClientAuthentication.tls(), properties, (job) => bucket.grantRead(job, objectKey));
  }

  /** Not at all, where the cluster lets everybody in over TLS. */
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
