import type { CheckSchema, CompareSchemas } from '../lib/integrations/schemas/checker';
import { avroVerdict } from './avro';
import { compareAvro } from './avro-compatibility';
import { compareJsonSchema } from './json-compatibility';
import { jsonSchemaVerdict } from './json-schema';
import { compareProtobuf } from './proto-compatibility';
import { protobufVerdict } from './protobuf';

const CHECKS = { AVRO: avroVerdict, JSON: jsonSchemaVerdict, PROTOBUF: protobufVerdict };
const COMPARISONS = { AVRO: compareAvro, JSON: compareJsonSchema, PROTOBUF: compareProtobuf };

/** Bundled into the package, so that users need not install the libraries. */
export const checkSchema: CheckSchema = (format, text) => CHECKS[format](text);
export const compareSchemas: CompareSchemas = (format, pair) => COMPARISONS[format](pair);
