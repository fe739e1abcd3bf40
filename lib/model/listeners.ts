import facts from './facts/ports.json';

/** The authentication methods, by their names on the wire. A client uses the first one that its cluster has enabled. */
export const AUTHENTICATION_METHODS = ['iam', 'scram', 'tls', 'none'] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];

/** How clients' connections are encrypted, by the names of MSK's API. */
export type ClientBroker = 'TLS' | 'TLS_PLAINTEXT' | 'PLAINTEXT';

/** How a client connects, by the names of Kafka's own settings. */
export interface ClientProtocol {
  readonly securityProtocol: 'SASL_SSL' | 'SSL' | 'PLAINTEXT';
  readonly saslMechanism?: string;
  /** Settings of the Java client in place of the mechanism, since AWS's library for Java has a mechanism of its own. */
  readonly java?: Readonly<Record<string, string>>;
}

/** A port on which brokers accept clients inside the VPC. */
export interface Endpoint {
  readonly port: number;
  /** The field of MSK's GetBootstrapBrokers that lists the brokers. */
  readonly bootstrapField: string;
  /** The same list by the name of `BootstrapBrokerList`. */
  readonly bootstrapList: string;
  readonly protocol: ClientProtocol;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
export const ENDPOINTS = {
  iam: {
    port: facts.vpc.saslIam,
    bootstrapField: 'BootstrapBrokerStringSaslIam',
    bootstrapList: 'SaslIam',
    protocol: {
      securityProtocol: 'SASL_SSL',
      saslMechanism: 'OAUTHBEARER',
      java: {
        'sasl.mechanism': 'AWS_MSK_IAM',
        'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
        'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
      },
    },
  },
  scram: {
    port: facts.vpc.saslScram,
    bootstrapField: 'BootstrapBrokerStringSaslScram',
    bootstrapList: 'SaslScram',
    protocol: { securityProtocol: 'SASL_SSL', saslMechanism: 'SCRAM-SHA-512' },
  },
  tls: {
    port: facts.vpc.tls,
    bootstrapField: 'BootstrapBrokerStringTls',
    bootstrapList: 'Tls',
    protocol: { securityProtocol: 'SSL' },
  },
  plaintext: {
    port: facts.vpc.plaintext,
    bootstrapField: 'BootstrapBrokerString',
    bootstrapList: 'Plaintext',
    protocol: { securityProtocol: 'PLAINTEXT' },
  },
} as const satisfies Record<string, Endpoint>;

/** What the library knows about an authentication method. */
interface Listener {
  /** What messages call it. */
  readonly name: string;
  /** How a user writes it: a factory of `ClientAuthentication` and `ClientCredentials`. */
  readonly factory: string;
  /**
   * Description of security group rules for its clients. It never changes, since a new description would change the
   * rules.
   */
  readonly ruleDescription: string;
  /** The encryption settings with which MSK offers the method. */
  readonly encryption: readonly ClientBroker[];
  /** Whether brokers must encrypt what they send each other. */
  readonly needsInClusterEncryption: boolean;
  /** The endpoints of its clients, the preferred one first. */
  readonly endpoints: Readonly<Record<ClientBroker, readonly Endpoint[]>>;
  /** The keys that a secret for this method must have. */
  readonly secretKeys?: readonly [string, string];
}

const withAnyEncryption = (endpoint: Endpoint) => ({
  TLS: [endpoint],
  TLS_PLAINTEXT: [endpoint],
  PLAINTEXT: [endpoint],
});

/** One row for each method. Everything that depends on the method is defined here. */
export const LISTENERS: Readonly<Record<AuthenticationMethod, Listener>> = {
  iam: {
    name: 'IAM',
    factory: 'iam()',
    ruleDescription: 'Kafka clients with IAM',
    encryption: ['TLS'],
    needsInClusterEncryption: true,
    endpoints: withAnyEncryption(ENDPOINTS.iam),
  },
  scram: {
    name: 'SCRAM',
    factory: 'scram(…)',
    ruleDescription: 'Kafka clients with SCRAM',
    encryption: ['TLS'],
    needsInClusterEncryption: true,
    endpoints: withAnyEncryption(ENDPOINTS.scram),
    secretKeys: ['username', 'password'],
  },
  tls: {
    name: 'mutual TLS',
    factory: 'tls(…)',
    ruleDescription: 'Kafka clients with mutual TLS',
    encryption: ['TLS', 'TLS_PLAINTEXT'],
    needsInClusterEncryption: true,
    endpoints: withAnyEncryption(ENDPOINTS.tls),
    secretKeys: ['certificate', 'privateKey'],
  },
  none: {
    name: 'unauthenticated access',
    factory: 'unauthenticated()',
    ruleDescription: 'Kafka clients with no authentication',
    encryption: ['TLS', 'TLS_PLAINTEXT', 'PLAINTEXT'],
    needsInClusterEncryption: false,
    endpoints: {
      TLS: [ENDPOINTS.tls],
      TLS_PLAINTEXT: [ENDPOINTS.tls, ENDPOINTS.plaintext],
      PLAINTEXT: [ENDPOINTS.plaintext],
    },
  },
};

/** How clients can connect to a cluster. */
export interface ClientAccess {
  /** The enabled authentication methods, in order of preference. */
  readonly methods: readonly AuthenticationMethod[];
  readonly clientBroker?: ClientBroker;
}

/** A cluster that was created elsewhere may offer every method. */
export const ANY_ACCESS: ClientAccess = { methods: AUTHENTICATION_METHODS };

export function clientAccess(methods: readonly AuthenticationMethod[], clientBroker: ClientBroker): ClientAccess {
  return { methods: AUTHENTICATION_METHODS.filter((method) => methods.includes(method)), clientBroker };
}

/**
 * The endpoints of a method, the preferred one first. If the cluster's encryption is not known, clients may use both.
 */
export const endpointsOf = (method: AuthenticationMethod, clientBroker?: ClientBroker): readonly Endpoint[] =>
  LISTENERS[method].endpoints[clientBroker ?? 'TLS_PLAINTEXT'];

/** The names of methods, joined for a sentence. */
export const namesOf = (methods: readonly AuthenticationMethod[]): string =>
  [...new Set(methods)].map((method) => LISTENERS[method].name).join(' and ');

/** The ports on which Prometheus reads the brokers' metrics. */
export function monitoringPortNumbers(exporters: { jmxExporter: boolean; nodeExporter: boolean }): number[] {
  const { jmxExporter, nodeExporter } = facts.openMonitoring;
  return [...(exporters.jmxExporter ? [jmxExporter] : []), ...(exporters.nodeExporter ? [nodeExporter] : [])];
}
