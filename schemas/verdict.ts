import type { SchemaVerdict } from '../lib/integrations/schemas/checker';

export type Verdict = SchemaVerdict | undefined;

/** The library of the format does not take the schema. */
export const refused = (text: string): Verdict => ({ severity: 'error', text });

/** The library takes it, and other tools may not. */
export const doubted = (text: string): Verdict => ({ severity: 'warning', text });
