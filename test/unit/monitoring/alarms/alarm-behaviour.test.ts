import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import * as msk from '../../../../lib';
import { CLUSTER_ALARMS } from '../../../../lib/monitoring/alarms/alarm-table';
import { type Series, statesOf, type SynthesizedAlarm } from '../../../../testkit/alarm-evaluator';
import { aStack, ENVIRONMENT } from '../../../../testkit/stacks';

type Minutes = Series['minutes'];
const MINUTES = 60;
const steady = (value: number): Minutes => Array.from({ length: MINUTES }, () => value);
const silent: Minutes = Array.from({ length: MINUTES });
/** One value at first, and another one from the given minute on. */
const then = (first: number, minute: number, next: number | undefined): Minutes =>
  steady(first).map((value, index) => (index < minute ? value : next));
/** Another value for a few minutes. */
const spike = (base: number, value: number, minutes: number): Minutes =>
  steady(base).map((usual, index) => (index >= 20 && index < 20 + minutes ? value : usual));

const CLUSTER = { 'Cluster Name': 'events' };
const brokers =
  (metricName: string, more: Record<string, string> = {}) =>
  (...each: Minutes[]): Series[] =>
    each.map((minutes, index) => ({
      metricName,
      dimensions: { ...CLUSTER, 'Broker ID': String(index + 1), ...more },
      minutes,
    }));
/** The series of a cluster metric, to which all nodes send. */
const cluster =
  (metricName: string) =>
  (...each: Minutes[]): Series[] =>
    each.map((minutes) => ({ metricName, dimensions: CLUSTER, minutes }));

const STANDARD = {
  instanceType: msk.BrokerInstanceType.M7G_LARGE,
  monitoringLevel: msk.MonitoringLevel.PER_BROKER,
  perBroker: 3,
};
const T3 = { ...STANDARD, instanceType: msk.BrokerInstanceType.T3_SMALL };
const EXPRESS = { ...STANDARD, instanceType: msk.BrokerInstanceType.of('express.m7g.large') };

const SERVERLESS = { kind: msk.ClusterKind.SERVERLESS };

interface Case {
  readonly alarm: string;
  readonly when: string;
  readonly fires: boolean;
  readonly told: Series[];
  readonly props?: Partial<msk.ClusterAlarmsProps>;
}

const fires = (alarm: string, when: string, told: Series[], props?: Case['props']): Case => ({
  ...{ alarm, when, fires: true, told, props },
});
const quiet = (alarm: string, when: string, told: Series[], props?: Case['props']): Case => ({
  ...{ alarm, when, fires: false, told, props },
});

const offline = cluster('OfflinePartitionsCount');
const controller = cluster('ActiveControllerCount');
const underMinIsr = brokers('UnderMinIsrPartitionCount');
const underReplicated = brokers('UnderReplicatedPartitions');
const disk = brokers('KafkaDataLogsDiskUsed');
const idle = brokers('CpuIdle');
const credits = brokers('CPUCreditBalance');
const heap = brokers('HeapMemoryAfterGC');
const partitions = brokers('PartitionCount');
const iam = brokers('ClientConnectionCount', { 'Client Authentication': 'IAM' });
const scram = brokers('ClientConnectionCount', { 'Client Authentication': 'SASL_SCRAM' });
const shaped = brokers('TrafficShaping');
const newConnections = brokers('ConnectionCreationRate');
const tooMany = brokers('IAMTooManyConnections');
const handlers = brokers('RequestHandlerAvgIdlePercent');
const network = brokers('NetworkProcessorAvgIdlePercent');
const bytesIn = brokers('BytesInPerSec');
const bytesOut = brokers('BytesOutPerSec');
const topics =
  (metricName: string) =>
  (...each: Minutes[]): Series[] =>
    each.map((minutes, index) => ({ metricName, dimensions: { ...CLUSTER, Topic: `topic-${index}` }, minutes }));
const topicsIn = topics('BytesInPerSec');
const topicsOut = topics('BytesOutPerSec');
const produceThrottle = brokers('ProduceThrottleTime');
const fetchThrottle = brokers('FetchThrottleTime');
const warnings = (minutes: Minutes): Series[] => [
  { metricName: 'TopicWarnings', namespace: 'cdk-msk', dimensions: {}, minutes },
];
const reports =
  (metricName: string) =>
  (minutes: Minutes): Series[] => [{ metricName, namespace: 'cdk-msk', dimensions: CLUSTER, minutes }];
