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

/**
 * Checks a schema with the library of its format. These libraries are bundled with the package, and are loaded for the
 * first schema, so that apps without schemas do not pay for them.
 */
export const checkSchema: CheckSchema = (format, text) => {
  const bundle = path.join(assetFolder('schemas'), 'index.js');
  const { checkSchema: check } = createRequire(__filename)(bundle) as { checkSchema: CheckSchema };
  return check(format, text);
};
