import facts from '../../../../lib/model/facts/metrics.json';
import { mergeOf, metricFindings, seriesFor, seriesOf, unitOf } from '../../../../lib/model/rules/metrics';

const standard = { kind: 'standard', level: 'PER_TOPIC_PER_PARTITION' } as const;

describe('seriesFor', () => {
  test('takes the series with the fewest dimensions', () => {
    expect(seriesFor(standard, 'MessagesInPerSec', [])!.dimensions).toEqual(['Broker ID', 'Cluster Name']);
    expect(seriesFor(standard, 'MessagesInPerSec', ['Topic'])!.dimensions).toEqual([
      'Broker ID',
      'Cluster Name',
      'Topic',
    ]);
  });

  test('prefers what is free', () => {
    expect(seriesFor(standard, 'ProduceTotalTimeMsMean', [])!.level).toBe('DEFAULT');
  });

  test('lets a level pass that is new here', () => {
    expect(metricFindings({ kind: 'standard', level: 'PER_RECORD' }, 'OffsetLag')).toEqual([]);
  });
});

const all = (['standard', 'express', 'serverless'] as const).flatMap((kind) =>
  Object.entries(facts[kind]).flatMap(([level, sets]) =>
    sets.flatMap(({ dimensions, names }: { dimensions: string[]; names: string[] }) =>
      names.map((name) => ({ kind, level, name, dimensions })),
    ),
  ),
);

describe.each(all)('$name of $kind at level $level', ({ dimensions, kind, level, name }) => {
  test('is found with the dimensions that the facts name', () => {
    const found = seriesOf(kind, name).filter((series) => series.level === level);
    expect(found.map((series) => series.dimensions)).toContainEqual(
      [...new Set([...dimensions, 'Cluster Name'])].sort(),
    );
  });
});

describe('unitOf', () => {
  test.each([
    ['RequestHandlerAvgIdlePercent', '0 to 1'],
    ['CpuIdle', '%'],
    ['KafkaDataLogsDiskUsed', '%'],
    ['EstimatedMaxTimeLag', 'seconds'],
    ['ProduceTotalTimeMsMean', 'ms'],
    ['FetchThrottleTime', 'ms'],
    ['BytesInPerSec', 'bytes a second'],
    ['ProduceThrottleByteRate', 'bytes a second'],
    ['MessagesInPerSec', 'a second'],
    ['MemoryFree', 'bytes'],
    ['PartitionCount', 'count'],
    ['CPUCreditBalance', 'count'],
  ])('of %s is %s', (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });
});

describe('mergeOf', () => {
  test.each([
    ['CpuIdle', 'MIN'],
    ['NetworkProcessorAvgIdlePercent', 'MIN'],
    ['CPUCreditBalance', 'MIN'],
    ['BytesOutPerSec', 'SUM'],
    ['ConnectionCount', 'SUM'],
    ['VolumeReadBytes', 'SUM'],
    ['UnderMinIsrPartitionCount', 'MAX'],
    ['MaxOffsetLag', 'MAX'],
  ])('of %s is %s', (name, merge) => {
    expect(mergeOf(name)).toBe(merge);
  });
});