const drift = reports('TopicDrift');
const driftFailed = reports('TopicDriftFailed');
/** A value that is sent only once. */
const once = (value: number): Minutes => silent.map((_, index) => (index === 30 ? value : undefined));

const CASES: readonly Case[] = [
  // all nodes send, and all but the controller send 0
  fires(
    'OfflinePartitions',
    'one of three brokers is offline with the only replica of a partition',
    offline(then(0, 20, 1), steady(0), then(0, 20, undefined)),
  ),
  quiet('OfflinePartitions', 'leaders move for two minutes', offline(spike(0, 4, 2))),
  quiet('OfflinePartitions', 'nothing is sent', offline(silent)),
  fires('NoActiveController', 'no node says that it leads', controller(then(1, 20, 0))),
  quiet('NoActiveController', 'the controller moves, and for two minutes nobody leads', controller(spike(1, 0, 2))),
  quiet('NoActiveController', 'the controller moves to another node', controller(then(1, 20, 0), then(0, 20, 1))),
  quiet('NoActiveController', 'nothing is sent any more', controller(then(1, 20, undefined))),
  fires('UnderMinIsr', 'one of three brokers has partitions below the minimum', underMinIsr(steady(0), steady(2))),
  quiet('UnderMinIsr', 'it lasts two minutes', underMinIsr(steady(0), spike(0, 2, 2))),
  fires('UnderReplicated', 'a replica is out of sync for half an hour', underReplicated(steady(0), spike(0, 1, 30))),
  quiet('UnderReplicated', 'a broker is patched for nine minutes', underReplicated(steady(0), spike(0, 7, 9))),
  fires('DataDiskFull', 'one disk is at 81', disk(steady(20), steady(81), steady(20))),
  quiet('DataDiskFull', 'all disks are at 79', disk(steady(79), steady(79), steady(79))),
  quiet('DataDiskFull', 'a broker sends nothing and the others have room', disk(steady(20), silent, steady(20))),
  fires('CpuHigh', 'one broker has 30 % idle', idle(steady(90), steady(30))),
  quiet('CpuHigh', 'all have 41 % idle', idle(steady(41), steady(41))),
  fires('CpuCreditsLow', 'a t3 has 100 credits left', credits(steady(500), then(300, 30, 100)), T3),
  quiet('CpuCreditsLow', 'all t3 have 101 credits left', credits(steady(101), steady(576)), T3),
  fires('HeapHigh', 'one heap is at 60', heap(steady(30), steady(60))),
  quiet('HeapHigh', 'all are at 59', heap(steady(59), steady(59))),
  fires('TooManyPartitions', 'an m7g.large has 1000', partitions(steady(1000), steady(10))),
  quiet('TooManyPartitions', 'all have 999', partitions(steady(999), steady(999))),
  fires('TooManyPartitions', 'a t3.small has 300', partitions(steady(300)), T3),
  quiet('TooManyPartitions', 'a t3.small has 299', partitions(steady(299)), T3),
  fires('IamConnections', 'one broker has 2400', iam(steady(2400), steady(3))),
  quiet('IamConnections', 'three brokers have 2399 each', iam(steady(2399), steady(2399), steady(2399))),
  quiet('IamConnections', 'clients with passwords have more', [...scram(steady(2900)), ...iam(steady(5))]),
  fires('TrafficShaped', 'a broker shapes for 20 minutes', shaped(steady(0), spike(0, 3, 20))),
  quiet('TrafficShaped', 'a broker shapes for four minutes', shaped(steady(0), spike(0, 3, 4))),
  fires('IamConnectionRate', 'one broker gets 80 a second', newConnections(steady(80), steady(1))),
  quiet('IamConnectionRate', 'all get 79', newConnections(steady(79), steady(79))),
  fires('IamConnectionRate', 'a t3.small gets 4', newConnections(steady(4)), T3),
  quiet('IamConnectionRate', 'a t3.small gets 3', newConnections(steady(3)), T3),
  fires('IamThrottled', 'a broker holds some back', tooMany(spike(0, 2, 3))),
  quiet('IamThrottled', 'it lasts two minutes', tooMany(spike(0, 2, 2))),
  quiet('IamThrottled', 'nothing is sent', tooMany(silent)),
  fires('RequestHandlersBusy', 'one broker has 0.3 idle', handlers(steady(0.9), steady(0.3))),
  quiet('RequestHandlersBusy', 'all have 0.31 idle', handlers(steady(0.31), steady(0.31))),
  fires('NetworkProcessorsBusy', 'one broker has 0.2 idle', network(steady(0.9), steady(0.2))),
  quiet('NetworkProcessorsBusy', 'all have 0.31 idle', network(steady(0.31), steady(0.31))),
  fires('ExpressIngress', 'one m7g.large takes 12.5 MB a second', bytesIn(steady(12.5e6), steady(1e6)), EXPRESS),
  quiet('ExpressIngress', 'three take 12 MB each', bytesIn(steady(12e6), steady(12e6), steady(12e6)), EXPRESS),
  fires('ExpressEgress', 'one m7g.large gives 25 MB a second', bytesOut(steady(25e6), steady(1e6)), EXPRESS),
  quiet('ExpressEgress', 'three give 24 MB each', bytesOut(steady(24e6), steady(24e6), steady(24e6)), EXPRESS),
  fires('ServerlessIngress', 'topics take 160 MB a second together', topicsIn(steady(150e6), steady(10e6)), SERVERLESS),
  quiet('ServerlessIngress', 'topics take 159 MB a second together', topicsIn(steady(150e6), steady(9e6)), SERVERLESS),
  quiet('ServerlessIngress', 'it lasts fourteen minutes', topicsIn(spike(0, 190e6, 14)), SERVERLESS),
  fires(
    'ServerlessEgress',
    'topics give 320 MB a second together',
    topicsOut(steady(160e6), steady(160e6)),
    SERVERLESS,
  ),
  quiet(
    'ServerlessEgress',
    'topics give 300 MB a second together',
    topicsOut(steady(150e6), steady(150e6)),
    SERVERLESS,
  ),
  quiet('ServerlessEgress', 'nothing is sent', topicsOut(silent), SERVERLESS),
  fires('ProduceThrottled', 'producers are held back', produceThrottle(steady(0), spike(0, 40, 3)), EXPRESS),
  quiet('ProduceThrottled', 'they are not', produceThrottle(steady(0), steady(0)), EXPRESS),
  fires('FetchThrottled', 'consumers are held back', fetchThrottle(steady(0), spike(0, 40, 3)), EXPRESS),
  quiet('FetchThrottled', 'nothing is sent', fetchThrottle(silent), EXPRESS),
  fires('BrokerSilentBroker2', 'a broker sends nothing any more', idle(steady(90), then(90, 20, undefined))),
  quiet('BrokerSilentBroker2', 'another one does', idle(then(90, 20, undefined), steady(90))),
  quiet('BrokerSilentBroker2', 'a broker is away for nine minutes', [
    ...idle(
      steady(90),
      steady(90).map((value, index) => (index >= 20 && index < 29 ? undefined : value)),
    ),
  ]),
  fires('TopicWarnings', 'a deployment warned', warnings(once(1))),
  quiet('TopicWarnings', 'none did', warnings(once(0))),
  quiet('TopicWarnings', 'there was no deployment', warnings(silent)),
  fires('TopicDrift', 'one topic differs', drift(once(1))),
  quiet('TopicDrift', 'none differs', drift(once(0))),
  fires('TopicDriftFailed', 'one topic could not be compared', driftFailed(once(1))),
  quiet('TopicDriftFailed', 'all were compared', driftFailed(once(0))),
];

