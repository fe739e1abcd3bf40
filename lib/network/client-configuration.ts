import { ClientProperties } from './client-properties';

/** What differs between the ways in, by the names of the Java client. */
interface Way {
  readonly protocol: string;
  readonly mechanism?: string;
  /** Only the library of AWS for Java has a mechanism and classes of its own. */
  readonly java?: Readonly<Record<string, string>>;
}

const IAM: Way = {
  protocol: 'SASL_SSL',
  mechanism: 'OAUTHBEARER',
  java: {
    'sasl.mechanism': 'AWS_MSK_IAM',
    'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
    'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
  },
};
const SCRAM: Way = { protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-512' };
const TLS: Way = { protocol: 'SSL' };
const PLAINTEXT: Way = { protocol: 'PLAINTEXT' };

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
    return new ClientConfiguration(bootstrapBrokers, IAM);
  }

  /**
   * For clients that authenticate by SCRAM. The app adds user name and password from the secret.
   *
   * @param bootstrapBrokers the addresses for SCRAM
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  public static scram(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, SCRAM);
  }

  /**
   * For clients that come over TLS, with a certificate of their own, which the app adds, or without.
   *
   * @param bootstrapBrokers the addresses for TLS
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
   */
  public static tls(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, TLS);
  }

  /**
   * For clients that come in plain text, where the cluster lets everybody in.
   *
   * @param bootstrapBrokers the addresses for plain text
   */
  public static plaintext(bootstrapBrokers: string): ClientConfiguration {
    return new ClientConfiguration(bootstrapBrokers, PLAINTEXT);
  }

  private constructor(
    private readonly bootstrapBrokers: string,
    private readonly way: Way,
  ) {}

  /** For Apache Kafka's Java client, and all that is built on it: Kafka Streams, Flink, Spark, Kafka Connect. */
  public get java(): ClientProperties {
    const { java, mechanism, protocol } = this.way;
    const sasl: Readonly<Record<string, string>> = java ?? (mechanism ? { 'sasl.mechanism': mechanism } : {});
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** For librdkafka and what is built on it: confluent-kafka for Python, Go, .NET and JavaScript. */
  public get librdkafka(): ClientProperties {
    const { mechanism, protocol } = this.way;
    const sasl: Record<string, string> = mechanism ? { 'sasl.mechanisms': mechanism } : {};
    const values = { 'bootstrap.servers': this.bootstrapBrokers, 'security.protocol': protocol, ...sasl };
    return ClientProperties._of(values, 'properties');
  }

  /** For kafkajs; `mechanism` goes into its option `sasl`. */
  public get kafkaJs(): ClientProperties {
    const sasl: Record<string, string> = this.way.mechanism ? { mechanism: this.way.mechanism.toLowerCase() } : {};
    return ClientProperties._of(
      { brokers: this.bootstrapBrokers, ssl: String(this.way !== PLAINTEXT), ...sasl },
      'json',
    );
  }

  /** For kafka-python: arguments of its producer, consumer and admin client. */
  public get python(): ClientProperties {
    const { mechanism, protocol } = this.way;
    const sasl: Record<string, string> = mechanism ? { sasl_mechanism: mechanism } : {};
    const values = { bootstrap_servers: this.bootstrapBrokers, security_protocol: protocol, ...sasl };
    return ClientProperties._of(values, 'json');
  }
}
