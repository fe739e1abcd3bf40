import { Ajv, type ErrorObject } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json';
import AjvDraft04 from 'ajv-draft-04';
import { parseJson } from './json-text';

/** The standard allows unknown keywords and formats. */
const LENIENT = { strict: false, logger: false, validateFormats: false } as const;

const DRAFTS: Record<string, () => Ajv> = {
  'draft-04': () => new AjvDraft04(LENIENT),
  'draft-06': () => new Ajv(LENIENT).addMetaSchema(draft06),
  'draft-07': () => new Ajv(LENIENT),
};

/** @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html */
export function jsonSchemaProblem(text: string): string | undefined {
  const parsed = parseJson(text);
  if ('problem' in parsed) return parsed.problem;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it must be an object';
  const { $schema = 'http://json-schema.org/draft-07/schema#' } = value as { $schema?: unknown };
  const [, draft] = /^https?:\/\/json-schema\.org\/(draft-0[467])\/schema#?$/.exec(String($schema)) ?? [];
  if (!draft) return `'$schema' must be draft-04, draft-06 or draft-07, got '${String($schema)}'`;
  return problemOf(DRAFTS[draft](), value);
}

function problemOf(ajv: Ajv, schema: object): string | undefined {
  try {
    // without $schema the draft of this instance is used, since Ajv knows the meta schema only by its http address
    const { $schema: _, ...rest } = schema as Record<string, unknown>;
    if (!ajv.validateSchema(rest)) return messageOf(ajv.errors?.[0]);
    ajv.compile(rest);
    return undefined;
  } catch (error) {
    const { message, missingRef } = error as Error & { missingRef?: string };
    // a reference to another file cannot be checked here
    return missingRef !== undefined && !missingRef.startsWith('#') ? undefined : message;
  }
}

function messageOf(error?: ErrorObject): string {
  const { allowedValues } = (error?.params ?? {}) as { allowedValues?: string[] };
  const allowed = allowedValues ? `: ${allowedValues.join(', ')}` : '';
  return `'${error?.instancePath || '/'}' ${error?.message ?? 'is not valid'}${allowed}`;
}