function synthesized(props: Partial<msk.ClusterAlarmsProps> = STANDARD): Map<string, SynthesizedAlarm> {
  const stack = aStack({ env: ENVIRONMENT });
  new msk.ClusterAlarms(stack, 'Alarms', { clusterName: 'events', ...props });
  return alarmsOf(stack, 'Alarms');
}

function alarmsOf(stack: ReturnType<typeof aStack>, prefix: string): Map<string, SynthesizedAlarm> {
  const found = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return new Map(found.map(([id, { Properties }]) => [id.replace(prefix, '').replace(/[0-9A-F]{8}$/, ''), Properties]));
}

const made = new Map([STANDARD, T3, EXPRESS, SERVERLESS].map((props) => [props as Case['props'], synthesized(props)]));

describe('The alarm', () => {
  test.each(CASES.filter((one) => one.fires))('$alarm goes off when $when', ({ alarm, props = STANDARD, told }) => {
    expect(statesOf(made.get(props)!.get(alarm)!, told)).toContain('ALARM');
  });

  test.each(CASES.filter((one) => !one.fires))('$alarm stays off when $when', ({ alarm, props = STANDARD, told }) => {
    const states = statesOf(made.get(props)!.get(alarm)!, told);
    expect(states).not.toHaveLength(0);
    expect(states).not.toContain('ALARM');
  });

  test.each(CLUSTER_ALARMS.map(({ id }) => id))('%s has a series of each sort here', (id) => {
    const own = CASES.filter(({ alarm }) => alarm.replace(/Broker\d$/, '') === id);
    expect(new Set(own.map((one) => one.fires))).toEqual(new Set([true, false]));
  });

  test('of one broker does not go off for another', () => {
    const told = disk(steady(81), steady(20));
    expect(statesOf(made.get(STANDARD)!.get('DataDiskFullBroker1')!, told)).toContain('ALARM');
    expect(statesOf(made.get(STANDARD)!.get('DataDiskFullBroker2')!, told)).not.toContain('ALARM');
  });

  test('does not read another cluster', () => {
    const told = disk(steady(99)).map((series) => ({
      ...series,
      dimensions: { ...series.dimensions, 'Cluster Name': 'others' },
    }));
    expect(statesOf(made.get(STANDARD)!.get('DataDiskFull')!, told)).not.toContain('ALARM');
  });

  test('is over when the cause is', () => {
    const states = statesOf(made.get(STANDARD)!.get('OfflinePartitions')!, offline(spike(0, 1, 10)));
    expect([states[0], states.includes('ALARM'), states.at(-1)]).toEqual(['OK', true, 'OK']);
  });
});

