import protobuf from 'protobufjs';
import type { SchemaBreak, SchemaPair } from '../lib/integrations/schemas/checker';
import { type FieldPair, ProtoBreaks } from './proto-breaks';
import { cardinalityBreak, typeBreak, typeOf } from './proto-fields';
import { type ParsedProto, parseProto } from './protobuf';

/**
 * Compares two versions by what Protocol Buffers encodes: fields are known by their numbers. The registry follows the same guidance.
 *
 * @see https://protobuf.dev/programming-guides/proto3/#updating
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility
 */
export function compareProtobuf(pair: SchemaPair): readonly SchemaBreak[] {
  return new ProtoComparison(
    parseProto(pair.reader.text),
    parseProto(pair.writer.text),
    new ProtoBreaks(pair),
  ).compare();
}

class ProtoComparison {
  private readonly seen = new Map<protobuf.Type, Set<protobuf.Type>>();

  public constructor(
    private readonly reader: ParsedProto,
    private readonly writer: ParsedProto,
    private readonly breaks: ProtoBreaks,
  ) {}

  public compare(): readonly SchemaBreak[] {
    const { packageName } = this.reader;
    return [
      ...(packageName === this.writer.packageName
        ? []
        : [this.breaks.otherPackage(packageName, this.writer.packageName)]),
      ...this.topMessages(),
      ...this.services(),
    ];
  }

  /** Records can be any message at the top of the file. A single one is compared under another name, too. */
  private topMessages(): readonly SchemaBreak[] {
    const [readers, writers] = [this.reader, this.writer].map(({ space }) => membersOf(space, protobuf.Type));
    return writers.flatMap((writer) => {
      const reader = readers.find(({ name }) => name === writer.name);
      if (reader) return this.messages(reader, writer, reader.name);
      const gone = this.breaks.noMessage(writer.name);
      return readers.length === 1 && writers.length === 1
        ? [gone, ...this.messages(readers[0], writer, readers[0].name)]
        : [gone];
    });
  }

  /** What calls a method finds it only if the reader has it. */
  private services(): readonly SchemaBreak[] {
    const services = membersOf(this.reader.space, protobuf.Service);
    return membersOf(this.writer.space, protobuf.Service).flatMap(({ methodsArray, name }) => {
      const service = services.find((one) => one.name === name);
      const gone = methodsArray.filter((method) => service && !Object.hasOwn(service.methods, method.name));
      return service
        ? gone.map((method) => this.breaks.noMethod(`${name}.${method.name}`))
        : [this.breaks.noMethod(name)];
    });
  }

  private messages(reader: protobuf.Type, writer: protobuf.Type, path: string): readonly SchemaBreak[] {
    const compared = this.seen.get(reader) ?? new Set();
    this.seen.set(reader, compared);
    if (compared.has(writer)) return [];
    compared.add(writer);
    return [
      ...reader.fieldsArray.flatMap((field) =>
        this.field({ reader: field, writer: writer.fieldsById[field.id], path }),
      ),
      ...writer.fieldsArray.flatMap((field) => this.renumbered(reader, field, path)),
      ...reader.oneofsArray.flatMap((oneof) => this.oneof(oneof, writer, path)),
    ];
  }

  private field({ path: message, reader, writer }: Omit<FieldPair, 'writer'> & { readonly writer?: protobuf.Field }) {
    const path = `${message}.${reader.name}${reader.map ? '{}' : reader.repeated ? '[]' : ''}`;
    const missing = reader.required && !writer?.required ? [this.breaks.required(path, reader, writer)] : [];
    if (!writer) return missing;
    const pair = { reader, writer, path };
    const found = typeBreak(pair, this.breaks) ?? cardinalityBreak(pair, this.breaks);
    return [...missing, ...(found ? [found] : []), ...(found?.severity === 'error' ? [] : this.within(pair))];
  }

  /** What the types of a field contain. */
  private within({ path, reader, writer }: FieldPair): readonly SchemaBreak[] {
    const [one, other] = [typeOf(reader), typeOf(writer)];
    if (one instanceof protobuf.Type && other instanceof protobuf.Type) return this.messages(one, other, path);
    return one instanceof protobuf.Enum && other instanceof protobuf.Enum ? this.enums(one, other, path) : [];
  }

  private enums(reader: protobuf.Enum, writer: protobuf.Enum, path: string): readonly SchemaBreak[] {
    const numbers = Object.values(reader.values);
    return Object.entries(writer.values).flatMap(([name, number]) => {
      const own = Object.hasOwn(reader.values, name) ? reader.values[name] : undefined;
      if (own !== undefined) return own === number ? [] : [this.breaks.otherConstant(path, name, [own, number])];
      return this.reader.isProto3 || numbers.includes(number) ? [] : [this.breaks.noConstant(path, name)];
    });
  }

  /** The same name under another number is another field, unless the old number is reserved or used. */
  private renumbered(reader: protobuf.Type, field: protobuf.Field, path: string): readonly SchemaBreak[] {
    const same = reader.fieldsArray.find(({ name }) => name === field.name);
    if (!same || same.id === field.id || isTaken(reader, field.id) || isTaken(field.parent as protobuf.Type, same.id))
      return [];
    return [this.breaks.otherNumber({ reader: same, writer: field, path: `${path}.${field.name}` })];
  }

  /** Of several fields that were set together, only the last remains. */
  private oneof({ fieldsArray, name }: protobuf.OneOf, writer: protobuf.Type, path: string): readonly SchemaBreak[] {
    const before = fieldsArray.flatMap(({ id }) => writer.fieldsById[id] ?? []);
    const places = new Set(before.map(({ partOf }) => partOf));
    const isTogether = before.length < 2 || (places.size === 1 && !places.has(null));
    return isTogether ? [] : [this.breaks.newOneof(`${path}.${name}`, before)];
  }
}

const membersOf = <T extends protobuf.ReflectionObject>(
  space: protobuf.NamespaceBase,
  of: new (...all: never[]) => T,
) => space.nestedArray.filter((member): member is T => member instanceof of);

const isTaken = (type: protobuf.Type, id: number) => type.fieldsById[id] !== undefined || type.isReservedId(id);
