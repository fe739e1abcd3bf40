import { type ClientProtocol, ENDPOINTS } from '../model/listeners';
import { ClientProperties } from './client-properties';

/**
 * Ready properties for Kafka clients, so that an app has nothing to look up. What is secret (a password, a private key) is
 * not in them, and what is code (the function that signs a token) cannot be: each way tells what the app adds.
 */
export class ClientConfiguration {
  /**
   * For clients that authenticate by IAM. Java needs `software.amazon.msk:aws-msk-iam-auth` on its class path; the others give
   * their library a function that signs a token, from `aws-msk-iam-sasl-signer` for their language.
   *
   * @param bootstrapBrokers the addresses for IAM, such as `cluster.bootstrapBrokers.saslIam`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
   */
  public static iam(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.iam.protocol);
  }

  /**
   * For clients that authenticate by SCRAM. The app adds user name and password from the secret.
   *
   * @param bootstrapBrokers the addresses for SCRAM
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.scram.protocol);
  }

  /**
   * For clients that come over TLS, with a certificate of their own, which the app adds, or without.
   *
   * @param bootstrapBrokers the addresses for TLS
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, ENDPOINTS.tls.protocol);
  }

  /**
   * For clients that come in plain text, where the cluster lets everybody in.
   *
   * @param bootstrapBrokers the addresses for plain text
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

  /** For Apache Kafka's Java client, and all that is built on it: Kafka Streams, Flink, Spark, Kafka Connect. */
  public get java(): ClientProperties {
    const { java, saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Readonly<Record<string, string>> = java ?? (mechanism ? { 'sasl.mechanism': mechanism } : {});
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** For librdkafka and what is built on it: confluent-kafka for Python, Go, .NET and JavaScript. */
  public get librdkafka(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { 'sasl.mechanisms': mechanism } : {};
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** For kafkajs; `mechanism` goes into its option `sasl`. */
  public get kafkaJs(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { mechanism: mechanism.toLowerCase() } : {};
    const values = { brokers: this.bootstrapBrokers, ssl: String(securityProtocol !== 'PLAINTEXT'), ...sasl };
    return ClientProperties._of(values, 'json');
  }

  /** For kafka-python: arguments of its producer, consumer and admin client. */
  public get python(): ClientProperties {
    const { saslMechanism: mechanism, securityProtocol: protocol } = this.protocol;
    const sasl: Record<string, string> = mechanism ? { sasl_mechanism: mechanism } : {};
    const values = { bootstrap_servers: this.bootstrapBrokers, security_protocol: protocol, ...sasl };
    return ClientProperties._of(values, 'json');
  }
}
