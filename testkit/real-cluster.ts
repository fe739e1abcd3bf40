import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BrokerSet, type BrokerSetOptions } from '../local/kafka/broker-set';
import { addIamPrincipal, putRolePolicy } from '../local/kafka/iam-keys';
import { Inspector } from '../local/kafka/inspector';
import { ROOT } from './native';
import { CLUSTER_ARN } from './topics';

/** The actions that the construct grants to the worker's role. */
export const WORKER_ACTIONS = [
  'Connect',
  'AlterTopic',
  'AlterTopicDynamicConfiguration',
  'CreateTopic',
  'DeleteTopic',
  'DescribeTopic',
  'DescribeTopicDynamicConfiguration',
] as const;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Real brokers that act as an MSK cluster, a role for the worker, and Kafka's own client to inspect the result. */
export interface RealCluster {
  readonly set: BrokerSet;
  readonly inspector: Inspector;
  readonly sharedDir: string;
  readonly credentials: Credentials;
  /** Restricts the worker's role to these actions, and to topics that a pattern matches, from its next request on. */
  allow(actions: readonly string[], topics?: string): Promise<void>;
  /** Registers something that must end before the brokers do. */
  closing(close: () => Promise<unknown>): void;
  stop(): Promise<void>;
}

const CREDENTIALS = {
  accessKeyId: 'ASIAWORKERWORKERWORK',
  secretAccessKey: 'worker-secret',
  sessionToken: 'worker-session',
};
const ROLE = 'worker';

export async function aRealCluster(options: Partial<BrokerSetOptions> = {}): Promise<RealCluster> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-cluster-'));
  const sharedDir = path.join(folder, 'shared');
  const set = await BrokerSet.start({
    dir: path.join(folder, 'set'),
    sharedDir,
    cacheRoot: path.join(ROOT, '.cache'),
    ...options,
  });
  await set.becomeCluster(CLUSTER_ARN);
  const inspector = Inspector.start({
    artifacts: set.artifacts,
    bootstrap: set.bootstrap.tls,
    certificatesDir: set.certificates.dir,
  });
  const allow = (actions: readonly string[], topics?: string) =>
    putRolePolicy(sharedDir, ROLE, policyOf(actions, topics));
  await addIamPrincipal(sharedDir, { ...CREDENTIALS, role: ROLE, policy: policyOf(WORKER_ACTIONS) });
  const closers: (() => Promise<unknown>)[] = [() => inspector.stop(), () => set.stop()];
  const stop = async () => {
    for (const close of closers) await close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return {
    set,
    inspector,
    sharedDir,
    credentials: CREDENTIALS,
    allow,
    closing: (close) => void closers.unshift(close),
    stop,
  };
}

function policyOf(actions: readonly string[], topics = '*') {
  const action = actions.map((name) => `kafka-cluster:${name}`);
  const resources = [CLUSTER_ARN, `${CLUSTER_ARN.replace(':cluster/', ':topic/')}/${topics}`];
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resources }] };
}
