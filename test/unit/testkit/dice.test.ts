import { Dice } from '../../chaos/dice';

const throws = (seed: number) => {
  const dice = new Dice(seed);
  return Array.from({ length: 50 }, () => [dice.between(1, 6), dice.one(['a', 'b', 'c']), dice.some([1, 2, 3, 4], 2)]);
};

describe('Dice', () => {
  test('fall the same with the same seed, and otherwise with another', () => {
    expect(throws(7)).toEqual(throws(7));
    expect(throws(7)).not.toEqual(throws(8));
  });

  test('reach both ends of a range and every choice', () => {
    expect(new Set(throws(1).map(([number]) => number))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(new Set(throws(1).map(([, choice]) => choice))).toEqual(new Set(['a', 'b', 'c']));
  });

  test('choose some of a list, none twice', () => {
    expect(new Dice(3).some([1, 2, 3], 9).sort()).toEqual([1, 2, 3]);
  });
});
