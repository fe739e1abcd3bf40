import fc from 'fast-check';
import { checkSchema, compareSchemas, type SchemaFormat } from '../../../lib/integrations/schemas/checker';
import { cases } from '../../../testkit/any-case';
import pairs from './schema-compatibility-verdicts.json';
import schemas from './schema-verdicts.json';

/** A reader and a writer, and what the Java library of their format makes of them; `scripts/schema-judges/run.mjs` writes them. */
interface Judged {
  readonly format: SchemaFormat;
  readonly name: string;
  readonly reader: string;
  readonly writer: string;
  /** By the library in Avro. In the other formats, whether the reader reads what the writer has written of one record. */
  readonly verdict: 'reads' | 'breaks';
  readonly reason?: string;
}

const JUDGED = pairs as readonly Judged[];

const compared = (format: SchemaFormat, reader: string, writer: string) =>
  compareSchemas(format, {
    reader: { name: 'the reader', text: reader },
    writer: { name: 'the writer', text: writer },
  });
const breaksOf = ({ format, reader, writer }: Judged) => compared(format, reader, writer);
const isRefused = (pair: Judged) => breaksOf(pair).some(({ severity }) => severity === 'error');

const judgedIn = (format: SchemaFormat, verdict: Judged['verdict']) => {
  const found = JUDGED.filter((one) => one.format === format && one.verdict === verdict);
  expect(found.length).toBeGreaterThan(80);
  return found;
};
const names = (all: readonly Judged[]) => all.map(({ name }) => name);

test("A reader and a writer in Avro are judged as by Avro's Java library", () => {
  expect(names(judgedIn('AVRO', 'reads').filter(isRefused))).toEqual([]);
  expect(names(judgedIn('AVRO', 'breaks').filter((one) => !isRefused(one)))).toEqual([]);
});

/** Where the one record does not say it all. */
const REFUSED_ALL_THE_SAME: Readonly<Record<string, string>> = {
  'bool reads sint32': 'any number but 0 is true, however it is encoded',
  'bool reads sint64': 'any number but 0 is true, however it is encoded',
};
const ACCEPTED_ALL_THE_SAME: Readonly<Record<string, string>> = {
  'a field by a number that was reserved': 'it is declared to be another field',
};

describe.each(['JSON', 'PROTOBUF'] as const)('A reader and a writer in %s', (format) => {
  test('are refused only if a record shows that the reader does not read it', () => {
    const refused = names(judgedIn(format, 'reads').filter(isRefused));
    expect(refused).toEqual(Object.keys(REFUSED_ALL_THE_SAME).filter((name) => refused.includes(name)));
  });

  test('are refused or doubted if a record shows that', () => {
    const accepted = names(judgedIn(format, 'breaks').filter((one) => breaksOf(one).length === 0));
    expect(accepted).toEqual(Object.keys(ACCEPTED_ALL_THE_SAME).filter((name) => accepted.includes(name)));
  });
});

test('Each exception is one', () => {
  const isOne = (exception: string, verdict: string) =>
    JUDGED.some(({ name, verdict: found }) => name === exception && found === verdict);
  for (const name of Object.keys(REFUSED_ALL_THE_SAME)) expect(isOne(name, 'reads')).toBe(true);
  for (const name of Object.keys(ACCEPTED_ALL_THE_SAME)) expect(isOne(name, 'breaks')).toBe(true);
});

test('Every difference names the place, both versions, and what to do about either', () => {
  for (const { fix, text } of JUDGED.flatMap(breaksOf)) {
    expect(text).toMatch(/'[\w.[\]{}*$]+' .*the (reader|writer)|^the (message|package) '/);
    expect(text).toMatch(/the (reader|writer)/);
    expect([fix.reader, fix.writer]).toEqual([expect.stringMatching(/^\w/), expect.stringMatching(/^\w/)]);
  }
});

describe('Whatever schemas are compared', () => {
  const valid = (schemas as readonly { format: SchemaFormat; text: string }[]).filter(
    ({ format, text }) => checkSchema(format, text)?.severity !== 'error',
  );

  test.each(['AVRO', 'JSON', 'PROTOBUF'] as const)(
    'the comparison of %s ends, and finds nothing within one',
    (format) => {
      const some = valid.filter((one) => one.format === format).map(({ text }) => text);
      const all = [...some, ...JUDGED.filter((one) => one.format === format).map(({ writer }) => writer)];
      const schema = fc.constantFrom(...all);
      fc.assert(
        fc.property(schema, schema, (reader, writer) => {
          expect(Array.isArray(compared(format, reader, writer))).toBe(true);
          const within = compared(format, reader, reader).filter(({ severity }) => severity === 'error');
          expect(within.filter(({ text }) => !text.includes('stands for several'))).toEqual([]);
        }),
        cases(500),
      );
    },
  );

  test('references in a circle come to an end', () => {
    const circle = (more: object) => JSON.stringify({ type: 'object', oneOf: [{ $ref: '#' }, { $ref: '#' }], ...more });
    expect(compared('JSON', circle({}), circle({ title: 'a' }))).toEqual(expect.any(Array));
    expect(compared('JSON', circle({ minProperties: 1 }), circle({ maxProperties: 1 }))).toEqual(expect.any(Array));
  });
});
