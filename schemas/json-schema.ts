import { Ajv, type ErrorObject } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json';
import AjvDraft04 from 'ajv-draft-04';
import { javaPatternProblem } from './java-pattern';
import { isNumber, isObject, parseJson, plain } from './json-text';
import { doubted, refused, type Verdict } from './verdict';

/** The standard allows unknown keywords and formats. Patterns are those of Java. */
const LENIENT = {
  strict: false,
  logger: false,
  validateFormats: false,
  allErrors: true,
  addUsedSchema: false,
} as const;

const DRAFTS: Record<string, () => Ajv> = {
  'draft-04': () => new AjvDraft04(LENIENT),
  'draft-06': () => new Ajv(LENIENT).addMetaSchema(draft06),
  'draft-07': () => new Ajv(LENIENT),
};

const MADE = new Map<string, Ajv>();

/** One for each draft, since compiling its meta schema takes most of the time. */
function ajvOf(draft: string): Ajv {
  const ajv = MADE.get(draft) ?? DRAFTS[draft]();
  MADE.set(draft, ajv);
  return ajv;
}

/**
 * Refuses what the Java library of Glue's serializers (everit) refuses, and warns of what only the standard does not allow.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
export function jsonSchemaVerdict(text: string): Verdict {
  const parsed = parseJson(text);
  if ('problem' in parsed) return refused(parsed.problem);
  const { value } = parsed;
  if (!isObject(value)) return refused('it must be an object');
  const { $schema = 'http://json-schema.org/draft-07/schema#' } = value;
  const [, draft] = /^https?:\/\/json-schema\.org\/(draft-0[467])\/schema#?$/.exec(String($schema)) ?? [];
  if (!draft) return refused(`'$schema' must be draft-04, draft-06 or draft-07, got '${String($schema)}'`);
  const problem = problemIn(value, '');
  return problem === undefined ? judged(draft, value) : refused(problem);
}

function judged(draft: string, value: unknown): Verdict {
  const ajv = ajvOf(draft);
  // without $schema the draft of this instance is used, since Ajv knows the meta schema only by its http address
  const { $schema: _, ...schema } = plain(value) as Record<string, unknown>;
  if (ajv.validateSchema(schema)) return unresolved(schema);
  const errors = ajv.errors ?? [];
  const hard = errors.find((error) => !isOnlyStandard(error, schema, draft));
  return hard ? refused(messageOf(hard)) : doubted(`${messageOf(errors[0])}, by the standard`);
}

export type Schema = Readonly<Record<string, unknown>>;

const COUNTS = ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'];
/** Where a schema contains others: in one place, in a list, or in a map. */
const IN_PLACE = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
];
const IN_LISTS = ['allOf', 'anyOf', 'items', 'oneOf'];
const IN_MAPS = ['definitions', 'dependencies', 'patternProperties', 'properties'];

const entriesOf = (value: unknown) => (isObject(value) ? Object.entries(value) : []);

/** The schemas in a schema, each with its path. */
function inner(schema: Schema): [string, Schema][] {
  const found = [
    ...IN_PLACE.map((key) => [`/${key}`, schema[key]] as const),
    ...IN_LISTS.flatMap((key) => [schema[key]].flat().map((one, index) => [`/${key}/${index}`, one] as const)),
    ...IN_MAPS.flatMap((key) => entriesOf(schema[key]).map(([name, one]) => [`/${key}/${name}`, one] as const)),
  ];
  return found.flatMap(([place, one]) => (isObject(one) ? [[place, one] as [string, Schema]] : []));
}

/** What Java does not take, whatever the draft. */
function problemIn(schema: Schema, path: string): string | undefined {
  const patterns = [schema.pattern, ...entriesOf(schema.patternProperties).map(([pattern]) => pattern)];
  for (const pattern of patterns) {
    const problem = typeof pattern === 'string' ? javaPatternProblem(pattern) : undefined;
    if (problem) return `'${path || '/'}' has the pattern '${String(pattern)}': ${problem}`;
  }
  const text = ['$ref', 'format'].find((key) => schema[key] !== undefined && typeof schema[key] !== 'string');
  if (text) return `'${path}/${text}' must be a text`;
  const count = COUNTS.find((key) => isNumber(schema[key]) && !/^-?\d+$/.test(schema[key].value));
  if (count) return `'${path}/${count}' must be written as a whole number, without a point or an exponent`;
  for (const [place, one] of inner(schema)) {
    const problem = problemIn(one, `${path}${place}`);
    if (problem) return problem;
  }
  return undefined;
}

/** A reference into the schema itself that leads nowhere. With IDs, references have other bases. */
function unresolved(root: Schema): Verdict {
  const schemas = [root];
  for (const schema of schemas) schemas.push(...inner(schema).map(([, one]) => one));
  if (schemas.some(({ $id, id }) => typeof $id === 'string' || typeof id === 'string')) return undefined;
  const refs = schemas.flatMap(({ $ref }) => (typeof $ref === 'string' && $ref.startsWith('#/') ? [$ref] : []));
  const lost = refs.find((ref) => !resolves(root, ref));
  return lost === undefined ? undefined : refused(`can't resolve reference ${lost}`);
}

const resolves = (root: unknown, ref: string): boolean => referenced(root, ref) !== undefined;

/** Whether only the standard minds it, and everit takes it. */
function isOnlyStandard({ instancePath, keyword }: ErrorObject, root: Schema, draft: string): boolean {
  const steps = instancePath.split('/').slice(1);
  const [key = '', place = ''] = [...steps].reverse();
  const value = valueAt(root, steps);
  if (typeof value === 'boolean') return IN_MAPS.includes(place);
  if (key === 'if') return draft !== 'draft-07';
  if (COUNTS.includes(key)) return Number.isInteger(value);
  if (key === 'type') return Array.isArray(value) && value.every((type) => TYPES.includes(type as string));
  return keyword === 'dependencies' || (Array.isArray(value) && ['minItems', 'uniqueItems'].includes(keyword));
}

/** The schema of a reference into the same text, or undefined. */
export const referenced = (root: unknown, ref: string): unknown =>
  ref === '#' ? root : ref.startsWith('#/') ? valueAt(root, stepsOf(ref)) : undefined;

const stepsOf = (ref: string) => ref.slice(2).split('/').map(decodeURIComponent);

/** The value at the steps of a JSON pointer. */
const valueAt = (root: unknown, steps: readonly string[]): unknown =>
  steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, step) => (Object(value) as Record<string, unknown>)[step], root);

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function messageOf(error: ErrorObject): string {
  const { allowedValues } = error.params as { allowedValues?: string[] };
  const allowed = allowedValues ? `: ${allowedValues.join(', ')}` : '';
  return `'${error.instancePath || '/'}' ${error.message ?? 'is not valid'}${allowed}`;
}
