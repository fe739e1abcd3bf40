import { createRequire } from 'node:module';
import * as path from 'node:path';
import { assetFolder } from '../../internal/asset-folder';

/** The format of a schema, by Glue's name. */
export type SchemaFormat = 'AVRO' | 'JSON' | 'PROTOBUF';

/** What is wrong with a schema: an error if the library of its format refuses it, a warning if other tools may. */
export interface SchemaVerdict {
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

/** Returns what is wrong with a schema, or undefined if nothing is. */
export type CheckSchema = (format: SchemaFormat, text: string) => SchemaVerdict | undefined;

/** A version of a schema, with the name by which messages refer to it. */
export interface SchemaVersion {
  readonly name: string;
  readonly text: string;
}

/** The version with which records are read, and the one with which they were written. */
export interface SchemaPair {
  readonly reader: SchemaVersion;
  readonly writer: SchemaVersion;
}

/** A difference between two versions: an error if a reader cannot read all records, a warning if that is not certain. */
export interface SchemaBreak extends SchemaVerdict {
  /** How to fix it, depending on which of the two versions can be changed. */
  readonly fix: Readonly<Record<keyof SchemaPair, string>>;
}

/** Returns why the reader may not read what the writer has written. Both are valid schemas. */
export type CompareSchemas = (format: SchemaFormat, pair: SchemaPair) => readonly SchemaBreak[];

interface Bundle {
  readonly checkSchema: CheckSchema;
  readonly compareSchemas: CompareSchemas;
}

/** The libraries of the formats are bundled with the package, and are loaded on first use, so that only apps with schemas pay. */
const bundle = () => createRequire(__filename)(path.join(assetFolder('schemas'), 'index.js')) as Bundle;

/** Checks a schema with the library of its format. */
export const checkSchema: CheckSchema = (format, text) => bundle().checkSchema(format, text);

/** Compares two versions of a schema by the rules of its format. */
export const compareSchemas: CompareSchemas = (format, pair) => bundle().compareSchemas(format, pair);
