import { TreatMissingData as Missing } from 'aws-cdk-lib/aws-cloudwatch';
import { expressFact } from '../../model/fact-lookups';
import limits from '../../model/facts/limits.json';
import { type AlarmRow, always, FOR_15_MINUTES } from './alarm-row';

const MEGABYTE = 1e6;

/** Bytes a second, at 80 % of what is sustained. */
const most = (megabytes: number) => Math.round(0.8 * megabytes * MEGABYTE);
const sustained = (megabytes?: number) => (megabytes === undefined ? undefined : most(megabytes));

/** MSK adds up what Serverless sends in a minute, so a minute it must be. */
const FOR_15_SINGLE_MINUTES = { periodMinutes: 1, evaluationPeriods: 15 };

/** Alarms on traffic, where MSK has a limit for it. */
export const TRAFFIC_ALARMS: readonly AlarmRow[] = [
  {
    id: 'ExpressIngress',
    metricName: 'BytesInPerSec',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => sustained(expressFact(type?.name)?.ingressSustainedMBps),
    kind: 'express',
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning:
      'A broker receives 80 % of the traffic that its instance type sustains; above the maximum, producers are throttled.',
    whatToDo: 'Spread the partition leaders, add brokers, or use a larger instance type.',
    page: 'limits',
  },
  {
    id: 'ExpressEgress',
    metricName: 'BytesOutPerSec',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => sustained(expressFact(type?.name)?.egressSustainedMBps),
    kind: 'express',
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning:
      'A broker sends 80 % of the traffic that its instance type sustains; above the maximum, consumers are throttled.',
    whatToDo: 'Spread the partition leaders, add brokers, or use a larger instance type.',
    page: 'limits',
  },
  {
    id: 'ProduceThrottled',
    metricName: 'ProduceThrottleTime',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    kind: 'express',
    periodMinutes: 5,
    evaluationPeriods: 1,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker throttles producers, because they send more than it supports.',
    whatToDo: 'Spread the partition leaders, add brokers, or use a larger instance type.',
    page: 'bestpractices-msk-skill',
  },
  {
    id: 'FetchThrottled',
    metricName: 'FetchThrottleTime',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    kind: 'express',
    periodMinutes: 5,
    evaluationPeriods: 1,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker throttles consumers, because they fetch more than it supports.',
    whatToDo: 'Spread the partition leaders, add brokers, or use a larger instance type.',
    page: 'bestpractices-msk-skill',
  },
  {
    id: 'ServerlessIngress',
    metricName: 'BytesInPerSec',
    severity: 'warning',
    worst: 'SUM',
    per: 'cluster',
    comparison: '>=',
    threshold: always(most(limits.serverless.ingressMBps)),
    kind: 'serverless',
    ...FOR_15_SINGLE_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Producers send 80 % of what a Serverless cluster supports; above the limit, they are throttled.',
    whatToDo: 'Enable compression and larger batches in producers, or move topics to a cluster with Express brokers.',
    page: 'limits',
  },
  {
    id: 'ServerlessEgress',
    metricName: 'BytesOutPerSec',
    severity: 'warning',
    worst: 'SUM',
    per: 'cluster',
    comparison: '>=',
    threshold: always(most(limits.serverless.egressMBps)),
    kind: 'serverless',
    ...FOR_15_SINGLE_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Consumers fetch 80 % of what a Serverless cluster supports; above the limit, they are throttled.',
    whatToDo:
      'Look for consumer groups that read the same records twice, or move topics to a cluster with Express brokers.',
    page: 'limits',
  },
];
