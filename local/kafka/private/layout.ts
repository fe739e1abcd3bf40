import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  BROKER_LISTENERS,
  CONTROLLER_ID,
  renderMetaProperties,
  renderServerProperties,
  renderZooKeeperProperties,
} from '../server-properties';
import type { NodePorts, NodeProperties, Quorum } from '../server-properties';

/** How many nodes of which kind a set has. */
export interface Shape {
  readonly brokers: number;
  /** KRaft controllers. */
  readonly controllers: number;
  /** ZooKeeper in place of the controllers. */
  readonly zookeeper: boolean;
}

/** Folder and ports of a node. */
export interface NodePlace {
  readonly id: number;
  readonly dir: string;
  readonly ports: NodePorts;
  readonly mbeansPort: number;
}

/** Every node has a port for its JMX beans in addition to those of its listeners. */
export function portsNeeded(shape: Shape): number {
  return 2 * keepersOf(shape) + shape.brokers * (BROKER_LISTENERS.length + 1);
}

/** Those that keep the metadata first, then brokers 1 to n. */
export function layOut(setDir: string, shape: Shape, ports: readonly number[]): NodePlace[] {
  const left = [...ports];
  const next = () => left.shift() as number;
  const place = (id: number, listeners: readonly string[]): NodePlace => ({
    id,
    dir: path.join(setDir, `node-${id}`),
    ports: Object.fromEntries(listeners.map((listener) => [listener, next()])),
    mbeansPort: next(),
  });
  const ids = (count: number, first: number) => Array.from({ length: count }, (_, index) => first + index);
  const keeper = shape.zookeeper ? 'ZOOKEEPER' : 'CONTROLLER';
  return [
    ...ids(keepersOf(shape), CONTROLLER_ID).map((id) => place(id, [keeper])),
    ...ids(shape.brokers, 1).map((id) => place(id, BROKER_LISTENERS)),
  ];
}

/** Writes the files that each node reads when it starts. */
export async function format(
  places: readonly NodePlace[],
  common: Omit<NodeProperties, 'id' | 'ports' | 'dataDir' | 'quorum'>,
): Promise<void> {
  const clusterId = randomUuid();
  const quorum = quorumOf(places);
  for (const { dir, id, ports } of places) {
    const dataDir = path.join(dir, 'data');
    await fs.mkdir(dataDir, { recursive: true });
    const properties = ports.ZOOKEEPER
      ? renderZooKeeperProperties(dataDir, ports.ZOOKEEPER)
      : renderServerProperties({ ...common, id, ports, dataDir, quorum });
    await fs.writeFile(path.join(dir, 'server.properties'), properties);
    if ('zookeeper' in quorum) continue; // brokers ask it for the ID of the cluster, and write the file themselves
    await fs.writeFile(path.join(dataDir, 'meta.properties'), renderMetaProperties(clusterId, id, randomUuid()));
  }
}

const keepersOf = ({ controllers, zookeeper }: Shape) => (zookeeper ? 1 : controllers);

function quorumOf(places: readonly NodePlace[]): Quorum {
  const zookeeper = places.find(({ ports }) => ports.ZOOKEEPER)?.ports.ZOOKEEPER;
  if (zookeeper) return { zookeeper };
  const controllers = places.filter(({ id }) => id >= CONTROLLER_ID);
  return { controllers: Object.fromEntries(controllers.map(({ id, ports }) => [id, ports.CONTROLLER as number])) };
}

/** Like those of Kafka, without a leading dash, which its tools would interpret as an option. */
function randomUuid(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}
