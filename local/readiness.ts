import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What a broker's JMX beans say: object name to attributes. */
export type MBeans = Record<string, Record<string, number | string>>;

const POLL_MS = 25;
const ANSWER_LIMIT_MS = 2_000;

export interface Wait {
  /** What it was that took too long. */
  readonly what: () => string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Called before each try; throws when waiting has become pointless. */
  readonly check?: () => void;
  /**
   * Milliseconds between two tries.
   *
   * @default 25
   */
  readonly pollMs?: number;
}

/** Asks again and again until the answer is yes. */
export async function until(isSo: () => Promise<boolean> | boolean, wait: Wait): Promise<void> {
  for (;;) {
    wait.check?.();
    if (await isSo()) return;
    if (Date.now() > wait.deadline) throw new Error(`Waited too long for ${wait.what()}`);
    await delay(wait.pollMs ?? POLL_MS);
  }
}

/** Reads the JMX beans that match an ObjectName pattern; nothing when the node does not answer. */
export async function readMBeans(port: number, pattern: string): Promise<MBeans | undefined> {
  try {
    const url = `http://127.0.0.1:${port}/mbeans?query=${encodeURIComponent(pattern)}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return answer.ok ? ((await answer.json()) as MBeans) : undefined;
  } catch {
    return undefined;
  }
}

/** How many brokers a broker knows, asked on its PLAINTEXT listener; 0 when it does not answer. */
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
 * Metadata version 1 for no topic, from client "si": the one question that needs no protocol library.
 *
 * @see https://kafka.apache.org/protocol#The_Messages_Metadata
 */
const METADATA_REQUEST = Buffer.from([
  ...[0, 0, 0, 16], // length
  ...[0, 3, 0, 1, 0, 0, 0, 1], // key, version, correlation ID
  ...[0, 2, 0x73, 0x69], // client ID
  ...[0, 0, 0, 0], // topics
]);

/** The answer begins with its length and the correlation ID. */
const BROKER_COUNT_AT = 8;
