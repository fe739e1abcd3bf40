import type { SchemaBreak, SchemaPair } from '../lib/integrations/schemas/checker';
import { JsonBreaks } from './json-breaks';
import { valueBreaks } from './json-limits';
import { JsonRoots } from './json-roots';
import type { Schema } from './json-schema';
import { canBe, entryOf, isEqual, type JsonPair, listOf, mapOf, typesOf } from './json-types';

/**
 * Compares two versions: every record that the writer's accepts should be one that the reader's accepts. What cannot be decided is a
 * warning.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility
 */
export function compareJsonSchema(pair: SchemaPair): readonly SchemaBreak[] {
  return new JsonComparison(new JsonRoots(pair), new JsonBreaks(pair)).compare();
}

/** Keywords that are only compared with themselves. */
const UNCLEAR = ['contains', 'dependencies', 'if', 'not', 'patternProperties', 'propertyNames'];
/** References in a circle can make more pairs than anyone can compare. */
const MOST_PAIRS = 10_000;
const MOST_DEPTH = 60;

class JsonComparison {
  private readonly known = new Map<unknown, Map<unknown, readonly SchemaBreak[]>>();
  private depth = 0;
  private pairs = 0;

  public constructor(
    private readonly roots: JsonRoots,
    private readonly breaks: JsonBreaks,
  ) {}

  public compare(): readonly SchemaBreak[] {
    return this.schemas('$', this.roots.reader, this.roots.writer);
  }

  /** A schema can be true or false, or refer to another one. Without one, everything is accepted. */
  private schemas(path: string, one: unknown, other: unknown): readonly SchemaBreak[] {
    const [reader, writer] = [this.roots.ofReader(one), this.roots.ofWriter(other)];
    if (reader === undefined || writer === undefined)
      return isEqual(one, other) ? [] : [this.breaks.unclear(path, '$ref')];
    if (reader === true || writer === false) return [];
    if (reader === false) return [this.breaks.notAccepted(path)];
    const ofReader = this.known.get(reader) ?? new Map<unknown, readonly SchemaBreak[]>();
    this.known.set(reader, ofReader);
    const remembered = ofReader.get(writer);
    if (remembered) return remembered;
    if (this.depth > MOST_DEPTH || this.pairs++ > MOST_PAIRS) return [this.breaks.unclear(path, '$ref')];
    ofReader.set(writer, []);
    this.depth++;
    const found = this.alternatives({ path, reader: mapOf(reader), writer: mapOf(writer) });
    this.depth--;
    ofReader.set(writer, found);
    return found;
  }

  /** Each alternative of the writer must be accepted by one of the reader, and by what stands beside them. */
  private alternatives(pair: JsonPair): readonly SchemaBreak[] {
    const { path, reader, writer } = pair;
    if (this.roots.areSame(reader, writer)) return [];
    const [own, before] = [choiceOf(reader), choiceOf(writer)];
    if (!own && !before) return this.objects(pair);
    const { [own ?? '']: branches, ...rest } = reader;
    if (own && this.roots.areSame(branches, writer[own])) return this.objects({ ...pair, reader: rest });
    const writers = before ? this.roots.choicesOf(writer, before) : [writer];
    if (!writers) return [this.breaks.unclear(path, before!)];
    if (!own) return writers.flatMap((one) => this.schemas(path, reader, one));
    const readers = listOf(branches).map(this.roots.ofReader);
    const found = writers
      .flatMap(oneTypeEach)
      .flatMap((one) => [...this.schemas(path, rest, one), ...this.someChoice(path, readers, one)]);
    const isUnclear = own === 'oneOf' && found.length === 0 && !areDisjoint(readers);
    return isUnclear ? [this.breaks.unclear(path, own)] : found;
  }

  private someChoice(path: string, readers: readonly unknown[], writer: Schema): readonly SchemaBreak[] {
    const types = typesOf(writer);
    const fitting = readers.filter(
      (reader) => reader !== false && (!types || canBe(mapOf(reader), ...types.flatMap(withOthers))),
    );
    if (fitting.length === 0) return types ? [this.breaks.values(path, types)] : [this.breaks.notAccepted(path)];
    const found = fitting.map((reader) => this.schemas(path, reader, writer));
    if (found.some(({ length }) => length === 0)) return [];
    return found.length === 1 ? found[0] : [this.breaks.unclear(path, 'anyOf')];
  }

  private objects(pair: JsonPair): readonly SchemaBreak[] {
    const { path, reader, writer } = pair;
    const merged = this.roots.mergedOf(writer);
    if (!merged) {
      const isSame = this.roots.areSame(reader.allOf, writer.allOf);
      return isSame ? this.own(pair) : [this.breaks.unclear(path, 'allOf')];
    }
    const parts = listOf(reader.allOf).flatMap((part) => this.schemas(path, part, merged));
    return [...parts, ...this.own({ path, reader, writer: merged })];
  }

