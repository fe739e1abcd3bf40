import fs from 'node:fs';
import { PAGE, report, table } from '../../bench/report';
import { type Figures, ROWS } from '../../bench/rows';

/** Every figure exactly at its limit, except the given ones. */
const figures = (given: Partial<Figures> = {}) =>
  ({ ...Object.fromEntries(ROWS.map(({ limit, name }) => [name, limit])), ...given }) as Figures;

/** A table without the values that differ from run to run. */
const rows = (text: string) =>
  [...text.matchAll(/^\| (`[\w-]+` \| .+?) \| [^|]+ \| ([^|]+) \| (?:ok|over) \|$/gm)].map(
    ([, what, limit]) => `${what} | ${limit}`,
  );

describe('docs/benchmarks.md', () => {
  test('has every figure that is measured with its limit, and no other; `npm run bench -- --write` writes it', () => {
    const written = rows(fs.readFileSync(PAGE, 'utf8'));
    expect(written).toHaveLength(ROWS.length);
    expect(written).toEqual(rows(table(figures())));
  });
});

describe('The report of the bench', () => {
  test('takes what is at its limit', () => {
    expect(report(figures())).not.toContain('over');
  });

  test('says which figure is over its limit', () => {
    const over = report(figures({ 'unchanged-writes': 1, 'one-topic': 1.504 }))
      .split('\n')
      .filter((line) => line.endsWith(' over'));
    expect(over.map((line) => line.split(/ +/))).toEqual([
      ['one-topic', '1.504', '1.5', 'over'],
      ['unchanged-writes', '1', '0', 'over'],
    ]);
  });
});
