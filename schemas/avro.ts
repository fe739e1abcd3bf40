import { defaultProblem } from './avro-defaults';
import type { AvroField, AvroType, AvroTypes } from './avro-types';
import { isNumber, isObject, parseJson, plain } from './json-text';
import { doubted, Refusal, refusalOf, refused, type Verdict } from './verdict';

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];

/**
 * Refuses what Avro's Java library refuses in version 1.11, which Glue's serializers use. It warns of what later versions refuse.
 *
 * @see https://github.com/apache/avro/blob/release-1.11.4/lang/java/avro/src/main/java/org/apache/avro/Schema.java
 */
export function avroVerdict(text: string): Verdict {
  const json = withoutComments(text);
  const parsed = parseJson(json);
  if ('problem' in parsed) return refused(parsed.problem);
  const parser = new AvroParser();
  const problem = refusalOf(() => parser.parse(parsed.value, ''));
  if (problem !== undefined) return refused(problem);
  if (json !== text) return doubted('it contains comments, which only the Java library takes');
  return parser.doubt === undefined ? undefined : doubted(parser.doubt);
}

/** The Java library reads over comments; line breaks stay, so that lines keep their numbers. */
const withoutComments = (text: string) =>
  text.replace(
    /("(?:[^"\\]|\\.)*")|\/\*[^]*?\*\/|\/\/.*/g,
    (found, string?: string) => string ?? found.replace(/[^\n]/g, ' '),
  );

/** The type that a valid schema stands for. */
export function parseAvro(text: string): AvroType {
  const parsed = parseJson(withoutComments(text)) as { readonly value: unknown };
  return new AvroParser().parse(parsed.value, '');
}

class AvroParser {
  public doubt?: string;
  private readonly names: AvroTypes = new Map();

  public parse(schema: unknown, space: string): AvroType {
    if (typeof schema === 'string') return this.named(schema, space);
    if (Array.isArray(schema)) return this.union(schema, space);
    if (!isObject(schema)) throw new Refusal(`a schema must be a name, an object or a list, got ${shown(schema)}`);
    const { type } = schema;
    if (typeof type !== 'string') throw new Refusal(`it has no type: ${shown(schema)}`);
    if (PRIMITIVES.includes(type)) return { kind: type, logical: logicalOf(schema) };
    if (['record', 'error', 'enum', 'fixed'].includes(type)) return this.define(type, schema, space);
    if (type === 'array') return { kind: type, items: this.parse(required(schema, 'items'), space) };
    if (type === 'map') return { kind: type, items: this.parse(required(schema, 'values'), space) };
    return this.named(type, space);
  }

  private named(name: string, space: string): AvroType {
    if (PRIMITIVES.includes(name)) return { kind: name };
    const found = this.names.get(inSpace(name, space));
    if (found) return found;
    throw new Refusal(`undefined type name: ${name}`);
  }

  private union(branches: readonly unknown[], space: string): AvroType {
    const types = branches.map((branch) => this.parse(branch, space));
    const names = types.map(({ fullName, kind }) => fullName ?? kind);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (names.includes('union')) throw new Refusal('a union must not contain a union');
    if (twice !== undefined) throw new Refusal(`a union must not contain '${twice}' twice`);
    return { kind: 'union', branches: types };
  }

  private define(kind: string, schema: Readonly<Record<string, unknown>>, space: string): AvroType {
    const { fullName, inner } = this.nameOf(schema, space);
    const aliases = aliasesOf(schema).map((alias) => inSpace(alias, inner));
    if (this.names.has(fullName)) throw new Refusal(`the name '${fullName}' is defined twice`);
    const type: AvroType = { kind: kind === 'error' ? 'record' : kind, fullName, aliases, ...DETAILS[kind]?.(schema) };
    this.names.set(fullName, type);
    if (type.kind === 'record') type.fields = this.fields(schema, inner);
    return type;
  }

