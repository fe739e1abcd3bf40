/** @jest-environment ./testkit/native-environment.ts */
import fs from 'node:fs';
import type * as Admin from '../../engine/kafka/kafka-admin';
import type * as Token from '../../engine/kafka/iam-token';
import { BROKER_TIMEOUTS } from '../../engine/limits';
import { adminPortContract } from '../../testkit/contract/admin-port';
import { loadBundled } from '../../testkit/native';
import { aRealCluster, type RealCluster } from '../../testkit/real-cluster';

let real: RealCluster;

beforeAll(async () => {
  real = await aRealCluster();
});

afterAll(() => real?.stop());

adminPortContract('real brokers, over TLS with IAM', () => {
  const { KafkaAdmin } = loadBundled<typeof Admin>('engine/kafka/kafka-admin.ts');
  const { iamToken } = loadBundled<typeof Token>('engine/kafka/iam-token.ts');
  const bootstrap = real.set.bootstrap.saslIam
    .split(',')
    .map((broker) => ({ host: broker.split(':')[0], port: Number(broker.split(':')[1]) }));
  const port = new KafkaAdmin({
    bootstrap,
    tls: { ca: fs.readFileSync(real.set.certificates.ca) },
    sasl: { mechanism: 'OAUTHBEARER', token: () => iamToken('us-east-1', real.credentials) },
    ...BROKER_TIMEOUTS,
  });
  real.closing(() => port.close());
  return Promise.resolve({
    port,
    write: (topic, records) => real.inspector.produce(topic, records),
    look: (topic) => real.inspector.topic(topic),
  });
});
