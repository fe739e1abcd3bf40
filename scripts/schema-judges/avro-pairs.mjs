// Pairs of Avro schemas that are judged: a reader, and the writer whose records it reads.

const json = (value) => JSON.stringify(value);
const record = (fields, more = {}) => ({ type: 'record', name: 'Order', ...more, fields });
const field = (type, more = {}) => record([{ name: 'a', type, ...more }]);
const enumOf = (symbols, more = {}) => ({ type: 'enum', name: 'E', symbols, ...more });
const fixed = (size, more = {}) => ({ type: 'fixed', name: 'F', size, ...more });
const array = (items) => ({ type: 'array', items });
const map = (values) => ({ type: 'map', values });
const line = (...fields) => ({ type: 'record', name: 'Line', fields });
const empty = (name, more = {}) => ({ type: 'record', name, fields: [], ...more });
const list = (fields) => record([...fields, { name: 'next', type: ['null', 'Order'], default: null }]);
const N = { name: 'n', type: 'int' };

const TYPES = {
  null: 'null',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  bytes: 'bytes',
  string: 'string',
  'array of int': array('int'),
  'map of int': map('int'),
  enum: enumOf(['A', 'B']),
  fixed: fixed(2),
  record: line(N),
  'null or int': ['null', 'int'],
  'int or string': ['int', 'string'],
  'an empty union': [],
};
const types = Object.entries(TYPES);
const matrix = types.flatMap(([one, reader]) =>
  types.map(([other, writer]) => [`${one} reads ${other}`, field(reader), field(writer)]),
);

