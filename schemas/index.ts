import type { CheckSchema } from '../lib/integrations/schemas/checker';
import { avroVerdict } from './avro';
import { jsonSchemaVerdict } from './json-schema';
import { protobufVerdict } from './protobuf';

const CHECKS = { AVRO: avroVerdict, JSON: jsonSchemaVerdict, PROTOBUF: protobufVerdict };

/** Bundled into the package, so that users need not install the libraries. */
export const checkSchema: CheckSchema = (format, text) => CHECKS[format](text);
