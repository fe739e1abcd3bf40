import fs from 'node:fs';
import path from 'node:path';
import cloudformation from '../../lib/model/facts/cloudformation.json';
import changes from '../../lib/model/facts/changes.json';
import { alarmsPage, changesPage } from '../../scripts/docs';
import { grantsPage } from '../../scripts/grants-page';
import { picture, PICTURES } from '../../scripts/pictures';
import { rulesInCode, rulesPage } from '../../scripts/rules-page';
import { ROOT } from '../../testkit/native';

const read = (...names: string[]) => fs.readFileSync(path.join(ROOT, ...names), 'utf8');

function sources(folder: string): string {
  const files = fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'));
  return files.map((file) => read(folder, file)).join('\n');
}

/** What the patterns name in the sources. */
const named = (text: string, ...patterns: RegExp[]) =>
  [...new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code)))].sort();

const TESTS = ['unit'].map((layer) => sources(path.join('test', layer))).join('\n');

/** The codes in the first column of the table under a heading. */
function documented(heading: string): string[] {
  const [, section] = read('docs', 'errors.md').split(`## ${heading}\n`);
  return [...section.split('\n## ')[0].matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code);
}

describe('docs/errors.md', () => {
  test('has every refusal of the handlers, and no other', () => {
    const codes = named(
      sources('engine') + sources('lambda') + read('lib/model/wire/topic.ts'),
      /Refusal\(\s*'(\w+)'/g,
      /code: '(\w+)'/g,
    );
    expect(documented('At deployment')).toEqual(codes);
  });

  test('has every warning of the handlers, and no other', () => {
    const warnings = named(
      sources('engine') + sources('lambda'),
      /[`']((?:BootstrapBrokers|Topic|Partitions|ReplicationFactor|Slow)[A-Za-z]+): /g,
    );
    expect(documented('Warnings at deployment')).toEqual(warnings);
  });

  test('has a test for every refusal and warning of the handlers', () => {
    const tests = ['unit', 'broker', 'e2e'].map((layer) => sources(path.join('test', layer))).join('\n');
    const codes = [...documented('At deployment'), ...documented('Warnings at deployment')];
    expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests))).toEqual([]);
  });

  test('has every rule of the library, and no other', () => {
    expect(documented('At synthesis')).toEqual(rulesInCode().map(({ id }) => id));
  });

  test('says which rules refuse and which warn', () => {
    const [, section] = read('docs', 'errors.md').split('## At synthesis\n');
    const kinds = [...section.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, id, severity]) => ({ id, severity }));
    expect(kinds).toEqual(rulesInCode().map(({ id, severity }) => ({ id, severity })));
  });
});

describe('docs/rules.md', () => {
  test('is what the code says; `npm run docs` writes it', () => {
    expect(read('docs', 'rules.md')).toBe(rulesPage());
  });

  test('knows the ID of every rule, and what it says', () => {
    const calls = sources('lib').match(/\b(problem|caution)\(/g) ?? [];
    expect(calls.length).toBeGreaterThan(60);
    expect(rulesInCode().filter(({ id, messages }) => id === '…' || messages.includes('…'))).toEqual([]);
  });

  test('has a test that names each rule', () => {
    const untested = rulesInCode().filter(({ id }) => !new RegExp(`\\b${id}\\b`).test(TESTS));
    expect(untested).toEqual([]);
  });
});

describe('docs/alarms.md', () => {
  test('is what the table says; `npm run docs` writes it', () => {
    expect(read('docs', 'alarms.md')).toBe(alarmsPage());
  });
});

describe('docs/changes.md', () => {
  test('is what the data says; `npm run docs` writes it', () => {
    expect(read('docs', 'changes.md')).toBe(changesPage());
  });

  test.each(Object.entries(cloudformation.types))(
    'has every property of %s',
    (type, { readOnly, topLevelProperties }) => {
      const paths = changes.list.filter((row) => row.type === type).flatMap((row) => row.paths);
      const writable = topLevelProperties.filter((name) => !readOnly.some((path) => path.split('/')[0] === name));
      expect([...new Set(paths.map((one) => one.split('/')[0]))].sort()).toEqual(writable.sort());
    },
  );

  test.each(Object.entries(cloudformation.types))('knows what replaces %s', (type, { replacement }) => {
    const rows = changes.list.filter((row) => row.type === type && ['replacement', 'frozen'].includes(row.how));
    expect(rows.flatMap((row) => row.paths).sort()).toEqual([...replacement].sort());
  });
});

describe('docs/pictures', () => {
  test.each(PICTURES)('show the dashboard of a cluster of kind %s as it is; `npm run docs` draws them', (name) => {
    expect(read('docs', 'pictures', `dashboard-${name}.svg`) === picture(name)).toBe(true); // a difference would fill the screen
  });
});

describe('docs/grants.md', () => {
  test('is what the table says; `npm run docs` writes it', () => {
    expect(read('docs', 'grants.md')).toBe(grantsPage());
  });
});
