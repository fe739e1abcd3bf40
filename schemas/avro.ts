// the entry point of the package loads an old validator, one of whose dependencies is not declared
// @ts-expect-error -- the package has no types
import { createType } from 'avro-js/lib/schemas';
import { parseJson } from './json-text';

/** Throws if the schema is invalid. */
const parse = createType as (schema: unknown) => void;

/** Glue uses Avro's Java library, and this check uses Avro's JavaScript library, which rejects the same schemas. */
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
