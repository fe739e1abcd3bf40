// the package itself loads an old validator, whose dependency it lacks
// @ts-expect-error -- Avro brings no types
import { createType } from 'avro-js/lib/schemas';
import { parseJson } from './json-text';

/** Throws where the schema is not one. */
const parse = createType as (schema: unknown) => void;

/** Glue parses with Avro for Java; what that refuses, Avro's own JavaScript refuses here. */
export function avroProblem(text: string): string | undefined {
  const parsed = parseJson(text);
  if ('problem' in parsed) return parsed.problem;
  try {
    parse(parsed.value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
