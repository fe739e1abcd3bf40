import { type ClientProtocol, ENDPOINTS } from '../model/listeners';
import { ClientProperties } from './client-properties';
import { checked } from '../internal/signatures/checked';

/**
 * Ready-to-use settings for Kafka clients. They never contain a secret (a password or a private key) and cannot contain
 * code (the function that signs a token). The documentation of each method says what the application adds.
 */
@checked('ClientConfiguration')
export class ClientConfiguration {
  /**
   * Creates settings for clients that authenticate with IAM. Java clients need `software.amazon.msk:aws-msk-iam-auth`
   * on their class path. Other clients pass their library a function that signs a token, from `aws-msk-iam-sasl-signer`
   * for their language.
   *
   * @param bootstrapBrokers the brokers for IAM, such as `cluster.bootstrapBrokers.saslIam`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
   */
  public static iam(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.iam.protocol);
  }

  /**
   * Creates settings for clients that authenticate with SCRAM. The application adds the user name and the password from
   * the secret.
   *
   * @param bootstrapBrokers the brokers for SCRAM, such as `cluster.bootstrapBrokers.saslScram`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.scram.protocol);
  }

  /**
   * Creates settings for clients that connect over TLS. For mutual TLS, the application adds its client certificate.
   *
   * @param bootstrapBrokers the brokers for TLS, such as `cluster.bootstrapBrokers.tls`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.tls.protocol);
  }

  /**
   * Creates settings for clients that connect in plain text, to a cluster that allows unauthenticated access.
   *
   * @param bootstrapBrokers the brokers for plain text, such as `cluster.bootstrapBrokers.plaintext`
   */
  public static plaintext(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.plaintext.protocol);
  }

  /** @internal */
  public static _of(bootstrapBrokers: string, protocol: ClientProtocol): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, protocol);
  }

  private constructor(
    private readonly bootstrapBrokers: string,
    private readonly protocol: ClientProtocol,
  ) {}

  /**
   * Settings for Apache Kafka's Java client and everything built on it: Kafka Streams, Flink, Spark and Kafka Connect.
   */
  public get java(): ClientProperties {
    const { java, saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Readonly<Record<string, string>> = java ?? (mechanism ? { 'sasl.mechanism': mechanism } : {});
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** Settings for librdkafka and everything built on it: confluent-kafka for Python, Go, .NET and JavaScript. */
  public get librdkafka(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { 'sasl.mechanisms': mechanism } : {};
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** Settings for kafkajs. Pass `mechanism` in its option `sasl`. */
  public get kafkaJs(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { mechanism: mechanism.toLowerCase() } : {};
    const values = { brokers: this.bootstrapBrokers, ssl: String(securityProtocol !== 'PLAINTEXT'), ...sasl };
    return ClientProperties._of(values, 'json');
  }

  /** Settings for kafka-python, as arguments of its producer, consumer and admin client. */
  public get python(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { sasl_mechanism: mechanism } : {};
    const values = { bootstrap_servers: this.bootstrapBrokers, security_protocol: protocol, ...sasl };
    return ClientProperties._of(values, 'json');
  }
}