/** Name, reader, writer. */
const CASES = [
  ['a field with a default that the writer lacks', field('int', { default: 1 }), record([])],
  ['a field with the default null that the writer lacks', field(['null', 'int'], { default: null }), record([])],
  ['a field that can be null without a default', field(['null', 'int']), record([])],
  ['a field without a default that the writer lacks', field('int'), record([])],
  ['an enum with a default that the writer lacks', field(enumOf(['A'], { default: 'A' })), record([])],
  ['a field that only the writer has', record([]), field('int')],
  ['a field in another order', record([N, { name: 'a', type: 'int' }]), record([{ name: 'a', type: 'int' }, N])],
  ['a field whose alias the writer has', field('int', { aliases: ['b'] }), record([{ name: 'b', type: 'int' }])],
  ['a field whose alias has another type', field('int', { aliases: ['b'] }), record([{ name: 'b', type: 'string' }])],
  ['an alias that only the writer has', record([{ name: 'b', type: 'int' }]), field('int', { aliases: ['b'] })],
  [
    'a field whose name and alias the writer has',
    field('int', { aliases: ['b'] }),
    record([
      { name: 'a', type: 'int' },
      { name: 'b', type: 'int' },
    ]),
  ],
  ['an alias that is its own name', field('int', { aliases: ['a'] }), field('int')],
  ['an alias twice', field('int', { aliases: ['b', 'b'] }), record([{ name: 'b', type: 'int' }])],
  [
    'an alias that a union of the reader could do without',
    ['string', field('int', { aliases: ['b'] })],
    record([
      { name: 'a', type: 'int' },
      { name: 'b', type: 'int' },
    ]),
  ],
  ['a field that differs in case', record([{ name: 'A', type: 'int' }]), field('int')],
  ['another name', empty('Order'), empty('Purchase')],
  ['another name with an alias', empty('Order', { aliases: ['Purchase'] }), empty('Purchase')],
  ['an alias in the writer', empty('Order'), empty('Purchase', { aliases: ['Order'] })],
  ['another namespace', empty('Order', { namespace: 'a' }), empty('Order', { namespace: 'b' })],
  ['a namespace that only the reader has', empty('Order', { namespace: 'a' }), empty('Order')],
  ['a namespace in the name', empty('a.Order'), empty('b.Order')],
  ['an alias in its namespace', empty('a.Order', { aliases: ['Purchase'] }), empty('a.Purchase')],
  ['an alias without the namespace', empty('a.Order', { aliases: ['Purchase'] }), empty('Purchase')],
  ['an alias in another namespace', empty('a.Order', { aliases: ['b.Purchase'] }), empty('b.Purchase')],
  ['an alias in a wrong namespace', empty('a.Order', { aliases: ['b.Purchase'] }), empty('c.Purchase')],
  ['an error reads a record', { ...empty('Order'), type: 'error' }, empty('Order')],
  ['a symbol more', enumOf(['A', 'B']), enumOf(['A'])],
  ['a symbol less', enumOf(['A']), enumOf(['A', 'B'])],
  ['a symbol less with a default', enumOf(['A'], { default: 'A' }), enumOf(['A', 'B'])],
  ['a symbol less with a default in the writer', enumOf(['A']), enumOf(['A', 'B'], { default: 'A' })],
  ['symbols in another order', enumOf(['B', 'A']), enumOf(['A', 'B'])],
  ['symbols that all differ', enumOf(['C'], { default: 'C' }), enumOf(['A', 'B'])],
  ['an enum of another name', enumOf(['A']), { ...enumOf(['A']), name: 'G' }],
  ['an enum of an alias', enumOf(['A'], { aliases: ['G'] }), { ...enumOf(['A']), name: 'G' }],
  ['a fixed of another size', fixed(2), fixed(3)],
  ['a fixed of another name', fixed(2), { ...fixed(2), name: 'G' }],
  ['a fixed of an alias', fixed(2, { aliases: ['G'] }), { ...fixed(2), name: 'G' }],
  ['a fixed that was bytes', fixed(2), 'bytes'],
  ['bytes that were a fixed', 'bytes', fixed(2)],
  ['a promotion in an array', array('long'), array('int')],
  ['a promotion in a map', map('double'), map('float')],
  ['a demotion in an array', array('int'), array('long')],
  ['a demotion in a map', map('float'), map('double')],
  ['a union with a type more', ['null', 'int', 'string'], ['null', 'int']],
  ['a union with a type less', ['null', 'int'], ['null', 'int', 'string']],
  ['a union in another order', ['int', 'null'], ['null', 'int']],
  ['a union that promotes', ['null', 'long'], ['null', 'int']],
  ['a union that demotes', ['null', 'int'], ['null', 'long']],
  ['a union that promotes two to one', 'double', ['int', 'float']],
  ['a union of which one does not promote', 'double', ['int', 'string']],
  ['a union that reads bytes as a string', ['null', 'string'], ['null', 'bytes']],
  ['a union of records in another order', [empty('A'), empty('B')], [empty('B'), empty('A')]],
  ['a union without one of the records', [empty('A')], [empty('A'), empty('B')]],
  ['a union of records of other namespaces', [empty('x.A'), empty('x.B')], [empty('y.A'), empty('y.B')]],
  ['a union of one', ['int'], 'int'],
  ['a union of one that is read alone', 'int', ['int']],
  ['a union in an array', array(['null', 'int']), array('int')],
  ['a type that may no longer be null', field('string'), field(['null', 'string'])],
  ['a type that may be null', field(['null', 'string']), field('string')],
  ['a field more in a record in a union', field(['null', line(N)]), field(['null', line()])],
  ['a field less in a record in a union', field(['null', line()]), field(['null', line(N)])],
  ['a field more in a record in an array', field(array(line(N))), field(array(line()))],
  ['a field with a default in a record in a map', field(map(line({ ...N, default: 1 }))), field(map(line()))],
  ['a record that contains itself', list([N]), list([N])],
  ['a record that contains itself, with a field more', list([N]), list([])],
  ['a record that contains itself, with a field less', list([]), list([N])],
  ['a record that contains itself, promoted', list([{ name: 'n', type: 'long' }]), list([N])],
  ['a record that always contains itself', field('Order'), field('Order')],
  [
    'a record that contains itself, and a record between',
    record([{ name: 'line', type: ['null', line({ name: 'order', type: 'Order' })] }, N]),
    record([{ name: 'line', type: ['null', line({ name: 'order', type: 'Order' })] }]),
  ],
  [
    'what is remembered of a pair that turns out to break',
    record([
      { name: 'a', type: ['null', line({ name: 'order', type: ['null', 'Order'] })] },
      { name: 'b', type: ['null', 'Line'] },
      N,
    ]),
    record([
      { name: 'a', type: ['null', line({ name: 'order', type: ['null', 'Order'] })] },
      { name: 'b', type: 'Line' },
    ]),
  ],
  [
    'a name that is used again',
    record([
      { name: 'a', type: line(N) },
      { name: 'b', type: 'Line' },
    ]),
    record([
      { name: 'a', type: line() },
      { name: 'b', type: 'Line' },
    ]),
  ],
  ['a logical type more', field({ type: 'long', logicalType: 'timestamp-millis' }), field('long')],
  [
    'another logical type',
    field({ type: 'long', logicalType: 'timestamp-micros' }),
    field({ type: 'long', logicalType: 'timestamp-millis' }),
  ],
  [
    'another scale',
    field({ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 3 }),
    field({ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }),
  ],
  ['another default', field('int', { default: 1 }), field('int', { default: 2 })],
  ['a default less', field('int'), field('int', { default: 2 })],
  ['another doc', field('int', { doc: 'new' }), field('int', { doc: 'old' })],
  ['a primitive that was a record', 'string', record([])],
  ['a record that was a primitive', record([]), 'string'],
];

