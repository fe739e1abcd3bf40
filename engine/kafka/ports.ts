import type { Destination } from '../calls';
import type { ClusterPort } from './cluster-port';
import type { TopicPort } from './topic-port';

/**
 * The ports of one cluster, one for each kind of thing on it, over shared connections. Ports accept lists and return one
 * result per item, in the order of the list: a value or the KafkaFailure of this item. They throw a KafkaFailure if the
 * whole request failed.
 */
export interface KafkaPorts {
  readonly cluster: ClusterPort;
  readonly topics: TopicPort;
  close(): Promise<void>;
}

/** Lends the ports of a cluster for one call. */
export interface PortPool<Ports = KafkaPorts> {
  take(destination: Destination): Ports;
  giveBack(ports: Ports): Promise<void>;
}

/** Borrows the ports of a cluster for one piece of work. */
export async function withPorts<Ports, Answer>(
  pool: PortPool<Ports>,
  destination: Destination,
  work: (ports: Ports) => Promise<Answer>,
): Promise<Answer> {
  const ports = pool.take(destination);
  try {
    return await work(ports);
  } finally {
    await pool.giveBack(ports);
  }
}
