import type { RequestName } from '../../../engine/kafka/requests';
import type { FakeAws } from '../../fake-aws';
import type { MemoryCluster } from '../../memory-cluster';

/** A topic as a client other than the worker sees it. */
export interface LiveTopic {
  readonly topicId: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
  readonly records: number;
}

/** Brokers with the dispatcher and the worker in front of them, and functions that change topics without either. */
export interface World {
  readonly aws: FakeAws;
  /** A prefix of all names, so that stories on the same brokers do not affect each other. */
  readonly prefix: string;
  look(name: string): Promise<LiveTopic | undefined>;
  write(name: string, records: number): Promise<void>;
  make(name: string, partitions: number, configs: Readonly<Record<string, string>>): Promise<void>;
  remove(name: string): Promise<void>;
  grow(name: string, partitions: number): Promise<void>;
  set(name: string, configs: Readonly<Record<string, string>>): Promise<void>;
  /** Loses the answer to the next request of a kind, if the world supports it. */
  lose?(request: RequestName, carriedOut: boolean): void;
  /** The requests that have changed something so far, if the world records them. */
  readonly carriedOut?: readonly string[];
}

export function memoryWorld(cluster: MemoryCluster, aws: FakeAws): World {
  const topicOf = (name: string) => {
    const topic = cluster.topics.get(name);
    if (!topic) throw new Error(`no topic ${name}`);
    return topic;
  };
  const done = Promise.resolve();
  return {
    aws,
    prefix: '',
    carriedOut: cluster.carriedOut,
    lose: (request, carriedOut) => {
      cluster.mishaps.push({ request, carriedOut, error: 'NO_ANSWER', uncertain: request !== 'Metadata' });
    },
    look: (name) => {
      const topic = cluster.topic(name);
      return Promise.resolve(topic && { ...topic, partitions: topic.partitionCount });
    },
    write: (name, records) => Promise.resolve(cluster.write(name, records)),
    make: (name, partitionCount, configs) => {
      cluster.make(name, { partitionCount, configs });
      return done;
    },
    remove: (name) => {
      cluster.topics.delete(name);
      return done;
    },
    grow: (name, partitions) => {
      topicOf(name).partitionCount = partitions;
      return done;
    },
    set: (name, configs) => {
      Object.entries(configs).forEach(([key, value]) => topicOf(name).configs.set(key, value));
      return done;
    },
  };
}
