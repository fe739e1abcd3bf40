import fs from 'node:fs';
import path from 'node:path';
import cloudformation from '../../lib/model/facts/cloudformation.json';
import changes from '../../lib/model/facts/changes.json';
import { ERROR_CODES, WARNING_CODES } from '../../engine/error-codes';
import { AGING, RULES } from '../../lib/model/rules/catalog';
import { EXPLANATIONS, GROUPS } from '../../lib/model/rules/explanations';
import { CLUSTER_ALARMS } from '../../lib/monitoring/alarms/alarm-table';
import { alarmsPage, changesPage } from '../../scripts/docs';
import { errorsPage, sourceLink } from '../../scripts/errors-page';
import { grantsPage } from '../../scripts/grants-page';
import { picture, PICTURES } from '../../scripts/pictures';
import { ROOT } from '../../testkit/native';

const read = (...names: string[]) => fs.readFileSync(path.join(ROOT, ...names), 'utf8');

function sources(folder: string, except: readonly string[] = []): string {
  const files = fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !except.includes(file));
  return files.map((file) => read(folder, file)).join('\n');
}

/** Codes that do not appear in any string of the sources. */
const unnamed = (codes: readonly string[], text: string) =>
  codes.filter((code) => !new RegExp(`['"\`]${code}\\b`).test(text));

/** Codes that do not appear in any test. */
function untested(codes: readonly string[], ...layers: string[]): string[] {
  const tests = layers.map((layer) => sources(path.join('test', layer))).join('\n');
  return codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests));
}

describe('docs/errors.md', () => {
  test('is what the code says; `npm run docs` writes it', () => {
    expect(read('docs', 'errors.md')).toBe(errorsPage());
  });

  test('has the headings that alarms link to', () => {
    const links = CLUSTER_ALARMS.filter(({ namespace }) => namespace).map(({ page }) => page);
    const slugs = [...errorsPage().matchAll(/^## (.*)$/gm)].map(([, title]) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    expect(links).toContain('errors.md#warnings-at-deployment');
    expect(links.filter((link) => !slugs.includes(link.replace('errors.md#', '')))).toEqual([]);
  });
});

describe('The catalog of rules', () => {
  const ids = Object.keys(RULES);

  test('is in the order of the alphabet', () => {
    const sorted = [...ids].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    expect(ids).toEqual(sorted);
    expect(Object.keys(EXPLANATIONS)).toEqual(sorted);
  });

  test.each(Object.entries(GROUPS))('explains the rules of %s in the same order, and no rule twice', (name, group) => {
    const others = Object.entries(GROUPS).flatMap(([other, rules]) => (other === name ? [] : Object.keys(rules)));
    expect(Object.keys(group)).toEqual(ids.filter((id) => id in group));
    expect(Object.keys(group).filter((id) => others.includes(id))).toEqual([]);
  });

  test('has only rules that the library uses', () => {
    const rules = path.join('model', 'rules');
    const groups = fs.readdirSync(path.join(ROOT, 'lib', rules, 'explanations'));
    const tables = ['catalog.ts', ...groups.map((file) => path.join('explanations', file))];
    const except = tables.map((file) => path.join(rules, file));
    expect(unnamed(ids, sources('lib', except))).toEqual([]);
  });

  test('has a test for each rule', () => {
    expect(untested(ids, 'unit')).toEqual([]);
  });
});

describe('The sources of rules', () => {
  const rules = Object.entries(EXPLANATIONS).map(([id, explanation]) => ({ id, ...explanation }));
  const idsWithout = (some: typeof rules) => some.filter(({ source }) => source === undefined).map(({ id }) => id);
  const sourced = rules.flatMap(({ fix, id, meaning, source }) =>
    source ? [{ id, source, text: meaning + fix }] : [],
  );

  test('are addresses of publishers that docs/errors.md names', () => {
    const links = sourced.map(({ source }) => sourceLink(source));
    expect(links.filter((link) => !/^\[(AWS|CDK|Java|Kafka|Prometheus)\]\(https:\/\/[^\s|()]+\)$/.test(link))).toEqual(
      [],
    );
    expect(() => sourceLink('https://example.com/')).toThrow('no publisher');
  });

  test('are not linked a second time in the sentences', () => {
    const twice = sourced.filter(({ source, text }) => text.includes(`(${source})`));
    expect(twice.map(({ id }) => id)).toEqual([]);
  });

  test('exist for each error that ages, since it comes from what AWS says', () => {
    expect(idsWithout(rules.filter(({ id }) => (AGING as ReadonlySet<string>).has(id)))).toEqual([]);
  });

  test('exist for nine of ten rules that speak of AWS or Kafka', () => {
    const others =
      /\b(AWS|brokers?|CloudFormation|CloudWatch|Express|Firehose|Glue|IAM|Kafka|Lambda|MSK|Serverless|ZooKeeper)\b/;
    const about = rules.filter(({ meaning }) => others.test(meaning));
    expect(about.length).toBeGreaterThan(80);
    expect(idsWithout(about).length).toBeLessThan(about.length / 10);
  });
});

describe('The codes of a deployment', () => {
  const handlers = sources('engine', ['error-codes.ts']) + sources('lambda') + read('lib/model/wire/fields.ts');
  const [errors, warnings] = [Object.keys(ERROR_CODES), Object.keys(WARNING_CODES)];

  test('are in the order of the alphabet', () => {
    expect([errors, warnings]).toEqual([[...errors].sort(), [...warnings].sort()]);
  });

  test('are all used by the handlers', () => {
    expect(unnamed([...errors, ...warnings], handlers)).toEqual([]);
  });

  test('have every warning of the handlers', () => {
    const used = handlers.matchAll(/[`'](\w+): \$?/g);
    const likeWarnings =
      /^(BootstrapBrokers|Compacted|ConfigO|Topic|PartitionO|Partitions|ReplicationFactor|Slow|Stale|Under)[A-Za-z]/;
    const found = [...new Set([...used].map(([, code]) => code))].filter((code) => likeWarnings.test(code));
    expect(found.sort()).toEqual(warnings);
  });

  test('have a test each', () => {
    expect(untested([...errors, ...warnings], 'unit', 'broker', 'e2e')).toEqual([]);
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
    expect(read('docs', 'pictures', `dashboard-${name}.svg`) === picture(name)).toBe(true); // a diff would fill the screen
  });
});

describe('docs/grants.md', () => {
  test('is what the table says; `npm run docs` writes it', () => {
    expect(read('docs', 'grants.md')).toBe(grantsPage());
  });
});

describe('docs/API.md', () => {
  test('has no summary that stops at a semicolon, where jsii ends it', () => {
    const rows = read('docs', 'API.md')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.filter((line) => /;\s*\|?\s*$/.test(line))).toEqual([]);
  });
});
