import { type FieldTable, readFields, toProperties } from '../../../../lib/model/wire/fields';
import { oneOf } from '../../../../lib/model/wire/parse';

interface Spec {
  readonly always: 'a' | 'b';
  readonly later: 'a' | 'b';
}

const shared = { parse: oneOf(['a', 'b'] as const), expects: 'a or b', compared: false, usedBy: 'plan' } as const;
const FIELDS: FieldTable<Spec> = {
  always: { property: 'Always', default: { value: 'a' }, ...shared },
  later: { property: 'Later', default: { value: 'a' }, omitDefault: true, ...shared },
};

describe('A field that omits its default', () => {
  test('leaves the template as it was while it has its default', () => {
    expect(toProperties(FIELDS, { always: 'a', later: 'a' })).toEqual({ Always: 'a' });
  });

  test('is written when it has another value', () => {
    expect(toProperties(FIELDS, { always: 'a', later: 'b' })).toEqual({ Always: 'a', Later: 'b' });
  });

  test.each(['a', 'b'] as const)('is read as it was set: %s', (later) => {
    const spec = { always: 'b', later } as const;
    expect(readFields(FIELDS, toProperties(FIELDS, spec))).toEqual(spec);
  });
});
