import { randomInt } from 'node:crypto';
import net from 'node:net';

/** Below the ephemeral range, so that no outgoing connection takes a port between our check and the bind of a JVM. */
const FIRST = 20_000;
const LAST = 32_000;

/** A port stays reserved while its broker is down, so that no other set of this process gets it. */
const reserved = new Set<number>();

/** Finds free loopback ports and reserves them for the caller until they are released. */
export async function reservePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let port = randomInt(FIRST, LAST); ports.length < count; port = port < LAST ? port + 1 : FIRST) {
    if (await reserve(port)) ports.push(port);
  }
  return ports;
}

export function releasePorts(ports: readonly number[]): void {
  ports.forEach((port) => reserved.delete(port));
}

async function reserve(port: number): Promise<boolean> {
  if (reserved.has(port)) return false;
  reserved.add(port);
  const free = await isFree(port);
  if (!free) reserved.delete(port);
  return free;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
