import type { SchemaBreak, SchemaPair } from '../lib/integrations/schemas/checker';
import type { AvroType } from './avro-types';

/** Two types that are compared, and where they are in the reader. */
export interface At {
  readonly reader: AvroType;
  readonly writer: AvroType;
  readonly path: string;
}

const KEEP_TYPE = 'keep the type, or add a field with another name and a default';

/** Says why a reader cannot read what a writer has written, and how to fix it. */
export class AvroBreaks {
  private readonly reader: string;
  private readonly writer: string;

  public constructor({ reader, writer }: SchemaPair) {
    this.reader = reader.name;
    this.writer = writer.name;
  }

  public noDefault(path: string): SchemaBreak {
    return this.broken(`'${path}' has no default in ${this.reader}, and is not in ${this.writer}`, {
      reader: 'give it a default, or its previous name as an alias',
      writer: 'keep the field',
    });
  }

  public otherType({ path, reader, writer }: At): SchemaBreak {
    const text = `'${path}' is ${nameOf(reader)} in ${this.reader}, and ${nameOf(writer)} in ${this.writer}`;
    return this.broken(text, { reader: KEEP_TYPE, writer: KEEP_TYPE });
  }

  public noBranch({ path, reader, writer }: At): SchemaBreak {
    const branches = reader.branches!.map(nameOf).join(', ') || 'nothing';
    const text = `'${path}' can be ${nameOf(writer)} in ${this.writer}, but only ${branches} in ${this.reader}`;
    return this.broken(text, { reader: 'keep the type in the union', writer: 'leave the type out' });
  }

  public otherName({ path, reader, writer }: At): SchemaBreak {
    const text = `'${path}' is named '${reader.fullName!}' in ${this.reader}, and '${writer.fullName!}' in ${this.writer}`;
    return this.broken(text, { reader: `add the alias '${writer.fullName!}'`, writer: 'keep the name' });
  }

  public otherSize({ path, reader, writer }: At): SchemaBreak {
    const text = `'${path}' has ${reader.size!} bytes in ${this.reader}, and ${writer.size!} in ${this.writer}`;
    return this.broken(text, { reader: KEEP_TYPE, writer: KEEP_TYPE });
  }

  public noSymbols({ path }: At, symbols: readonly string[]): SchemaBreak {
    const text = `'${path}' can be ${symbols.join(', ')} in ${this.writer}, which the enum in ${this.reader} does not have`;
    return this.broken(text, { reader: 'keep the symbol, or give the enum a default', writer: 'leave the symbol out' });
  }

  public ambiguous(path: string, fields: readonly string[]): SchemaBreak {
    const text = `'${path}' in ${this.reader} stands for several fields of ${this.writer}: ${fields.join(', ')}`;
    return this.broken(text, { reader: 'remove aliases', writer: 'name the fields differently' });
  }

  public otherMeaning({ path, reader, writer }: At): SchemaBreak {
    const text = `'${path}' is ${reader.logical!} in ${this.reader}, and ${writer.logical!} in ${this.writer}, so that values are misread`;
    return { severity: 'warning', text, fix: { reader: KEEP_TYPE, writer: KEEP_TYPE } };
  }

  private broken(text: string, fix: SchemaBreak['fix']): SchemaBreak {
    return { severity: 'error', text, fix };
  }
}

const nameOf = ({ fullName, kind }: AvroType): string => (fullName === undefined ? kind : `${kind} ${fullName}`);
