import type { Broker, ClusterPort } from '../../../../engine/kafka/cluster-port';
import type { ItemResult } from '../../../../engine/kafka/kafka-failure';
import { MemoryAnswers, type MemoryCluster } from '../../../../testkit/memory-cluster';

/** Labels of a cluster: keys with a value, which is initially empty. */
export interface LabelPort {
  read(keys: readonly string[], broker?: Broker): Promise<ItemResult<string | undefined>[]>;
  reserve(keys: readonly string[]): Promise<ItemResult<void>[]>;
  write(labels: readonly { key: string; value: string }[]): Promise<ItemResult<void>[]>;
  remove(keys: readonly string[]): Promise<ItemResult<void>[]>;
}

export interface LabelPorts {
  readonly cluster: ClusterPort;
  readonly labels: LabelPort;
}

/** Labels in memory, on a cluster whose failures a test prepares. */
export class MemoryLabels {
  public readonly labels = new Map<string, string>();
  /** A broker that never shows a change. */
  public slowBroker?: number;

  public constructor(private readonly cluster: MemoryCluster) {}

  public connect(): LabelPorts {
    const answers = new MemoryAnswers(this.cluster);
    const { labels } = this;
    return {
      cluster: this.cluster.connect().cluster,
      labels: {
        read: (keys, broker) =>
          answers.each('DescribeConfigs', keys, (key) =>
            broker?.id === this.slowBroker && broker ? undefined : labels.get(key),
          ),
        reserve: (keys) => answers.each('CreateTopics', keys, (key) => void labels.set(key, '')),
        write: (changes) =>
          answers.each('IncrementalAlterConfigs', changes, ({ key, value }) => void labels.set(key, value)),
        remove: (keys) => answers.each('DeleteTopics', keys, (key) => void labels.delete(key)),
      },
    };
  }
}
