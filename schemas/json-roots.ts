import type { SchemaPair } from '../lib/integrations/schemas/checker';
import { parseJson, plain } from './json-text';
import { referenced, type Schema } from './json-schema';
import { isEqual, listOf, mapOf } from './json-types';

/** Follows so many references from one to the next. */
const MOST_STEPS = 20;

/** Two schemas whose parts refer to other parts. */
export class JsonRoots {
  public readonly reader: unknown;
  public readonly writer: unknown;
  /** References to parts that differ, or that refer to such parts. */
  private readonly changed: ReadonlySet<string>;

  public constructor({ reader, writer }: SchemaPair) {
    this.reader = valueOf(reader.text);
    this.writer = valueOf(writer.text);
    this.changed = this.changedReferences();
  }

  /** Whether two parts are equal, and refer to equal parts. */
  public readonly areSame = (one: unknown, other: unknown): boolean =>
    isEqual(one, other) && (this.changed.size === 0 || !referencesIn(one).some((ref) => this.changed.has(ref)));

  private changedReferences(): Set<string> {
    const all = [...new Set([this.reader, this.writer].flatMap(referencesIn))];
    const differs = (ref: string) => !isEqual(referenced(this.reader, ref), referenced(this.writer, ref));
    const found = new Set(all.filter(differs));
    const refersToFound = (ref: string) => referencesIn(referenced(this.reader, ref)).some((one) => found.has(one));
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const ref of all.filter(refersToFound)) found.add(ref);
    }
    return found;
  }

  /** What a part stands for, or undefined if it refers to something that is not in the text. */
  public readonly ofReader = (part: unknown): unknown => resolved(this.reader, part);
  public readonly ofWriter = (part: unknown): unknown => resolved(this.writer, part);

  /** The schemas of the writer of which one applies, each with what stands beside them, or undefined if that is not one schema. */
  public choicesOf(schema: Schema, keyword: string): Schema[] | undefined {
    const { [keyword]: branches, ...rest } = schema;
    const found = listOf(branches).map(this.ofWriter);
    const choices = found.filter((branch) => branch !== false).map((branch) => joined(rest, branch));
    return choices.every((choice) => choice !== undefined) ? choices : undefined;
  }

  /** A schema of the writer with what its `allOf` says, or undefined if that cannot be said in one schema. */
  public mergedOf(schema: Schema, depth = 0): Schema | undefined {
    const { allOf, ...rest } = schema;
    if (allOf === undefined) return schema;
    const parts = listOf(allOf).map((part) => resolved(this.writer, part));
    if (depth > MOST_STEPS || parts.some((part) => typeof part !== 'object')) return undefined;
    return parts
      .map((part) => this.mergedOf(mapOf(part), depth + 1))
      .reduce<Schema | undefined>((all, part) => all && joined(all, part), rest);
  }
}

/** Two schemas in one, or undefined if they say different things of the same, or one is not known. */
function joined(one: Schema, value: unknown): Schema | undefined {
  if (value === undefined) return undefined;
  const other = mapOf(value);
  if (limitsNothing(one)) return other;
  const isAbove = (first: Schema, second: Schema) => 'additionalProperties' in first && 'properties' in second;
  if (isAbove(one, other) || isAbove(other, one)) return undefined;
  const properties = { ...mapOf(one.properties), ...mapOf(other.properties) };
  const required = [...listOf(one.required), ...listOf(other.required)];
  const shared = (all: Schema, more: Schema) =>
    Object.keys(all).filter((key) => Object.hasOwn(more, key) && !NOTES.includes(key) && !isEqual(all[key], more[key]));
  const clash = [
    ...shared(one, other).filter((key) => key !== 'properties' && key !== 'required'),
    ...shared(mapOf(one.properties), mapOf(other.properties)),
  ];
  return clash.length > 0 ? undefined : { ...one, ...other, properties, required };
}

/** Whether a schema limits nothing. */
const limitsNothing = (schema: Schema) => Object.keys(schema).every((key) => NOTES.includes(key));
const NOTES = ['$comment', '$id', '$schema', 'default', 'definitions', 'description', 'examples', 'id', 'title'];

/** All references in a part. */
function referencesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}

function valueOf(text: string): unknown {
  const parsed = parseJson(text);
  return 'value' in parsed ? plain(parsed.value) : undefined;
}

function resolved(root: unknown, part: unknown): unknown {
  let found = part;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { $ref } = mapOf(found);
    if (typeof $ref !== 'string') return found;
    found = referenced(root, $ref);
  }
  return undefined;
}
