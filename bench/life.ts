import { propertiesOf } from '../testkit/handling';
import type { RealCluster } from '../testkit/real-cluster';
import { aWorker } from '../testkit/real-worker';
import { aCreation, send } from './ground';

const WRITES = ['CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'AlterConfigs', 'DeleteTopics'];
const COMING_IN = ['ApiVersions', 'SaslHandshake', 'SaslAuthenticate'];
/** Requests that brokers send to each other. */
const AMONG_BROKERS = ['Fetch', 'FetchFollower', 'OffsetForLeaderEpoch'];

export interface UnchangedUpdate {
  readonly writes: number;
  /** All requests except ApiVersions and SASL. */
  readonly requests: number;
}

/** Counts requests with the brokers' own metrics, while no other client is connected. */
export async function unchangedUpdate(real: RealCluster): Promise<UnchangedUpdate> {
  const worker = aWorker(real);
  const spec = { topicName: 'unchanged', configs: { 'retention.ms': '86400000' } };
  const create = aCreation(real, spec);
  try {
    const { physicalId } = await send(worker, create);
    await real.set.settled();
    const before = await real.set.requestCounts();
    const properties = propertiesOf({ ...spec, nonce: 'again' });
    await send(worker, { ...create, requestType: 'Update', physicalId, oldProperties: create.properties, properties });
    const after = await real.set.requestCounts();
    const asked = Object.keys(after).map((name) => ({ name, count: after[name] - (before[name] ?? 0) }));
    const sum = (isCounted: (name: string) => boolean) =>
      asked.filter(({ name }) => isCounted(name)).reduce((total, { count }) => total + count, 0);
    return {
      writes: sum((name) => WRITES.includes(name)),
      requests: sum((name) => ![...COMING_IN, ...AMONG_BROKERS].includes(name)),
    };
  } finally {
    await worker.stop();
  }
}

/** The highest memory use of a worker's process, in MiB, after a topic was created, changed and deleted. */
export async function workerMemory(real: RealCluster): Promise<number> {
  const worker = aWorker(real);
  const create = aCreation(real, { topicName: 'short-lived' });
  try {
    const { physicalId } = await send(worker, create);
    const properties = propertiesOf({
      topicName: 'short-lived',
      partitionCount: 12,
      configs: { 'retention.ms': '86400000' },
    });
    await send(worker, { ...create, requestType: 'Update', physicalId, oldProperties: create.properties, properties });
    await send(worker, { ...create, requestType: 'Delete', physicalId, properties });
    return worker.peakRssKiB / 1024;
  } finally {
    await worker.stop();
  }
}
