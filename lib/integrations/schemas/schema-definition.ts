import * as fs from 'node:fs';
import { type Finding, finding } from '../../model/finding';
import { isKnown } from '../../internal/validation';
import { checkSchema, type SchemaFormat } from './checker';

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html */
const LONGEST = 170_000;

/**
 * What records look like, in one of the formats of the Glue schema registry. It is checked when the app is synthesized, by the
 * format's own library.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
export class SchemaDefinition {
  /** Apache Avro, as JSON. */
  public static avro(text: string): SchemaDefinition {
    return new SchemaDefinition('AVRO', text);
  }

  /** Apache Avro from a file, such as `order.avsc`. */
  public static avroFile(file: string): SchemaDefinition {
    return SchemaDefinition.avro(fs.readFileSync(file, 'utf8'));
  }

  /** JSON Schema: draft-04, draft-06 or draft-07, as its `$schema` says; without a word draft-07. */
  public static json(text: string): SchemaDefinition {
    return new SchemaDefinition('JSON', text);
  }

  /** JSON Schema from a file. */
  public static jsonFile(file: string): SchemaDefinition {
    return SchemaDefinition.json(fs.readFileSync(file, 'utf8'));
  }

  /** Protocol Buffers: proto2 or proto3, without extensions and groups. */
  public static protobuf(text: string): SchemaDefinition {
    return new SchemaDefinition('PROTOBUF', text);
  }

  /** Protocol Buffers from a file, such as `order.proto`. */
  public static protobufFile(file: string): SchemaDefinition {
    return SchemaDefinition.protobuf(fs.readFileSync(file, 'utf8'));
  }

  private constructor(
    /** @internal */
    public readonly _format: SchemaFormat,
    /** The schema itself. */
    public readonly text: string,
  ) {}

  /** @internal */
  public get _findings(): Finding[] {
    if (!isKnown(this.text)) return [];
    const { length } = this.text;
    if (length > LONGEST) {
      const message = `'definition' must not exceed ${LONGEST.toLocaleString('en')} characters, got ${length.toLocaleString('en')}`;
      return [finding('SchemaLength', message)];
    }
    const wrong = checkSchema(this._format, this.text);
    return wrong === undefined
      ? []
      : [finding('SchemaSyntax', `'definition' is not a valid ${NAMES[this._format]}: ${wrong}`)];
  }
}

const NAMES: Record<SchemaFormat, string> = {
  AVRO: 'Avro schema',
  JSON: 'JSON Schema',
  PROTOBUF: 'Protocol Buffers schema',
};
