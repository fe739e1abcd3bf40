import type { Certificates } from './certificates';

/** Values for a properties file. */
export type ServerProperties = Readonly<Record<string, string | number | boolean>>;

/** The first node that is no broker: a KRaft controller, or ZooKeeper. */
export const CONTROLLER_ID = 100;

/** Names as on MSK. REPLICATION has its own mechanism, so that ACLs apply on every client listener. */
const SECURITY_PROTOCOLS = {
  CLIENT: 'PLAINTEXT',
  CLIENT_SECURE: 'SSL',
  CLIENT_SASL_SCRAM: 'SASL_SSL',
  CLIENT_IAM: 'SASL_SSL',
  REPLICATION: 'SASL_PLAINTEXT',
} as const;

export type Listener = keyof typeof SECURITY_PROTOCOLS;

export const BROKER_LISTENERS = Object.keys(SECURITY_PROTOCOLS) as Listener[];

/** Ports by listener. */
export type NodePorts = Readonly<Partial<Record<Listener | 'CONTROLLER' | 'ZOOKEEPER', number>>>;

/** Where the cluster's metadata is kept, and on which ports of loopback. */
export type Quorum = { readonly zookeeper: number } | { readonly controllers: Readonly<Record<number, number>> };

/** Everything that determines the properties of a node. */
export interface NodeProperties {
  readonly id: number;
  readonly ports: NodePorts;
  readonly dataDir: string;
  readonly setDir: string;
  readonly sharedDir: string;
  readonly quorum: Quorum;
  readonly certificates: Certificates;
  readonly serverProperties: ServerProperties;
}

/** Renders a node's server.properties. The caller's properties take precedence. */
export function renderServerProperties(node: NodeProperties): string {
  const role = node.id >= CONTROLLER_ID ? {} : brokerWiring(node);
  return render({ ...SMALL, ...wiring(node), ...quorumWiring(node), ...role, ...node.serverProperties });
}

/** Renders the properties of ZooKeeper, which takes sessions as short as those of a KRaft broker. */
export function renderZooKeeperProperties(dataDir: string, clientPort: number): string {
  const ours = { dataDir, clientPort, clientPortAddress: '127.0.0.1' };
  return render({ ...ours, tickTime: 500, maxClientCnxns: 0, 'admin.enableServer': false });
}

function render(properties: ServerProperties): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/**
 * The default server properties of an MSK cluster with this number of brokers, with the changes of the caller.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
 */
export function effectiveServerProperties(brokers: number, given: ServerProperties = {}): ServerProperties {
  const replicas = Math.min(brokers, 3);
  const minInSync = Math.max(1, replicas - 1);
  const base = {
    'allow.everyone.if.no.acl.found': true,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': minInSync,
    'num.partitions': 1,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.min.isr': minInSync,
    'transaction.state.log.replication.factor': replicas,
    // MSK's own default is true, which can lose data; clusters of this library set it to false
    'unclean.leader.election.enable': false,
  };
  return Object.fromEntries(Object.entries({ ...base, ...given }).map(([key, value]) => [key, String(value)]));
}

/** Removes properties that Apache Kafka in KRaft mode does not support, and those that would break the stand-in. */
export function withoutForeignProperties(given: ServerProperties): ServerProperties {
  const isOurs = (key: string) => OUR_PREFIXES.some((prefix) => key.startsWith(prefix)) || OUR_KEYS.has(key);
  return Object.fromEntries(Object.entries(given).filter(([key]) => !isOurs(key)));
}

const OUR_PREFIXES = ['zookeeper.', 'custom.', 'cdkmsk.', 'listener', 'advertised.', 'controller.', 'ssl.', 'sasl.'];
const OUR_KEYS = new Set([
  'node.id',
  'broker.id',
  'broker.rack',
  'process.roles',
  'log.dir',
  'log.dirs',
  'inter.broker.listener.name',
  'authorizer.class.name',
  'super.users',
]);

const LOGIN_MODULES = 'org.apache.kafka.common.security';
const PLAIN_LOGIN = `${LOGIN_MODULES}.plain.PlainLoginModule required username="broker" password="broker" user_broker="broker";`;

