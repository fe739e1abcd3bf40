/** @jest-environment ./test/support/native-environment.ts */
import fs from 'node:fs';
import type * as Admin from '../../lambda/worker/kafka/kafka-admin';
import type * as Token from '../../lambda/worker/kafka/iam-token';
import { adminPortContract } from '../contract/admin-port';
import { loadBundled } from '../support/native';
import { aRealCluster, type RealCluster } from '../support/real-cluster';

let real: RealCluster;

beforeAll(async () => {
  real = await aRealCluster();
});

afterAll(() => real?.stop());

adminPortContract('real brokers, over TLS with IAM', () => {
  const { KafkaAdmin } = loadBundled<typeof Admin>('lambda/worker/kafka/kafka-admin.ts');
  const { iamToken } = loadBundled<typeof Token>('lambda/worker/kafka/iam-token.ts');
  const bootstrap = real.set.bootstrap.saslIam
    .split(',')
    .map((broker) => ({ host: broker.split(':')[0], port: Number(broker.split(':')[1]) }));
  const port = new KafkaAdmin({
    bootstrap,
    tls: { ca: fs.readFileSync(real.set.certificates.ca) },
    sasl: { mechanism: 'OAUTHBEARER', token: () => iamToken('us-east-1', real.credentials) },
    connectTimeoutMs: 3000,
    requestTimeoutMs: 5000,
  });
  real.closing(() => port.close());
  return Promise.resolve({
    port,
    write: (topic, records) => real.inspector.produce(topic, records),
    look: (topic) => real.inspector.topic(topic),
  });
});
