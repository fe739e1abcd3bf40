import { createRequire } from 'node:module';
import * as path from 'node:path';
import { assetFolder } from '../../internal/asset-folder';

/** How a schema is written, by the name that Glue has for it. */
export type SchemaFormat = 'AVRO' | 'JSON' | 'PROTOBUF';

/** What is wrong with a schema, or nothing. */
export type CheckSchema = (format: SchemaFormat, text: string) => string | undefined;

/**
 * Asks the formats' own libraries, which the package brings bundled. They are loaded when the first schema is checked, so that
 * apps without one do not pay for them.
 */
export const checkSchema: CheckSchema = (format, text) => {
  const bundle = path.join(assetFolder('schemas'), 'index.js');
  const { checkSchema: check } = createRequire(__filename)(bundle) as { checkSchema: CheckSchema };
  return check(format, text);
};
