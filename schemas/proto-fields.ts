import protobuf from 'protobufjs';
import type { SchemaBreak } from '../lib/integrations/schemas/checker';
import type { FieldPair, ProtoBreaks } from './proto-breaks';

/** Types of one group are encoded in the same way. */
const GROUPS: Readonly<Record<string, string>> = {
  int32: 'varint',
  int64: 'varint',
  uint32: 'varint',
  uint64: 'varint',
  bool: 'varint',
  sint32: 'zigzag',
  sint64: 'zigzag',
  fixed32: 'fixed32',
  sfixed32: 'fixed32',
  fixed64: 'fixed64',
  sfixed64: 'fixed64',
  float: 'float',
  double: 'double',
  string: 'text',
  bytes: 'text',
};

/** The bits of the lowest and of the highest number. */
const BITS: Readonly<Record<string, readonly [number, number]>> = {
  bool: [0, 1],
  int32: [31, 31],
  sint32: [31, 31],
  sfixed32: [31, 31],
  uint32: [0, 32],
  fixed32: [0, 32],
  int64: [63, 63],
  sint64: [63, 63],
  sfixed64: [63, 63],
  uint64: [0, 64],
  fixed64: [0, 64],
};
const CONSTANTS = [0, 31] as const;

/** The message or enum of a field, or undefined if it has another type, or one of a file that is not here. */
export function typeOf(field: protobuf.Field): protobuf.Type | protobuf.Enum | undefined {
  if (field.type in GROUPS) return undefined;
  const found = field.parent?.lookup(field.type, [protobuf.Type, protobuf.Enum]);
  return (found as protobuf.Type | protobuf.Enum | null) ?? undefined;
}

/** How the values of a field are encoded, or undefined if another file says so. */
function groupOf(field: protobuf.Field): string | undefined {
  const type = typeOf(field);
  if (type) return type instanceof protobuf.Enum ? 'varint' : 'message';
  return GROUPS[field.type];
}

/** What the types of a field break. */
export function typeBreak(pair: FieldPair, breaks: ProtoBreaks): SchemaBreak | undefined {
  const { reader, writer } = pair;
  if (reader instanceof protobuf.MapField || writer instanceof protobuf.MapField) return mapBreak(pair, breaks);
  const [own, other] = [groupOf(reader), groupOf(writer)];
  if (own === undefined || other === undefined)
    return lastOf(reader.type) === lastOf(writer.type) ? undefined : breaks.unknownType(pair);
  if (own !== other) return areBytesOfMessage(pair) ? breaks.bytes(pair) : breaks.otherType(pair);
  if (reader.type === 'string' && writer.type === 'bytes') return breaks.notText(pair);
  return hasRoom(reader, writer) ? undefined : breaks.otherRange(pair);
}

/** Whether the reader has all numbers of the writer. An enum has only its own, which are compared one by one. */
function hasRoom(reader: protobuf.Field, writer: protobuf.Field): boolean {
  const [own, before] = [typeOf(reader), typeOf(writer)].map((type) => type instanceof protobuf.Enum);
  if (own) return before;
  const [low, high] = before ? CONSTANTS : (BITS[writer.type] ?? [0, 0]);
  const room = BITS[reader.type];
  return room === undefined || (room[0] >= low && room[1] >= high);
}

const lastOf = (name: string) => name.split('.').at(-1);

/** A message is encoded as bytes. */
function areBytesOfMessage({ reader, writer }: FieldPair): boolean {
  const groups = [groupOf(reader), groupOf(writer)];
  return groups.includes('message') && [reader.type, writer.type].includes('bytes');
}

/** A map is encoded as a list of messages that have a key and a value. */
function mapBreak(pair: FieldPair, breaks: ProtoBreaks): SchemaBreak | undefined {
  const { reader, writer } = pair;
  if (!(reader instanceof protobuf.MapField) || !(writer instanceof protobuf.MapField)) {
    const list = reader instanceof protobuf.MapField ? writer : reader;
    const isEntry = (groupOf(list) === 'message' && list.repeated) || list.type === 'bytes';
    return isEntry ? breaks.bytes(pair) : breaks.otherType(pair);
  }
  if (GROUPS[reader.keyType] !== GROUPS[writer.keyType]) return breaks.otherType(pair);
  if (!hasRoom(partOf(reader, reader.keyType), partOf(writer, writer.keyType))) return breaks.otherRange(pair);
  return typeBreak({ ...pair, reader: partOf(reader, reader.type), writer: partOf(writer, writer.type) }, breaks);
}

/** The keys or the values of a map, as a field of the same message. */
function partOf({ id, name, parent }: protobuf.MapField, type: string): protobuf.Field {
  const field = new protobuf.Field(name, id, type);
  field.parent = parent;
  return field;
}

/** What is lost if a reader expects one value where there are several. */
export function cardinalityBreak(pair: FieldPair, breaks: ProtoBreaks): SchemaBreak | undefined {
  const { reader, writer } = pair;
  if (!writer.repeated || reader.repeated) return undefined;
  const group = groupOf(writer);
  const isPacked = writer.packed && group !== 'text' && group !== 'message';
  return isPacked ? breaks.packed(pair) : breaks.onlyLast(pair);
}
