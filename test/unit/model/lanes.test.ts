import fc from 'fast-check';
import { type LaneTopic, lanesOf } from '../../../lib/model/lanes';
import { cases } from '../../../testkit/any-case';

const key = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((number) => number.toString(16).padStart(8, '0'));
const keys = (maxLength: number) => fc.uniqueArray(key, { minLength: 1, maxLength });
const lanes = fc.integer({ min: 1, max: 12 });
const free = (list: readonly string[]): LaneTopic[] => list.map((one) => ({ key: one, level: 0 }));

/** Which topic waits for which, by their keys. */
const waits = (topics: readonly LaneTopic[], count: number) =>
  new Map([...lanesOf(topics, count)].map(([topic, before]) => [topic.key, before.key]));

describe('lanesOf', () => {
  test('makes as many lanes as there may be, and none that forks', () => {
    const check = (list: string[], count: number) => {
      const found = waits(free(list), count);
      expect(list.length - found.size).toBe(Math.min(list.length, count));
      expect(new Set(found.values()).size).toBe(found.size);
    };
    fc.assert(fc.property(keys(60), lanes, check), cases(500));
  });

  test('changes what at most one other topic waits for when a topic comes or goes', () => {
    const check = (list: string[], count: number) => {
      const [extra, ...rest] = list;
      const [without, withIt] = [waits(free(rest), count), waits(free(list), count)];
      expect(rest.filter((one) => without.get(one) !== withIt.get(one)).length).toBeLessThanOrEqual(1);
      expect(without.has(extra)).toBe(false);
    };
    fc.assert(fc.property(keys(60), lanes, check), cases(1000));
  });

  test('does not depend on the order of the topics', () => {
    const check = (list: string[], count: number) =>
      expect(waits(free([...list].reverse()), count)).toEqual(waits(free(list), count));
    fc.assert(fc.property(keys(30), lanes, check), cases(100));
  });

  test('lets no topic wait for one of a higher level', () => {
    const level = fc.integer({ min: 0, max: 3 });
    const topics = fc.uniqueArray(fc.record({ key, level }), {
      minLength: 1,
      maxLength: 40,
      selector: (one) => one.key,
    });
    const check = (list: LaneTopic[], count: number) => {
      for (const [topic, before] of lanesOf(list, count)) expect(before.level).toBeLessThanOrEqual(topic.level);
    };
    fc.assert(fc.property(topics, lanes, check), cases(300));
  });

  test('spreads the topics over the lanes', () => {
    const check = (list: string[]) => {
      const found = waits(free(list), 10);
      const place = (one?: string): number => (one === undefined ? 0 : 1 + place(found.get(one)));
      expect(Math.max(...list.map(place))).toBeLessThanOrEqual(30);
    };
    const hundred = fc.uniqueArray(key, { minLength: 100, maxLength: 100 });
    fc.assert(fc.property(fc.noBias(hundred), check), cases(50));
  });
});
