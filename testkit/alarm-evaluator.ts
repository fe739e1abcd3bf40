/** What one sender sends to CloudWatch: one value per minute, or none. */
export interface Series {
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly minutes: readonly (number | undefined)[];
}

/** An alarm in a template. */
export interface SynthesizedAlarm {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { Name: string; Value: string }[];
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Metrics?: readonly { Expression: string; Period: number; ReturnData?: boolean }[];
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
}

export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';

interface Query {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  /** Names of all dimensions that a series has. */
  readonly dimensions: readonly string[];
  readonly where: Readonly<Record<string, string>>;
  readonly minutes: number;
}

const merge: Readonly<Record<string, (values: number[]) => number>> = {
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => merge.SUM(values) / values.length,
};
const FUNCTION_OF: Readonly<Record<string, string>> = { Maximum: 'MAX', Minimum: 'MIN', Sum: 'SUM', Average: 'AVG' };

const SELECT = /^SELECT (MAX|MIN|SUM|AVG)\((\w+)\) FROM SCHEMA\("([^"]+)", ([^)]+)\) WHERE (.+)$/;
const CONDITION = /^("[^"]+"|\w+) = '([^']*)'$/;
const unquoted = (name: string) => name.trim().replace(/^"(.*)"$/, '$1');

/** Evaluates Metrics Insights queries, as far as our alarms use them. Anything else is an error. */
export function parseQuery(expression: string, periodSeconds: number): Query {
  const parsed = SELECT.exec(expression);
  if (!parsed) throw new Error(`not a Metrics Insights query: ${expression}`);
  const [, statistic, metricName, namespace, schema, conditions] = parsed;
  const where = conditions.split(' AND ').map((condition) => {
    const pair = CONDITION.exec(condition.trim());
    if (!pair) throw new Error(`not a condition: ${condition}`);
    return [unquoted(pair[1]), pair[2]];
  });
  return {
    namespace,
    metricName,
    statistic,
    dimensions: schema.split(',').map(unquoted),
    where: Object.fromEntries(where),
    minutes: periodSeconds / 60,
  };
}

function queryOf({ Dimensions = [], MetricName, Metrics, Namespace, Period, Statistic }: SynthesizedAlarm): Query {
  if (Metrics) {
    if (Metrics.length !== 1) throw new Error('the alarm has more than one expression');
    return parseQuery(Metrics[0].Expression, Metrics[0].Period);
  }
  const where = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const statistic = FUNCTION_OF[Statistic!];
  return {
    namespace: Namespace!,
    metricName: MetricName!,
    statistic,
    dimensions: Object.keys(where),
    where,
    minutes: Period! / 60,
  };
}

/** CloudWatch identifies a series by all of its dimensions: with one more, it is another series. */
function isRead({ dimensions, metricName, namespace, where }: Query, series: Series): boolean {
  const names = Object.keys(series.dimensions).sort();
  return (
    (series.namespace ?? 'AWS/Kafka') === namespace &&
    series.metricName === metricName &&
    names.join() === [...dimensions].sort().join() &&
    Object.entries(where).every(([name, value]) => series.dimensions[name] === value)
  );
}

/** One value per period, computed from all values in it. */
function periodsOf(query: Query, told: readonly Series[]): (number | undefined)[] {
  const read = told.filter((series) => isRead(query, series));
  const length = Math.max(...told.map(({ minutes }) => minutes.length));
  return Array.from({ length: Math.floor(length / query.minutes) }, (_, index) => {
    const [from, to] = [index * query.minutes, (index + 1) * query.minutes];
    const values = read.flatMap(({ minutes }) => minutes.slice(from, to)).filter((value) => value !== undefined);
    return values.length > 0 ? merge[query.statistic](values) : undefined;
  });
}

const breaches: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/**
 * The state after the last periods, given the previous state.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
function stateAfter(alarm: SynthesizedAlarm, periods: readonly (number | undefined)[], before: AlarmState): AlarmState {
  const known = periods.filter((value) => value !== undefined);
  const bad = known.filter((value) => breaches[alarm.ComparisonOperator](value, alarm.Threshold)).length;
  const missing = alarm.EvaluationPeriods - known.length;
  if (alarm.TreatMissingData === 'breaching') return bad + missing === alarm.EvaluationPeriods ? 'ALARM' : 'OK';
  if (bad === alarm.EvaluationPeriods) return 'ALARM';
  if (alarm.TreatMissingData === 'notBreaching' || bad < known.length) return 'OK';
  if (alarm.TreatMissingData === 'ignore') return before;
  return known.length > 0 ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/** The states of an alarm, one per period, from the first period that has enough periods before it. */
export function statesOf(alarm: SynthesizedAlarm, told: readonly Series[]): AlarmState[] {
  const values = periodsOf(queryOf(alarm), told);
  const states: AlarmState[] = [];
  for (let end = alarm.EvaluationPeriods; end <= values.length; end++) {
    const window = values.slice(end - alarm.EvaluationPeriods, end);
    states.push(stateAfter(alarm, window, states.at(-1) ?? 'INSUFFICIENT_DATA'));
  }
  return states;
}
