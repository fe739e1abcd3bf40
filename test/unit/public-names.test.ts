import * as msk from '../../lib';
import { BRAND } from '../../lib/internal/signatures/brand';

describe('The library', () => {
  test('exports classes and enums only, no functions or tables of its own', () => {
    const isClass = (value: unknown) =>
      typeof value === 'function' && /^class\b/.test(String((value.prototype as object).constructor));
    const isEnum = (value: unknown) =>
      typeof value === 'object' && Object.values(value as object).every((one) => typeof one === 'string');
    const values = Object.entries(msk).filter(([, value]) => value !== undefined); // interfaces have none
    const others = values.filter(([, value]) => !isClass(value) && !isEnum(value));
    expect(others.map(([name]) => name)).toEqual([]);
  });

  test('checks what callers hand over to each of its classes', () => {
    const classes = Object.entries(msk).filter(([, value]) => typeof value === 'function');
    const checkedNames = classes.map(
      ([, value]) => (value as unknown as { prototype: { [BRAND]?: string } }).prototype[BRAND],
    );
    expect(checkedNames).toEqual(classes.map(([name]) => name));
  });

  test('exports no name that is internal', () => {
    expect(Object.keys(msk).filter((name) => name.startsWith('_'))).toEqual([]);
  });
});