  private own(pair: JsonPair): readonly SchemaBreak[] {
    const { path, reader, writer } = pair;
    const unclear = UNCLEAR.filter(
      (keyword) => keyword in reader && !this.roots.areSame(reader[keyword], writer[keyword]),
    );
    return [
      ...valueBreaks(pair, this.breaks),
      ...unclear.map((keyword) => this.breaks.unclear(path, keyword)),
      ...(canBe(writer, 'object') ? this.properties(pair) : []),
      ...(canBe(writer, 'array') ? this.items(pair) : []),
    ];
  }

  private properties(pair: JsonPair): readonly SchemaBreak[] {
    const { path, reader, writer } = pair;
    const [own, before] = [mapOf(reader.properties), mapOf(writer.properties)];
    const isUnclear = [...UNCLEAR, 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in writer);
    const severity = isUnclear || !typesOf(writer) ? 'warning' : 'error';
    const required = (listOf(reader.required) as string[]).filter((name) => !listOf(writer.required).includes(name));
    return [
      ...required.map((name) => this.breaks.required(`${path}.${name}`, severity)),
      ...Object.keys(own).flatMap((name) => this.ownProperty(pair, name, entryOf(before, name))),
      ...Object.keys(before)
        .filter((name) => !Object.hasOwn(own, name))
        .flatMap((name) => this.otherProperty(pair, name, before[name])),
      ...this.rest(`${path}.*`, pair, 'additionalProperties'),
    ];
  }

  /** A property of the reader. The registry minds one that is new where the writer accepts any. */
  private ownProperty({ path, reader, writer }: JsonPair, name: string, before: unknown): readonly SchemaBreak[] {
    const own = mapOf(reader.properties)[name];
    const place = `${path}.${name}`;
    if (before !== undefined) return this.schemas(place, own, before);
    if ('patternProperties' in writer) return [this.breaks.unclear(place, 'patternProperties')];
    const rest = writer.additionalProperties ?? true;
    if (rest !== true) return this.schemas(place, own, rest);
    return own === true || isEqual(own, {}) ? [] : [this.breaks.anyValue(place)];
  }

  /** A property that only the writer lists. */
  private otherProperty({ path, reader }: JsonPair, name: string, before: unknown): readonly SchemaBreak[] {
    const place = `${path}.${name}`;
    if ('patternProperties' in reader) return [];
    return this.schemas(place, reader.additionalProperties ?? true, before);
  }

  /** What neither lists. */
  private rest(path: string, { reader, writer }: JsonPair, keyword: string): readonly SchemaBreak[] {
    const [own, before] = [reader[keyword] ?? true, writer[keyword] ?? true];
    if (own === true || before === false) return [];
    if (own === false) return [this.breaks.closed(path, keyword in writer ? 'error' : 'warning')];
    return before === true ? [this.breaks.unclear(path, keyword)] : this.schemas(path, own, before);
  }

  private items(pair: JsonPair): readonly SchemaBreak[] {
    const { path, reader, writer } = pair;
    const [own, before] = [reader.items ?? true, writer.items ?? true];
    if (!Array.isArray(own) && !Array.isArray(before)) return this.schemas(`${path}[]`, own, before);
    if (!Array.isArray(own) || !Array.isArray(before))
      return own === true ? [] : [this.breaks.unclear(`${path}[]`, 'items')];
    const places = Array.from({ length: Math.max(own.length, before.length) }, (_, index) => index);
    const at = ({ additionalItems = true }: Schema, items: unknown[], index: number): unknown =>
      items[index] ?? additionalItems;
    return [
      ...places.flatMap((index) =>
        this.schemas(`${path}[${index}]`, at(reader, own, index), at(writer, before, index)),
      ),
      ...this.rest(`${path}[]`, pair, 'additionalItems'),
    ];
  }
}

/** A value has one type, so that types that a writer lists can be accepted by different alternatives. */
function oneTypeEach(schema: Schema): Schema[] {
  const types = listOf(schema.type);
  return types.length > 1 ? types.map((type) => ({ ...schema, type })) : [schema];
}

const choiceOf = (schema: Schema) => ['oneOf', 'anyOf'].find((keyword) => keyword in schema);

/** Whether no value fits two of them. */
const areDisjoint = (branches: readonly unknown[]) =>
  branches.every((one, index) => {
    const types = one === false ? [] : typesOf(mapOf(one))?.flatMap(withOthers);
    return branches
      .slice(index + 1)
      .every((other) => other === false || (types !== undefined && !canBe(mapOf(other), ...types)));
  });

/** Some numbers are whole. */
const withOthers = (type: string) => (NUMBERS.includes(type) ? NUMBERS : [type]);
const NUMBERS = ['integer', 'number'];
