import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { BROKER_LISTENERS, CONTROLLER_ID, renderMetaProperties, renderServerProperties } from '../server-properties';
import type { NodePorts, NodeProperties } from '../server-properties';

/** Folder and ports of a node. */
export interface NodePlace {
  readonly id: number;
  readonly dir: string;
  readonly ports: NodePorts;
  readonly mbeansPort: number;
}

/** Every node has a port for its JMX beans in addition to those of its listeners. */
export function portsNeeded(brokers: number): number {
  return 2 + brokers * (BROKER_LISTENERS.length + 1);
}

/** The controller first, then brokers 1 to n. */
export function layOut(setDir: string, brokers: number, ports: readonly number[]): NodePlace[] {
  const left = [...ports];
  const next = () => left.shift() as number;
  const place = (id: number, listeners: readonly string[]): NodePlace => ({
    id,
    dir: path.join(setDir, `node-${id}`),
    ports: Object.fromEntries(listeners.map((listener) => [listener, next()])),
    mbeansPort: next(),
  });
  const brokerIds = Array.from({ length: brokers }, (_, index) => index + 1);
  return [place(CONTROLLER_ID, ['CONTROLLER']), ...brokerIds.map((id) => place(id, BROKER_LISTENERS))];
}

/** Writes the files that each node reads when it starts. */
export async function format(
  places: readonly NodePlace[],
  common: Omit<NodeProperties, 'id' | 'ports' | 'dataDir' | 'controllerPort'>,
): Promise<void> {
  const clusterId = randomUuid();
  const controllerPort = places.find((place) => place.id === CONTROLLER_ID)?.ports.CONTROLLER as number;
  for (const { dir, id, ports } of places) {
    const dataDir = path.join(dir, 'data');
    await fs.mkdir(dataDir, { recursive: true });
    await fs.writeFile(path.join(dataDir, 'meta.properties'), renderMetaProperties(clusterId, id, randomUuid()));
    const properties = renderServerProperties({ ...common, id, ports, dataDir, controllerPort });
    await fs.writeFile(path.join(dir, 'server.properties'), properties);
  }
}

/** Like those of Kafka, without a leading dash, which its tools would interpret as an option. */
function randomUuid(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}
