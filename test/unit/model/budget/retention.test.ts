import { type RetentionInput, storedOf } from '../../../../lib/model/budget/retention';

const DAY = 24 * 3_600_000;
const GIB = 1024 ** 3;

const stored = (input: Partial<RetentionInput>) =>
  storedOf({ configs: {}, unknownConfigs: [], serverProperties: {}, ingressMBps: 1, partitions: 2, ...input });

/** The same amount, all on the brokers' volumes. */
const all = (bytes: number) => ({ bytes, localBytes: bytes });

describe('What one replica of a topic stores', () => {
  test('is what producers send in seven days by default: 590 GiB at 1 MiB/s, as AWS computes it', () => {
    const found = stored({ ingressMBps: 1.048576 });
    expect(found).toEqual(all(1024 ** 2 * 7 * 24 * 3600));
    expect(Math.floor((found as { bytes: number }).bytes / GIB)).toBe(590);
  });

  test.each<[string, Partial<RetentionInput>, number]>([
    ["the budget's own retention", { retentionMs: DAY, configs: { 'retention.ms': '1' } }, DAY],
    ['retention.ms', { configs: { 'retention.ms': String(DAY) } }, DAY],
    ['log.retention.ms', { serverProperties: { 'log.retention.ms': String(DAY), 'log.retention.hours': '1' } }, DAY],
    ['log.retention.minutes', { serverProperties: { 'log.retention.minutes': '60' } }, DAY / 24],
    ['log.retention.hours', { serverProperties: { 'log.retention.hours': '24' } }, DAY],
  ])('follows %s', (_what, input, ms) => {
    expect(stored(input)).toEqual(all(1000 * ms));
  });

  test('is at most retention.bytes of each partition', () => {
    expect(stored({ configs: { 'retention.bytes': '1000' } })).toEqual(all(2000));
    expect(stored({ serverProperties: { 'log.retention.bytes': '500' } })).toEqual(all(1000));
  });

  test('is limited by retention.bytes alone if records are kept forever', () => {
    const forever = { 'retention.ms': '-1' };
    expect(stored({ configs: { ...forever, 'retention.bytes': '1000' } })).toEqual(all(2000));
    expect(stored({ configs: forever })).toBe('its records are kept forever');
  });

  test('is not computed for a compacted topic', () => {
    const compacted = { configs: { 'cleanup.policy': 'compact' } };
    expect(stored(compacted)).toMatch(/^compaction keeps/);
    expect(stored({ ...compacted, storedBytes: 7 })).toEqual(all(7));
    expect(stored({ configs: { 'cleanup.policy': 'compact,delete' }, retentionMs: 1 })).toEqual(all(1000));
    expect(stored({ serverProperties: { 'log.cleanup.policy': 'compact' } })).toMatch(/^compaction keeps/);
  });

  test('is nothing without traffic', () => {
    expect(stored({ ingressMBps: 0, configs: { 'retention.ms': '-1' } })).toEqual(all(0));
  });

  test.each(['retention.ms', 'retention.bytes', 'cleanup.policy'])(
    'is not known if only the deployment knows %s',
    (config) => {
      expect(stored({ unknownConfigs: [config] })).toBe(`only the deployment knows its '${config}'`);
    },
  );

  test("is known by the budget's own retention, whatever retention.ms is", () => {
    expect(stored({ unknownConfigs: ['retention.ms'], retentionMs: DAY })).toEqual(all(1000 * DAY));
    expect(stored({ isRetentionUnknown: true })).toBe('only the deployment knows its retention');
  });

  test('is partly on the volumes with tiered storage', () => {
    const tiered = { 'remote.storage.enable': 'true', 'retention.ms': String(7 * DAY) };
    expect(stored({ configs: tiered })).toEqual(all(7000 * DAY));
    expect(stored({ configs: { ...tiered, 'local.retention.ms': String(DAY) } })).toEqual({
      bytes: 7000 * DAY,
      localBytes: 1000 * DAY,
    });
    expect(stored({ configs: { ...tiered, 'local.retention.bytes': '10' } })).toMatchObject({ localBytes: 20 });
    expect(stored({ configs: { 'local.retention.ms': '1' } })).toEqual(all(7000 * DAY));
  });
});
