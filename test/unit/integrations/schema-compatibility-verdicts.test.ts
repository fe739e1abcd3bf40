import { compareSchemas, type SchemaFormat } from '../../../lib/integrations/schemas/checker';
import verdicts from './schema-compatibility-verdicts.json';

/** A reader and a writer, and what the Java library of their format makes of them; `scripts/schema-judges/run.mjs` writes them. */
interface Judged {
  readonly format: SchemaFormat;
  readonly name: string;
  readonly reader: string;
  readonly writer: string;
  readonly verdict: 'reads' | 'breaks';
  readonly reason?: string;
}

const JUDGED = verdicts as readonly Judged[];

const breaksOf = ({ format, reader, writer }: Judged) =>
  compareSchemas(format, {
    reader: { name: 'the reader', text: reader },
    writer: { name: 'the writer', text: writer },
  });
const errorsOf = (pair: Judged) => breaksOf(pair).filter(({ severity }) => severity === 'error');

describe("A reader and a writer in Avro are judged as by Avro's Java library", () => {
  const pairs = JUDGED.filter(({ format }) => format === 'AVRO');

  test.each(['reads', 'breaks'] as const)('if it says: %s', (verdict) => {
    const judged = pairs.filter((one) => one.verdict === verdict);
    expect(judged.length).toBeGreaterThan(100);
    const others = judged.filter((one) => errorsOf(one).length > 0 !== (verdict === 'breaks'));
    expect(others.map(({ name, reason }) => ({ name, reason }))).toEqual([]);
  });

  test('and every break names a field or type, both versions and a way out for each', () => {
    for (const { fix, text } of pairs.flatMap(errorsOf)) {
      expect(text).toMatch(/^'[\w.[\]{}]+' .*the (reader|writer)/);
      expect([fix.reader, fix.writer]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
    }
  });
});
