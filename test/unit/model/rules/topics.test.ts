import { canonicalConfig, type KnownTopic, topicFindings } from '../../../../lib/model/rules/topics';
import type { ClusterKind } from '../../../../lib/model/wire/topic';

const findings = (key: string, value: string) => topicFindings({ configs: { [key]: value } });

describe('topicFindings, for configs', () => {
  // the last valid and the first invalid value, for each kind of limit
  test.each([
    ['retention.ms', '-1', '-2'],
    ['retention.ms', '9223372036854775807', '9223372036854775808'],
    ['retention.bytes', '-9223372036854775808', '-9223372036854775809'],
    ['segment.bytes', '1048576', '13'],
    ['segment.bytes', '2147483647', '2147483648'],
    ['max.message.bytes', '0', '-1'],
    ['min.insync.replicas', '1', '0'],
    ['local.retention.ms', '-2', '-3'],
    ['min.cleanable.dirty.ratio', '0', '-0.1'],
    ['min.cleanable.dirty.ratio', '1.0', '1.1'],
    ['compression.gzip.level', '-1', '0'],
    ['compression.gzip.level', '9', '10'],
    ['compression.zstd.level', '22', '23'],
    ['compression.lz4.level', '17', '18'],
    ['segment.ms', '1', '0'],
  ])('takes %s %s and refuses %s', (key, good, bad) => {
    expect(findings(key, good)).toEqual([]);
    expect(findings(key, bad)).toEqual([expect.objectContaining({ id: 'ConfigValue', severity: 'error' })]);
  });

  test.each([
    ['retention.ms', 'one day', "'retention.ms' must be a number (long) from -1 to 9223372036854775807, got 'one day'"],
    ['retention.ms', '1e3', "got '1e3'"],
    [
      'compression.type',
      'zip',
      "'compression.type' must be uncompressed, zstd, lz4, snappy, gzip or producer, got 'zip'",
    ],
    ['cleanup.policy', 'compact,keep', "'cleanup.policy' must be compact and/or delete, got 'compact,keep'"],
    ['preallocate', 'yes', "'preallocate' must be true or false, got 'yes'"],
  ])('refuses %s=%s', (key, value, message) => {
    expect(findings(key, value)[0].message).toContain(message);
  });

  test.each([
    ['cleanup.policy', 'compact, delete'],
    ['preallocate', ' TRUE '],
    ['retention.ms', ' 36 '],
    ['message.format.version', 'anything'],
    ['min.insync.replicas', '7'],
  ])('takes %s=%p, as Kafka does', (key, value) => {
    expect(findings(key, value)).toEqual([]);
  });
});

describe('topicFindings, for what works but misleads', () => {
  test.each([
    ['CleanupPolicyEmpty', 'cleanup.policy', '', /neither deleted nor compacted/],
    ['CleanupPolicyEmpty', 'cleanup.policy', ' ', /grows forever/],
    ['ConfigBlocksUpgrade', 'segment.bytes', '1048575', /below 1048576: brokers of Kafka 4.0 and later do not start/],
    [
      'MinIsrAboveRf',
      'min.insync.replicas',
      '4',
      /\(4\) exceeds 'replicationFactor' \(3\).* brokers use 3 .* set it to 2/,
    ],
    [
      'MinIsrEqualsRf',
      'min.insync.replicas',
      '3',
      /producers .* are blocked whenever a broker is patched; set it to 2/,
    ],
  ])('warns with %s of %s=%p', (id, key, value, message) => {
    const found = topicFindings({ replicationFactor: 3, configs: { [key]: value } });
    expect(found).toEqual([{ id, severity: 'warning', message: expect.stringMatching(message) }]);
  });

  test('never proposes less than one replica', () => {
    const [{ message }] = topicFindings({ replicationFactor: 1, configs: { 'min.insync.replicas': '2' } });
    expect(message).toMatch(/set it to 1$/);
  });
});

describe('topicFindings, by version of Kafka', () => {
  const ids = (key: string, value: string, version?: string) =>
    topicFindings({ configs: { [key]: value } }, 'standard', version).map(({ id }) => id);

  test.each([
    ['compression.gzip.level', '3', '3.8.x', '3.7.x.kraft'],
    ['remote.log.copy.disable', 'true', '3.9.x', '2.8.2.tiered'],
    ['message.timestamp.difference.max.ms', '1000', '3.9.x.kraft', '4.0.x.kraft'],
    ['message.downconversion.enable', 'true', '3.9.x', '4.1.x.kraft'],
    ['message.timestamp.before.max.ms', '1000', '3.10.1', '3.5.1'],
  ])('takes %s=%s with Kafka %s, and refuses it with %s', (key, value, good, bad) => {
    expect([ids(key, value), ids(key, value, good), ids(key, value, bad)]).toEqual([[], [], ['ConfigOfOtherVersion']]);
  });

  test('keeps segment.bytes within the limit of the version', () => {
    expect(ids('segment.bytes', '1048575', '3.9.x')).toEqual(['ConfigBlocksUpgrade']);
    expect(ids('segment.bytes', '1048575', '4.0.x.kraft')).toEqual(['ConfigValue']);
    expect(ids('segment.bytes', '1048576', '4.0.x.kraft')).toEqual([]);
  });
});

