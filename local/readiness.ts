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
