import * as msk from '../../lib';

describe('The library', () => {
  test('exports classes and enums only, no functions or tables of its own', () => {
    const isClass = (value: unknown) => typeof value === 'function' && /^class\b/.test(String(value));
    const isEnum = (value: unknown) =>
      typeof value === 'object' && Object.values(value as object).every((one) => typeof one === 'string');
    const values = Object.entries(msk).filter(([, value]) => value !== undefined); // interfaces have none
    const others = values.filter(([, value]) => !isClass(value) && !isEnum(value));
    expect(others.map(([name]) => name)).toEqual([]);
  });

  test('exports no name that is internal', () => {
    expect(Object.keys(msk).filter((name) => name.startsWith('_'))).toEqual([]);
  });
});
