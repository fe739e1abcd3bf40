import type { Account } from './account';
import facts from './facts.json';

/** What was found out about a fact. */
export interface Verdict {
  readonly result: 'confirmed' | 'refuted' | 'not run';
  /** What was seen, or why nothing was. */
  readonly seen: string;
}

export interface Check {
  /** ID of the fact in facts.json. */
  readonly fact: string;
  readonly how: string;
  /** What it makes, and takes away again; nothing if it only reads. */
  readonly makes?: { readonly what: string; readonly minutes: number; readonly dollars: number };
  /** Whether it needs a cluster that topics may be made on. */
  readonly onCluster?: boolean;
  /** Left out where only a person can do it. */
  readonly run?: (account: Account) => Promise<Verdict>;
}

export interface Fact {
  readonly id: string;
  /** What this library takes for true. */
  readonly fact: string;
  /** Page of MSK's developer guide that comes closest. */
  readonly page: string;
  readonly usedBy: string;
  /** How the data under lib/model/facts marks it. */
  readonly marks?: readonly string[];
}

export const FACTS: readonly Fact[] = facts;

export const confirmed = (seen: string): Verdict => ({ result: 'confirmed', seen });
export const refuted = (seen: string): Verdict => ({ result: 'refuted', seen });
export const unclear = (seen: string): Verdict => ({ result: 'not run', seen });

/** What a call is refused with; undefined when it is not refused. Lost credentials are no refusal. */
export async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    if (/Credentials|Token|AccessDenied|Unauthorized/i.test(name)) throw error;
    return `${name}: ${message}`;
  }
}
