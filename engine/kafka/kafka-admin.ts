import type { ConnectionSettings } from './connections';
import { KafkaCluster } from './kafka-cluster';
import { KafkaTopics } from './kafka-topics';
import type { KafkaPorts } from './ports';

/** All ports of a cluster on Kafka's protocol, over the same connections. */
export class KafkaAdmin implements KafkaPorts {
  public readonly cluster: KafkaCluster;
  public readonly topics: KafkaTopics;

  public constructor(settings: ConnectionSettings) {
    this.cluster = new KafkaCluster(settings);
    this.topics = new KafkaTopics(this.cluster);
  }

  public close(): Promise<void> {
    return this.cluster.close();
  }
}
