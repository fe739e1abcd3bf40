import fc from 'fast-check';
import { cases } from '../../../testkit/any-case';
import { checkSchema, type SchemaFormat } from '../../../lib/integrations/schemas/checker';
import verdicts from './schema-verdicts.json';

/** A schema, and what the Java library of its format says of it; `scripts/schema-judges/run.mjs` writes them. */
interface Judged {
  readonly format: SchemaFormat;
  readonly name: string;
  readonly text: string;
  /** Unknown if it depends on another file. */
  readonly verdict: 'taken' | 'refused' | 'unknown';
  readonly reason?: string;
}

const JUDGED = verdicts as readonly Judged[];

/** What is refused here although the library reads it, and why. */
const STRICTER: Readonly<Record<string, string>> = {
  'a comma at the end': 'org.json reads what is not JSON',
  'single quotes': 'org.json reads what is not JSON',
  'text behind': 'org.json does not read to the end',
  nothing: 'the registry stores schemas of messages',
  'a syntax alone': 'the registry stores schemas of messages',
  'a default of another type': 'protoc refuses it, and Wire only when the default is used',
  extensions: 'the registry does not support them',
  'an extension': 'the registry does not support them',
  'a name with a hyphen': 'protoc refuses it',
};
/** What depends on files that are not here, so that it is a warning. */
const DOUBTED = ['an import that is not there', 'an import that is not used'];

const severityOf = ({ format, text }: Judged) => checkSchema(format, text)?.severity;

/** What this library should say. */
function expected({ name, verdict }: Judged): 'taken' | 'refused' {
  return verdict === 'refused' || (verdict === 'taken' && name in STRICTER) ? 'refused' : 'taken';
}

test('No text makes a check fail, whatever is cut off', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 3 }),
    fc.tuple(fc.constantFrom(...JUDGED), fc.nat(80)).map(([one, end]) => one.text.slice(0, end)),
  );
  fc.assert(
    fc.property(fc.constantFrom<SchemaFormat>('AVRO', 'JSON', 'PROTOBUF'), text, (format, schema) => {
      expect(['error', 'warning', undefined]).toContain(checkSchema(format, schema)?.severity);
    }),
    cases(3000),
  );
});

describe('Schemas are judged as by the Java library of their format', () => {
  test.each(['AVRO', 'JSON', 'PROTOBUF'])('%s', (format) => {
    const schemas = JUDGED.filter(
      (one) => one.format === format && one.verdict !== 'unknown' && !DOUBTED.includes(one.name),
    );
    expect(schemas.length).toBeGreaterThan(100);
    const others = schemas.filter((one) => (severityOf(one) === 'error' ? 'refused' : 'taken') !== expected(one));
    expect(others.map(({ name, reason, verdict }) => ({ name, reason, verdict }))).toEqual([]);
  });

  test('and warned of where other files decide', () => {
    const schemas = JUDGED.filter(({ name }) => DOUBTED.includes(name));
    expect(schemas.map(severityOf)).toEqual(['warning', 'warning']);
  });

  test('and taken where only the network could tell', () => {
    const schemas = JUDGED.filter(({ verdict }) => verdict === 'unknown');
    expect(new Set(schemas.map(severityOf))).toEqual(new Set([undefined]));
  });

  test('and each exception is one', () => {
    const needless = Object.keys(STRICTER).filter(
      (name) => !JUDGED.some((one) => one.name === name && one.verdict === 'taken'),
    );
    expect(needless).toEqual([]);
  });
});
