import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Values of JMX beans: object name to attributes. */
export type MBeans = Record<string, Record<string, number | string>>;

const POLL_MS = 25;
const ANSWER_LIMIT_MS = 2_000;

export interface Wait {
  /** What is awaited, for the error message. */
  readonly what: () => string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Called before each attempt. Throws if further waiting is pointless. */
  readonly check?: () => void;
  /**
   * Milliseconds between two attempts.
   *
   * @default 25
   */
  readonly pollMs?: number;
}

/** Polls until the condition holds. */
export async function until(isSo: () => Promise<boolean> | boolean, wait: Wait): Promise<void> {
  for (;;) {
    wait.check?.();
    if (await isSo()) return;
    if (Date.now() > wait.deadline) throw new Error(`Timed out waiting for ${wait.what()}`);
    await delay(wait.pollMs ?? POLL_MS);
  }
}

/** Reads the JMX beans that match an ObjectName pattern. Returns undefined if the node does not answer. */
export async function readMBeans(port: number, pattern: string): Promise<MBeans | undefined> {
  try {
    const url = `http://127.0.0.1:${port}/mbeans?query=${encodeURIComponent(pattern)}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return answer.ok ? ((await answer.json()) as MBeans) : undefined;
  } catch {
    return undefined;
  }
}

/** Number of brokers that a broker knows, read from its PLAINTEXT listener; 0 if it does not answer. */
export function brokersKnownBy(port: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(METADATA_REQUEST));
    let received = Buffer.alloc(0);
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (received.length < BROKER_COUNT_AT + 4) return;
      resolve(received.readInt32BE(BROKER_COUNT_AT));
      socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(0));
  });
}

/**
 * Metadata request, version 1, without topics, from client "si". It is simple enough to need no protocol library.
 *
 * @see https://kafka.apache.org/protocol#The_Messages_Metadata
 */
const METADATA_REQUEST = Buffer.from([
  ...[0, 0, 0, 16], // length
  ...[0, 3, 0, 1, 0, 0, 0, 1], // key, version, correlation ID
  ...[0, 2, 0x73, 0x69], // client ID
  ...[0, 0, 0, 0], // topics
]);

/** The response begins with its length and the correlation ID. */
const BROKER_COUNT_AT = 8;