  /** A dot in a name separates its namespace, which the Java library does not check. */
  private nameOf({ name, namespace }: Readonly<Record<string, unknown>>, space: string) {
    if (typeof name !== 'string') throw new Refusal('a record, enum or fixed has no name');
    const dot = name.lastIndexOf('.');
    const own = typeof namespace === 'string' ? namespace : space;
    const inner = dot < 0 ? own : name.slice(0, dot);
    const last = checked(name.slice(dot + 1));
    if (PRIMITIVES.includes(last) && inner === '')
      throw new Refusal(`a type must not be named '${last}', as a primitive is`);
    if (inner !== '' && !inner.split('.').every(isName))
      this.doubt ??= `the namespace '${inner}' is not made of names, which Avro 1.12 and other languages refuse`;
    return { fullName: inSpace(last, inner), inner };
  }

  private fields({ fields }: Readonly<Record<string, unknown>>, space: string) {
    if (!Array.isArray(fields)) throw new Refusal(`a record must have a list of fields, got ${shown(fields)}`);
    const known = new Map<string, AvroField>();
    for (const field of fields as unknown[]) {
      const { default: value, name, order, type } = isObject(field) ? field : {};
      if (typeof name !== 'string') throw new Refusal(`a field has no name: ${shown(field)}`);
      if (type === undefined) throw new Refusal(`the field '${name}' has no type`);
      const parsed = this.parse(type, space);
      if (known.has(checked(name))) throw new Refusal(`the field '${name}' is defined twice`);
      if (order !== undefined && !isOrder(order))
        throw new Refusal(
          `the order of the field '${name}' must be ascending, descending or ignore, got ${shown(order)}`,
        );
      const aliases = aliasesOf(field as Readonly<Record<string, unknown>>);
      const problem = value === undefined ? undefined : defaultProblem(parsed, value);
      if (problem) throw new Refusal(`the default of the field '${name}' must be ${problem}, got ${shown(value)}`);
      known.set(name, { type: parsed, default: value, aliases });
    }
    return known;
  }
}

const isOrder = (order: unknown) => typeof order === 'string' && /^(ascending|descending|ignore)$/i.test(order);

function required(schema: Readonly<Record<string, unknown>>, key: string): unknown {
  if (schema[key] === undefined) throw new Refusal(`it has no '${key}': ${shown(schema)}`);
  return schema[key];
}

/** As in Java, where letters and digits of all alphabets count. */
const isName = (name: string) => /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name);

function checked(name: string): string {
  if (isName(name)) return name;
  throw new Refusal(`a name must begin with a letter or '_', and contain only letters, digits and '_', got '${name}'`);
}

/** A name without a dot belongs to the namespace around it. */
const inSpace = (name: string, space: string) => (name.includes('.') || space === '' ? name : `${space}.${name}`);

function aliasesOf({ aliases = [] }: Readonly<Record<string, unknown>>): string[] {
  if (Array.isArray(aliases) && aliases.every((one) => typeof one === 'string')) return [...new Set(aliases)];
  throw new Refusal(`'aliases' must be a list of names, got ${shown(aliases)}`);
}

/** A decimal of another scale stands for another number. */
function logicalOf({ logicalType, scale }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof logicalType !== 'string') return undefined;
  return logicalType === 'decimal' ? `decimal of scale ${scale === undefined ? 0 : shown(scale)}` : logicalType;
}

/** What an enum or a fixed has besides its name. */
const DETAILS: Readonly<Record<string, (schema: Readonly<Record<string, unknown>>) => Partial<AvroType>>> = {
  enum: ({ default: value, symbols }) => {
    if (!Array.isArray(symbols)) throw new Refusal('an enum has no list of symbols');
    const names = symbols.map((symbol: unknown) => checked(typeof symbol === 'string' ? symbol : ''));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Refusal(`the symbol '${twice}' is there twice`);
    if (value !== undefined && !names.includes(value as string))
      throw new Refusal(`the default of an enum must be one of its symbols (${names.join(', ')}), got ${shown(value)}`);
    return { symbols: names, symbolDefault: value as string | undefined };
  },
  fixed: ({ size, ...rest }) => {
    if (isNumber(size) && /^\d+$/.test(size.value)) return { size: Number(size.value), logical: logicalOf(rest) };
    throw new Refusal(`the size of a fixed must be a whole number of 0 or more, got ${shown(size)}`);
  },
};

const shown = (value: unknown): string =>
  (isNumber(value) ? value.value : (JSON.stringify(plain(value)) ?? 'nothing')).slice(0, 80);
