import type { CheckSchema } from '../lib/integrations/schemas/checker';
import { avroProblem } from './avro';
import { jsonSchemaProblem } from './json-schema';
import { protobufProblem } from './protobuf';

const CHECKS = { AVRO: avroProblem, JSON: jsonSchemaProblem, PROTOBUF: protobufProblem };

/** Bundled into the package, so that whoever checks a schema installs nothing. */
export const checkSchema: CheckSchema = (format, text) => CHECKS[format](text);
