import protobuf from 'protobufjs';
import type { SchemaBreak, SchemaPair, SchemaVerdict } from '../lib/integrations/schemas/checker';

/** A field in two versions, and where it is in the reader. */
export interface FieldPair {
  readonly reader: protobuf.Field;
  readonly writer: protobuf.Field;
  readonly path: string;
}

const both = (fix: string) => ({ reader: fix, writer: fix });
const KEEP_TYPE = both('keep the type, or add a field with another number');
const KEEP_NUMBER = both('keep the number');
const CHECK = both('make sure that readers can handle it');

/** Says why a reader cannot read, or may misread, what a writer has written, and how to fix it. */
export class ProtoBreaks {
  private readonly reader: string;
  private readonly writer: string;

  public constructor({ reader, writer }: SchemaPair) {
    this.reader = reader.name;
    this.writer = writer.name;
  }

  public required(path: string, field: protobuf.Field, before?: protobuf.Field): SchemaBreak {
    const rest = before ? `and not required in ${this.writer}` : `and is not in ${this.writer}`;
    return this.broken(`'${path}' (${field.id}) is required in ${this.reader}, ${rest}`, {
      reader: 'make it optional',
      writer: 'keep it required',
    });
  }

  public otherType(pair: FieldPair): SchemaBreak {
    return this.broken(`${this.types(pair)}, which is encoded differently`, KEEP_TYPE);
  }

  public packed(pair: FieldPair): SchemaBreak {
    return this.broken(`${this.types(pair)}, and a packed list is not read as one value`, KEEP_TYPE);
  }

  public otherNumber({ path, reader, writer }: FieldPair): SchemaBreak {
    const text = `'${path}' has the number ${reader.id} in ${this.reader}, and ${writer.id} in ${this.writer}`;
    return this.broken(text, {
      reader: `keep the number, or add 'reserved ${writer.id};' if this is another field`,
      writer: `keep the number, or add 'reserved ${reader.id};' if this is another field`,
    });
  }

  public otherConstant(path: string, name: string, [reader, writer]: readonly [number, number]): SchemaBreak {
    const text = `'${path}' has the constant ${name} = ${reader} in ${this.reader}, and ${name} = ${writer} in ${this.writer}`;
    return this.broken(text, KEEP_NUMBER);
  }

  public noMethod(name: string): SchemaBreak {
    const fix = { reader: 'keep it', writer: 'leave it out' };
    return this.broken(`'${name}' is in ${this.writer}, and not in ${this.reader}, so that calls of it fail`, fix);
  }

  public noMessage(name: string): SchemaBreak {
    const text = `the message '${name}' is in ${this.writer}, and not in ${this.reader}, which the registry may refuse`;
    return this.doubtful(text, { reader: 'keep it', writer: 'leave it out' });
  }

  public otherPackage(reader: string, writer: string): SchemaBreak {
    const text = `the package is '${reader}' in ${this.reader}, and '${writer}' in ${this.writer}, so that classes have other names`;
    return this.doubtful(text, both('keep the package'));
  }

  public noConstant(path: string, name: string): SchemaBreak {
    const text = `'${path}' can be ${name} in ${this.writer}, which a reader with ${this.reader} sees as not set`;
    return this.doubtful(text, CHECK);
  }

  public newOneof(path: string, fields: readonly protobuf.Field[]): SchemaBreak {
    const names = fields.map(({ name }) => name).join(', ');
    const text = `'${path}' has fields in ${this.reader} that can be set together in ${this.writer}, of which only one is read: ${names}`;
    return this.doubtful(text, CHECK);
  }

  public onlyLast(pair: FieldPair): SchemaBreak {
    return this.doubtful(`${this.types(pair)}, of which only the last is read`, CHECK);
  }

  public otherRange(pair: FieldPair): SchemaBreak {
    return this.doubtful(`${this.types(pair)}, and other numbers are read if they do not fit`, CHECK);
  }

  public notText(pair: FieldPair): SchemaBreak {
    return this.doubtful(`${this.types(pair)}, which may not be valid UTF-8`, CHECK);
  }

  public bytes(pair: FieldPair): SchemaBreak {
    return this.doubtful(`${this.types(pair)}, which is only read if the bytes are such a message`, CHECK);
  }

  public unknownType(pair: FieldPair): SchemaBreak {
    return this.doubtful(`${this.types(pair)}, and other files say how they are encoded`, CHECK);
  }

  private types({ path, reader, writer }: FieldPair): string {
    return `'${path}' (${reader.id}) is ${nameOf(reader)} in ${this.reader}, and ${nameOf(writer)} in ${this.writer}`;
  }

  private broken = (text: string, fix: SchemaBreak['fix']) => entry('error', text, fix);
  private doubtful = (text: string, fix: SchemaBreak['fix']) => entry('warning', text, fix);
}

const entry = (severity: SchemaVerdict['severity'], text: string, fix: SchemaBreak['fix']): SchemaBreak => ({
  severity,
  text,
  fix,
});

function nameOf(field: protobuf.Field): string {
  if (field instanceof protobuf.MapField) return `map<${field.keyType}, ${field.type}>`;
  return field.repeated ? `repeated ${field.type}` : field.type;
}