/** Kafka's defaults are meant for large machines: 128 MB for the cleaner, 20 MB of index for each partition. */
const SMALL = {
  'num.network.threads': 1,
  'num.io.threads': 2,
  'background.threads': 2,
  'num.replica.fetchers': 1,
  'num.recovery.threads.per.data.dir': 1,
  'log.cleaner.dedupe.buffer.size': 1_200_000,
  'log.cleaner.io.buffer.size': 65_536,
  'log.index.size.max.bytes': 65_536,
  'offsets.topic.num.partitions': 3,
  'transaction.state.log.num.partitions': 3,
  'share.coordinator.state.topic.num.partitions': 3,
  // no empty record every half second, which would wake up each node
  'metadata.max.idle.interval.ms': 0,
  // detect a killed broker, admit a consumer and finish a restart quickly
  'broker.heartbeat.interval.ms': 500,
  'broker.session.timeout.ms': 3_000,
  'zookeeper.session.timeout.ms': 3_000,
  'replica.lag.time.max.ms': 3_000,
  'group.initial.rebalance.delay.ms': 0,
};

function wiring(node: NodeProperties): ServerProperties {
  const protocols = [...Object.entries(SECURITY_PROTOCOLS), ['CONTROLLER', 'SASL_PLAINTEXT']];
  return {
    listeners: Object.entries(node.ports)
      .map(([listener, port]) => `${listener}://127.0.0.1:${port}`)
      .join(','),
    'listener.security.protocol.map': protocols.map((pair) => pair.join(':')).join(','),
    'log.dirs': node.dataDir,
    'super.users': 'User:broker;User:CN=admin',
    'cdkmsk.set.dir': node.setDir,
    'cdkmsk.shared.dir': node.sharedDir,
  };
}

function quorumWiring({ id, quorum }: NodeProperties): ServerProperties {
  if ('zookeeper' in quorum) {
    return {
      'broker.id': id,
      'zookeeper.connect': `127.0.0.1:${quorum.zookeeper}`,
      'zookeeper.connection.timeout.ms': 60_000, // it starts at the same time as the brokers
      'authorizer.class.name': 'cdkmsk.standin.ZooKeeperIamAuthorizer',
    };
  }
  const voters = Object.entries(quorum.controllers).map(([voter, port]) => `${voter}@127.0.0.1:${port}`);
  return {
    'process.roles': id >= CONTROLLER_ID ? 'controller' : 'broker',
    'node.id': id,
    'controller.quorum.voters': voters.join(','),
    'controller.listener.names': 'CONTROLLER',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': PLAIN_LOGIN,
    'authorizer.class.name': 'cdkmsk.standin.IamAuthorizer',
  };
}

function brokerWiring(node: NodeProperties): ServerProperties {
  const zone = ((node.id - 1) % 3) + 1;
  return {
    'broker.rack': `use1-az${zone}`,
    'inter.broker.listener.name': 'REPLICATION',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'listener.name.replication.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.replication.plain.sasl.jaas.config': PLAIN_LOGIN,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': node.certificates.broker,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': node.certificates.ca,
    'listener.name.client_secure.ssl.client.auth': 'requested',
    'listener.name.client_sasl_scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.client_sasl_scram.scram-sha-512.sasl.jaas.config': `${LOGIN_MODULES}.scram.ScramLoginModule required;`,
    'listener.name.client_iam.sasl.enabled.mechanisms': 'OAUTHBEARER',
    'listener.name.client_iam.oauthbearer.sasl.jaas.config': `${LOGIN_MODULES}.oauthbearer.OAuthBearerLoginModule required;`,
    'listener.name.client_iam.oauthbearer.sasl.server.callback.handler.class': 'cdkmsk.standin.IamTokenValidator',
  };
}

/** Renders the file that `kafka-storage format` writes, without starting a JVM for each node. */
export function renderMetaProperties(clusterId: string, nodeId: number, directoryId: string): string {
  return `version=1\ncluster.id=${clusterId}\nnode.id=${nodeId}\ndirectory.id=${directoryId}\n`;
}
