/** @jest-environment ./testkit/native-environment.ts */
import fs from 'node:fs';
import type * as Admin from '../../engine/kafka/kafka-admin';
import type * as Token from '../../engine/kafka/iam-token';
import { BROKER_TIMEOUTS } from '../../engine/limits';
import { adminPortContract } from '../../testkit/contract/admin-port';
import { loadBundled } from '../../testkit/native';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';

/** The controller of a cluster with ZooKeeper is the last broker that the port knows: no other one takes all requests. */
async function controllerLast({ set }: RealCluster) {
  const controller = await set.activeController();
  const port = String(set.nodes.find(({ id }) => id === controller)?.ports.CLIENT_IAM);
  const addresses = set.bootstrap.saslIam.split(',').map((broker) => broker.split(':'));
  return [...addresses.filter((one) => one[1] !== port), ...addresses.filter((one) => one[1] === port)];
}

describe.each([
  ['real brokers, over TLS with IAM', { zookeeper: false }],
  ['real brokers with ZooKeeper', { zookeeper: true }],
])('The client', (name, options) => {
  let real: RealCluster;

  beforeAll(async () => {
    real = await aRealCluster(options);
  });

  afterAll(() => real?.stop());

  adminPortContract(name, async () => {
    const { KafkaAdmin } = loadBundled<typeof Admin>('engine/kafka/kafka-admin.ts');
    const { iamToken } = loadBundled<typeof Token>('engine/kafka/iam-token.ts');
    const bootstrap = (await controllerLast(real)).map(([host, port]) => ({ host, port: Number(port) }));
    const port = new KafkaAdmin({
      bootstrap,
      tls: { ca: fs.readFileSync(real.set.certificates.ca) },
      sasl: { mechanism: 'OAUTHBEARER', token: () => iamToken('us-east-1', real.credentials) },
      ...BROKER_TIMEOUTS,
      random: () => 0,
    });
    real.closing(() => port.close());
    return {
      port,
      hasZooKeeper: options.zookeeper,
      write: (topic, records) => real.inspector.produce(topic, records),
      look: (topic) => real.inspector.topic(topic),
    };
  });
});
