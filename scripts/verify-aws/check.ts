import type { Account } from './account';
import facts from './facts.json';

/** The result of a check. */
export interface Verdict {
  readonly result: 'confirmed' | 'refuted' | 'not run';
  /** What was observed, or why nothing was. */
  readonly seen: string;
}

export interface Check {
  /** ID of the fact in facts.json. */
  readonly fact: string;
  readonly how: string;
  /** What it creates and removes again; undefined if it only reads. */
  readonly makes?: { readonly what: string; readonly minutes: number; readonly dollars: number };
  /** Whether it needs a cluster on which topics may be created. */
  readonly onCluster?: boolean;
  /** Undefined if only a person can do it. */
  readonly run?: (account: Account) => Promise<Verdict>;
}

export interface Fact {
  readonly id: string;
  /** What this library assumes. */
  readonly fact: string;
  /** The most closely related page of the MSK developer guide. */
  readonly page: string;
  readonly usedBy: string;
  /** How the data in lib/model/facts marks it. */
  readonly marks?: readonly string[];
}

export const FACTS: readonly Fact[] = facts;

export const confirmed = (seen: string): Verdict => ({ result: 'confirmed', seen });
export const refuted = (seen: string): Verdict => ({ result: 'refuted', seen });
export const unclear = (seen: string): Verdict => ({ result: 'not run', seen });

/**
 * The error that a call is refused with, or undefined if it succeeds. Expired credentials do not count as a refusal.
 */
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
