import * as fs from 'node:fs';
import { type Finding, finding } from '../../model/finding';
import { isKnown, refused } from '../../internal/validation';
import { checkSchema, type SchemaFormat } from './checker';
import { checked } from '../../internal/signatures/checked';

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html */
const LONGEST = 170_000;

/**
 * The definition of a schema, in one of the formats of the Glue schema registry. It is checked at synthesis, with the
 * library of its format.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
@checked('SchemaDefinition')
export class SchemaDefinition {
  /** Defines an Apache Avro schema, written as JSON. */
  public static avro(text: string): SchemaDefinition {
    return new SchemaDefinition('AVRO', text);
  }

  /** Reads an Apache Avro schema from a file, such as `order.avsc`. */
  public static avroFile(file: string): SchemaDefinition {
    return SchemaDefinition.avro(textOf(file));
  }

  /** Defines a JSON Schema. Its `$schema` names the draft: draft-04, draft-06 or draft-07, which is the default. */
  public static json(text: string): SchemaDefinition {
    return new SchemaDefinition('JSON', text);
  }

  /** Reads a JSON Schema from a file. */
  public static jsonFile(file: string): SchemaDefinition {
    return SchemaDefinition.json(textOf(file));
  }

  /** Defines a Protocol Buffers schema in proto2 or proto3. Extensions and groups are not supported. */
  public static protobuf(text: string): SchemaDefinition {
    return new SchemaDefinition('PROTOBUF', text);
  }

  /** Reads a Protocol Buffers schema from a file, such as `order.proto`. */
  public static protobufFile(file: string): SchemaDefinition {
    return SchemaDefinition.protobuf(textOf(file));
  }

  /** @internal */
  public static _of(format: SchemaFormat, text: string): SchemaDefinition {
    return new SchemaDefinition(format, text);
  }

  private constructor(
    /** @internal */
    public readonly _format: SchemaFormat,
    /** The text of the schema. */
    public readonly text: string,
  ) {}

  /** @internal */
  public _findings(subject: string): Finding[] {
    if (!isKnown(this.text)) return [];
    const { length } = this.text;
    if (length > LONGEST) {
      const message = `${subject} must not exceed ${LONGEST.toLocaleString('en')} characters, got ${length.toLocaleString('en')}`;
      return [finding('SchemaLength', message)];
    }
    const verdict = checkSchema(this._format, this.text);
    if (verdict === undefined) return [];
    const { severity, text } = verdict;
    const name = NAMES[this._format];
    return severity === 'error'
      ? [finding('SchemaSyntax', `${subject} is not a valid ${name}: ${text}`)]
      : [
          finding(
            'SchemaDoubtful',
            `Glue's Java library takes ${subject}, and other tools may not take it as a ${name}: ${text}`,
          ),
        ];
  }
}

const NAMES: Record<SchemaFormat, string> = {
  AVRO: 'Avro schema',
  JSON: 'JSON Schema',
  PROTOBUF: 'Protocol Buffers schema',
};

/** A relative path starts at the working directory, which is that of `cdk.json`. */
function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `'file' must be a file that can be read, got '${file.slice(0, 200)}' in ${process.cwd()} (${code})`;
    throw refused('SchemaDefinition', finding('SchemaFile', message));
  }
}
