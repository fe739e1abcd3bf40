import type { SchemaBreak, SchemaPair, SchemaVerdict } from '../lib/integrations/schemas/checker';

const both = (fix: string) => ({ reader: fix, writer: fix });

/** Says which records of a writer a reader does not accept, or may not accept, and how to fix it. */
export class JsonBreaks {
  private readonly reader: string;
  private readonly writer: string;

  public constructor({ reader, writer }: SchemaPair) {
    this.reader = reader.name;
    this.writer = writer.name;
  }

  public values(path: string, values: readonly string[]): SchemaBreak {
    const text = `'${path}' can be ${values.join(', ')} in ${this.writer}, which ${this.reader} does not accept`;
    return entry('error', text, { reader: 'accept it', writer: 'leave it out' });
  }

  public limited(path: string, severity: SchemaVerdict['severity'], limit: Limit): SchemaBreak {
    const before = limit.writer === undefined ? 'none' : JSON.stringify(limit.writer);
    const text = `'${path}' has '${limit.keyword}' ${JSON.stringify(limit.reader)} in ${this.reader}, and ${before} in ${this.writer}`;
    return entry(severity, text, both(`keep '${limit.keyword}'`));
  }

  public required(path: string, severity: SchemaVerdict['severity']): SchemaBreak {
    const fix = { reader: 'make it optional', writer: 'keep it required' };
    return entry(severity, `'${path}' is required in ${this.reader}, and not in ${this.writer}`, fix);
  }

  public notAccepted(path: string): SchemaBreak {
    const fix = { reader: 'keep it, or accept additional properties', writer: 'leave it out' };
    return entry('error', `'${path}' can be in ${this.writer}, and ${this.reader} does not accept it`, fix);
  }

  public closed(path: string, severity: SchemaVerdict['severity']): SchemaBreak {
    const text = `'${path}' accepts more than it lists in ${this.writer}, and not in ${this.reader}`;
    return entry(severity, text, both('accept additional properties and items in both'));
  }

  public anyValue(path: string): SchemaBreak {
    const text = `'${path}' is only in ${this.reader}, and ${this.writer} accepts any value for it, which the registry may refuse`;
    return entry('warning', text, both("set 'additionalProperties' to false before properties are added or removed"));
  }

  public unclear(path: string, keyword: string): SchemaBreak {
    const text = `'${path}' differs in '${keyword}', and it is not known whether ${this.reader} accepts all of ${this.writer}`;
    return entry('warning', text, both('make sure that it does'));
  }
}

/** A keyword that accepts less in the reader than in the writer. */
export interface Limit {
  readonly keyword: string;
  readonly reader: unknown;
  readonly writer: unknown;
}

const entry = (severity: SchemaVerdict['severity'], text: string, fix: SchemaBreak['fix']): SchemaBreak => ({
  severity,
  text,
  fix,
});
