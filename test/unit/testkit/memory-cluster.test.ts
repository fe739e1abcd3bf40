import { adminPortContract } from '../../../testkit/contract/admin-port';
import { MemoryCluster } from '../../../testkit/memory-cluster';

adminPortContract('the cluster in memory', () => {
  const cluster = new MemoryCluster();
  return Promise.resolve({
    port: cluster.connect(),
    write: (topic, records) => Promise.resolve(cluster.write(topic, records)),
    look: (name) => {
      const topic = cluster.topic(name);
      return Promise.resolve(topic && { partitions: topic.partitionCount, ...topic });
    },
  });
});