describe('topicFindings, by kind of cluster', () => {
  const ids = (topic: KnownTopic, kind: ClusterKind) => topicFindings(topic, kind).map(({ id }) => id);

  test.each([
    ['express', 'segment.ms', 'retention.ms'],
    ['serverless', 'delete.retention.ms', 'retention.bytes'],
  ] as const)('on %s, refuses %s and takes %s', (kind, bad, good) => {
    expect(ids({ configs: { [bad]: '1' } }, kind)).toEqual(['ConfigOfOtherKind']);
    expect(ids({ configs: { [good]: '1' } }, kind)).toEqual([]);
    expect(ids({ configs: { [bad]: '1' } }, 'standard')).toEqual([]);
  });

  test.each([
    ['express', 'max.compaction.lag.ms', '604800000', '604799999'],
    ['serverless', 'max.message.bytes', '8388608', '8388609'],
  ] as const)('on %s, keeps %s within limits of its own', (kind, key, good, bad) => {
    expect(ids({ configs: { [key]: good } }, kind)).toEqual([]);
    expect(ids({ configs: { [key]: bad } }, kind)).toEqual(['ConfigValue']);
    expect(ids({ configs: { [key]: bad } }, 'standard')).toEqual([]);
  });

  test('on Express, takes three replicas and no other number', () => {
    expect([2, 3, 4].map((replicationFactor) => ids({ replicationFactor }, 'express'))).toEqual([
      ['ExpressReplicationFactor'],
      [],
      ['ExpressReplicationFactor'],
    ]);
  });

  test.each([
    ['segment.bytes', '50331648', '50331647'],
    ['segment.ms', '600000', '599999'],
    ['retention.ms', '259200000', '259199999'],
    ['retention.ms', '-1', '0'],
    ['local.retention.ms', '259200000', '259200001'],
    ['local.retention.bytes', '-2', '1001'],
    ['local.retention.ms', '-2', '-1'],
    ['local.retention.bytes', '1000', '-1'],
    ['remote.copy.lag.ms', '-1', '259200001'],
    ['remote.copy.lag.bytes', '1000', '1001'],
    ['cleanup.policy', 'delete', 'compact,delete'],
  ])('with remote.storage.enable, keeps %s within limits of its own', (key, good, bad) => {
    const whole = { 'retention.ms': '259200000', 'retention.bytes': '1000' };
    const tiered = (value: string, on = 'true') => ({
      configs: { ...whole, 'remote.storage.enable': on, [key]: value },
    });
    expect(ids(tiered(good), 'standard')).toEqual([]);
    expect(ids(tiered(bad), 'standard')).toEqual(['TieredTopicConfig']);
    expect(ids(tiered(bad, 'false'), 'standard')).toEqual([]);
  });

  test.each([
    ['-2', '-2', []],
    ['259200000', '1000', []],
    ['259199999', '-2', ['TieredTopicConfig']],
    ['-2', '999', ['TieredTopicConfig']],
  ])('without copies, keeps the whole retention in the local one: %s ms and %s bytes', (ms, bytes, expected) => {
    const configs = {
      ...{ 'retention.ms': '259200000', 'retention.bytes': '1000', 'remote.storage.enable': 'true' },
      ...{ 'remote.log.copy.disable': 'true', 'local.retention.ms': ms, 'local.retention.bytes': bytes },
    };
    expect(ids({ configs }, 'standard')).toEqual(expected);
  });

  test.each([
    ['1000', '1000', []],
    ['1001', '1000', ['CompactionLagOrder']],
    ['1001', 'x', ['ConfigValue']],
  ])('lets records wait for compaction for at least %s and at most %s ms', (least, most, expected) => {
    const configs = { 'min.compaction.lag.ms': least, 'max.compaction.lag.ms': most };
    expect(ids({ configs }, 'standard')).toEqual(expected);
  });

  test('takes no throttle of replication anywhere', () => {
    expect(ids({ configs: { 'leader.replication.throttled.replicas': '*' } }, 'standard')).toEqual(['ConfigThrottle']);
  });
});

describe('canonicalConfig', () => {
  test.each([
    ['retention.ms', ' 036 ', '36'],
    ['preallocate', 'TRUE', 'true'],
    ['cleanup.policy', 'compact, delete', 'compact,delete'],
    ['cleanup.policy', 'delete,compact', 'compact,delete'],
    ['cleanup.policy', 'compact,compact', 'compact'],
    ['leader.replication.throttled.replicas', '1:2, 0:1,1:2', '1:2,0:1,1:2'],
    ['min.cleanable.dirty.ratio', '1', '1'],
    ['min.cleanable.dirty.ratio', ' 1.0', '1'],
    ['min.cleanable.dirty.ratio', '.50', '0.5'],
    ['min.cleanable.dirty.ratio', '1.0E-4', '0.0001'],
    ['compression.type', ' zstd', 'zstd'],
    ['unknown.key', ' as it is ', 'as it is'],
    ['retention.ms', '9223372036854775807', '9223372036854775807'],
  ])('makes of %s %p %p', (key, value, canonical) => {
    expect(canonicalConfig(key, value)).toBe(canonical);
  });
});
