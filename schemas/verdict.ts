import type { SchemaVerdict } from '../lib/integrations/schemas/checker';

export type Verdict = SchemaVerdict | undefined;

/** The library of the format does not take the schema. */
export const refused = (text: string): Verdict => ({ severity: 'error', text });

/** The library takes it, and other tools may not. */
export const doubted = (text: string): Verdict => ({ severity: 'warning', text });

/** What a parser throws at the first thing that is wrong. */
export class Refusal extends Error {}

/** What a parser refuses, or undefined if it reads everything. */
export function refusalOf(parse: () => void): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