describe('The alarm on broker logs', () => {
  const stack = aStack({ env: ENVIRONMENT });
  new msk.BrokerLogAlarms(stack, 'Logs', { clusterName: 'events', logGroup: new LogGroup(stack, 'Group') });
  const alarms = alarmsOf(stack, 'Logs');
  /** The given number of lines per minute, for five minutes. */
  const lines = (alarm: string, perMinute: number): Series[] => [
    { metricName: `${alarm}-events`, namespace: 'cdk-msk', dimensions: {}, minutes: spike(0, perMinute, 5) },
  ];

  test.each([
    ['IsrShrinks', 4, 3],
    ['AuthenticationFailures', 2, 1],
    ['AuthorizerDenials', 2, 1],
  ])('%s goes off at %d lines a minute, and not at %d', (alarm, many, few) => {
    expect(statesOf(alarms.get(alarm)!, lines(alarm, many))).toContain('ALARM');
    expect(statesOf(alarms.get(alarm)!, lines(alarm, few))).not.toContain('ALARM');
  });

  test.each([...alarms.keys()])('%s stays off when brokers write nothing', (alarm) => {
    const told = lines(alarm, 0).map((series) => ({ ...series, minutes: silent }));
    expect(new Set(statesOf(alarms.get(alarm)!, told))).toEqual(new Set(['OK']));
  });
});

describe('The alarm on the lag of a group', () => {
  const stack = aStack({ env: ENVIRONMENT });
  new msk.ConsumerLagAlarms(stack, 'Lag', {
    clusterName: 'events',
    topicName: 'orders',
    consumerGroup: 'billing',
    maxTimeLag: Duration.minutes(5),
    maxOffsetLag: 1000,
  });
  const lag =
    (metricName: string, group = 'billing') =>
    (minutes: Minutes): Series[] => [
      { metricName, dimensions: { ...CLUSTER, 'Consumer Group': group, Topic: 'orders' }, minutes },
    ];
  const seconds = lag('EstimatedMaxTimeLag');
  const records = lag('SumOffsetLag');
  /** Consumers stop after ten minutes. The lag then grows every minute, by one minute or 100 records. */
  const stopped = (each: number): Minutes => steady(0).map((_, index) => Math.max(0, index - 10) * each);

  test.each([
    ['TimeLag', 'the group has stopped consuming', seconds(stopped(60)), true],
    ['TimeLag', 'the group is five minutes behind', seconds(steady(300)), false],
    ['TimeLag', 'the group is six minutes behind for ten minutes', seconds(spike(0, 360, 10)), false],
    ['TimeLag', 'the group is gone', seconds(then(0, 20, undefined)), false],
    ['TimeLag', 'another group has stopped', lag('EstimatedMaxTimeLag', 'audit')(stopped(60)), false],
    ['OffsetLag', 'the group has stopped consuming', records(stopped(100)), true],
    ['OffsetLag', 'the group is 1000 records behind', records(steady(1000)), false],
  ])('%s: when %s', (alarm, _, told, goesOff) => {
    expect(statesOf(alarmsOf(stack, 'Lag').get(alarm)!, told).includes('ALARM')).toBe(goesOff);
  });
});
