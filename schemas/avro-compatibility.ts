import type { SchemaBreak, SchemaPair } from '../lib/integrations/schemas/checker';
import { parseAvro } from './avro';
import { type At, AvroBreaks } from './avro-breaks';
import type { AvroField, AvroType } from './avro-types';

/** Which other types a reader takes for its own. */
const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
};

/**
 * Compares two versions as `checkReaderWriterCompatibility` of Avro's Java library does in version 1.11.
 *
 * @see https://github.com/apache/avro/blob/release-1.11.4/lang/java/avro/src/main/java/org/apache/avro/SchemaCompatibility.java
 */
export function compareAvro(pair: SchemaPair): readonly SchemaBreak[] {
  const [reader, writer] = [parseAvro(pair.reader.text), parseAvro(pair.writer.text)];
  try {
    return new AvroComparison(new AvroBreaks(pair)).compare({ reader, writer, path: lastOf(reader) });
  } catch (error) {
    if (error instanceof Ambiguous) return [error.found];
    throw error;
  }
}

/** The Java library stops at a field that stands for several, even if another branch of a union could be read. */
class Ambiguous extends Error {
  public constructor(public readonly found: SchemaBreak) {
    super(found.text);
  }
}

const lastOf = ({ fullName, kind }: AvroType) => (fullName === undefined ? kind : fullName.split('.').at(-1)!);

/**
 * Looks at each pair of types once, and in the order of the Java library: while a pair that contains itself is compared, it counts as
 * compatible, and that shows in what is remembered of other pairs.
 */
class AvroComparison {
  private readonly known = new Map<AvroType, Map<AvroType, readonly SchemaBreak[]>>();

  public constructor(private readonly breaks: AvroBreaks) {}

  public compare(at: At): readonly SchemaBreak[] {
    const ofReader = this.known.get(at.reader) ?? new Map<AvroType, readonly SchemaBreak[]>();
    this.known.set(at.reader, ofReader);
    const remembered = ofReader.get(at.writer);
    if (remembered) return remembered;
    ofReader.set(at.writer, []);
    const found = [
      ...(at.reader.kind === at.writer.kind ? this.ofOneKind(at) : this.ofTwoKinds(at)),
      ...this.meaning(at),
    ];
    ofReader.set(at.writer, found);
    return found;
  }

  private ofOneKind(at: At): readonly SchemaBreak[] {
    const { path, reader, writer } = at;
    switch (reader.kind) {
      case 'array':
        return this.compare({ reader: reader.items!, writer: writer.items!, path: `${path}[]` });
      case 'map':
        return this.compare({ reader: reader.items!, writer: writer.items!, path: `${path}{}` });
      case 'union':
        return this.eachBranch(at);
      case 'record':
        return [...this.names(at), ...[...reader.fields!].flatMap(([name, field]) => this.field(at, name, field))];
      case 'enum':
        return [...this.names(at), ...this.symbols(at)];
      case 'fixed':
        return [...this.names(at), ...(reader.size === writer.size ? [] : [this.breaks.otherSize(at)])];
      default:
        return [];
    }
  }

  private ofTwoKinds(at: At): readonly SchemaBreak[] {
    const { reader, writer } = at;
    if (writer.kind === 'union') return this.eachBranch(at);
    if (reader.kind === 'union') return this.someBranch(at);
    return PROMOTIONS[reader.kind]?.includes(writer.kind) ? [] : [this.breaks.otherType(at)];
  }

  /** Every branch of the writer must be readable. */
  private eachBranch(at: At): readonly SchemaBreak[] {
    return at.writer.branches!.flatMap((branch) => this.compare({ ...at, writer: branch }));
  }

  /** Some branch of the reader must be able to read it. If one is of its name, what keeps it from doing so is what to fix. */
  private someBranch(at: At): readonly SchemaBreak[] {
    let inner: readonly SchemaBreak[] | undefined;
    for (const branch of at.reader.branches!) {
      const found = this.compare({ ...at, reader: branch });
      if (!found.some(({ severity }) => severity === 'error')) return found;
      if (branch.kind === at.writer.kind && lastOf(branch) === lastOf(at.writer)) inner ??= found;
    }
    return inner ?? [this.breaks.noBranch(at)];
  }

  /** The library reads the value, and takes it for something else. */
  private meaning(at: At): readonly SchemaBreak[] {
    const [own, before] = [at.reader.logical, at.writer.logical];
    return own === before || own === undefined || before === undefined ? [] : [this.breaks.otherMeaning(at)];
  }

  /** Namespaces differ freely, except in aliases. */
  private names(at: At): readonly SchemaBreak[] {
    const { reader, writer } = at;
    const isSame = lastOf(reader) === lastOf(writer) || reader.aliases!.includes(writer.fullName!);
    return isSame ? [] : [this.breaks.otherName(at)];
  }

  private symbols(at: At): readonly SchemaBreak[] {
    const { symbolDefault, symbols } = at.reader;
    const missing = at.writer.symbols!.filter((symbol) => !symbols!.includes(symbol));
    return missing.length === 0 || symbolDefault !== undefined ? [] : [this.breaks.noSymbols(at, missing)];
  }

  private field({ path: record, writer }: At, name: string, field: AvroField): readonly SchemaBreak[] {
    const path = `${record}.${name}`;
    const sources = [name, ...field.aliases].filter((one) => writer.fields!.has(one));
    if (sources.length > 1) throw new Ambiguous(this.breaks.ambiguous(path, sources));
    if (sources.length === 1)
      return this.compare({ reader: field.type, writer: writer.fields!.get(sources[0])!.type, path });
    return field.default === undefined ? [this.breaks.noDefault(path)] : [];
  }
}
