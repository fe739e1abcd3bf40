import type { CheckSchema } from '../lib/integrations/schemas/checker';
import { avroProblem } from './avro';
import { jsonSchemaProblem } from './json-schema';
import { protobufProblem } from './protobuf';

const CHECKS = { AVRO: avroProblem, JSON: jsonSchemaProblem, PROTOBUF: protobufProblem };

/** Bundled into the package, so that users need not install the libraries. */
export const checkSchema: CheckSchema = (format, text) => CHECKS[format](text);