/** The same numbers in every run. */
function dice(seed) {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];
const LETTERS = ['a', 'b', 'c', 'd'];

/** A schema at random; names come from a counter, so that two schemas of the same shape have the same names. */
function anySchema(roll, depth, names) {
  const kind = depth === 0 ? 0 : roll(9);
  const inner = () => anySchema(roll, depth - 1, names);
  const name = (letter) => `${letter}${names.count++}`;
  if (kind === 1) return array(inner());
  if (kind === 2) return map(inner());
  if (kind === 3)
    return enumOf(LETTERS.slice(0, 1 + roll(4)), { name: name('E'), ...(roll(3) ? {} : { default: 'a' }) });
  if (kind === 4) return fixed(1 + roll(3), { name: name('F') });
  if (kind === 5) return ['null', ...[inner()].flat().filter((one) => one !== 'null')];
  if (kind > 5) return { type: 'record', name: name('R'), fields: anyFields(roll, inner) };
  return PRIMITIVES[1 + roll(7)];
}

function anyFields(roll, inner) {
  return LETTERS.slice(0, 1 + roll(4)).map((name) => ({ name, type: inner() }));
}

/** The schema with a change here and there. */
function changed(schema, roll, names) {
  const inner = (one) => changed(one, roll, names);
  if (roll(14) === 0) return anySchema(roll, 1, names);
  if (Array.isArray(schema))
    return roll(6) ? schema.map((one) => (one === 'null' ? one : unionless(inner(one)))) : (schema[1] ?? 'null');
  if (typeof schema === 'string')
    return roll(8)
      ? schema
      : ({ int: 'long', float: 'double', bytes: 'string' }[schema] ??
          ['null', schema].slice(schema === 'null' ? 1 : 0));
  if (schema.type === 'array') return array(inner(schema.items));
  if (schema.type === 'map') return map(inner(schema.values));
  if (schema.type === 'enum') return roll(4) ? schema : { ...schema, symbols: LETTERS.slice(0, 1 + roll(4)) };
  if (schema.type === 'fixed') return roll(6) ? schema : { ...schema, size: 1 + roll(3) };
  const aliases = roll(10) ? {} : { name: `${schema.name}x`, aliases: [schema.name] };
  return { ...schema, ...aliases, fields: schema.fields.flatMap((one) => changedField(one, roll, inner)) };
}

const unionless = (schema) => (Array.isArray(schema) ? 'string' : schema === 'null' ? 'int' : schema);

function changedField(one, roll, inner) {
  const change = roll(12);
  const type = inner(one.type);
  if (change === 0) return [];
  if (change === 1) return [{ ...one, type, name: `${one.name}2` }];
  if (change === 2) return [{ ...one, type, name: `${one.name}2`, aliases: [one.name] }];
  if (change === 3)
    return [
      { ...one, type },
      { name: `${one.name}3`, type: 'int', default: 0 },
    ];
  return [{ ...one, type }];
}

function random(count) {
  return Array.from({ length: count }, (_, seed) => {
    const roll = dice(seed + 1);
    const names = { count: 0 };
    const writer = record(anyFields(roll, () => anySchema(roll, 3, names)));
    const reader = changed(writer, roll, names);
    return roll(2) ? [`random ${seed}`, reader, writer] : [`random ${seed}`, writer, reader];
  });
}

/** Long ones say no more than short ones, and fill the file of verdicts. */
const LONGEST = 1200;

export const avroPairs = [...matrix, ...CASES, ...random(400)]
  .map(([name, reader, writer]) => ({ format: 'AVRO', name, reader: json(reader), writer: json(writer) }))
  .filter(({ reader, writer }) => reader.length + writer.length < LONGEST);
