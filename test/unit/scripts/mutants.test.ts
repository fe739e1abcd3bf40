import fs from 'node:fs';
import path from 'node:path';
import { findMutants } from '../../../scripts/mutants';
import { ROOT } from '../../../testkit/native';

const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const names = findMutants().map(({ name }) => name.replace(/^\S+ /, ''));

describe('The mutants', () => {
  test('have every row of the tables of the worker', () => {
    const ids = [...read('engine/topics/plan.ts').matchAll(/\bid: '([\w-]+)'/g)].map(([, id]) => `row ${id}`);
    expect(ids.length).toBeGreaterThanOrEqual(17);
    expect(names.filter((name) => name.startsWith('row '))).toEqual(ids);
  });

  test('have every way in which the dispatcher leaves a resource untouched', () => {
    const conditions = [
      ...read('lambda/dispatcher/broker-resource.ts').matchAll(/^ *if \((.*)\) (?:return|throw)\b/gm),
    ];
    expect(conditions.length).toBeGreaterThanOrEqual(10);
    for (const [, condition] of conditions) expect(names).toContain(`guard ${condition}`);
  });

  test('have each reason of a guard alone', () => {
    expect(names).toEqual(expect.arrayContaining(['reason !identity', 'reason kind.isNeverDeleted(identity)']));
  });

  test('have what the dispatcher asks the kind of resource', () => {
    const predicates = [...read('lambda/dispatcher/resources/topic.ts').matchAll(/^ *(is\w+):/gm)];
    expect(predicates.length).toBeGreaterThanOrEqual(3);
    for (const [, predicate] of predicates) expect(names).toContain(`predicate ${predicate}`);
  });

  test('point at what they replace', () => {
    for (const { end, file, name, start } of findMutants()) {
      const text = read(file).slice(start, end);
      if (/^\S+ (guard|reason) /.test(name)) expect(name).toContain(text);
      else expect(text).toMatch(/=>|^is\w+$/);
    }
  });
});
