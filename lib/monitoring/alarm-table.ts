import { TreatMissingData as Missing } from 'aws-cdk-lib/aws-cloudwatch';
import type { BrokerInstanceType } from '../broker/broker-instance-type';
import facts from '../private/facts/instance-types.json';
import limits from '../private/facts/limits.json';
import type { MetricSource } from '../private/rules/metric-rules';

/** One alarm. The documentation and the tests read the same rows. */
export interface AlarmRow {
  /** ID of the construct; never changes. */
  readonly id: string;
  readonly metricName: string;
  /** Who sends the metric: MSK unless it is `cdk-msk`, the handlers of this library. */
  readonly namespace?: 'cdk-msk';
  /** Critical: clients fail, or will soon. Warning: somebody should look at it in working hours. */
  readonly severity: 'critical' | 'warning';
  /** Which of the values that the brokers send is the worst, and judged. */
  readonly worst: 'MAX' | 'MIN' | 'SUM';
  /** What tells the series apart, besides the cluster; `silence` is for alarms of single brokers only. */
  readonly per: 'account' | 'cluster' | 'broker' | 'authentication' | 'silence';
  readonly comparison: '>=' | '>' | '<=' | '<';
  /** Undefined: the alarm makes no sense for this instance type, or for one that nobody knows. */
  readonly threshold: (type?: BrokerInstanceType) => number | undefined;
  /** The only kind that it makes sense for; else all that send the metric. */
  readonly kind?: MetricSource['kind'];
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly missing: Missing;
  readonly meaning: string;
  readonly whatToDo: string;
  /** Page of the Amazon MSK Developer Guide, or of this project. */
  readonly page: string;
}

const always = (threshold: number) => () => threshold;
const FOR_15_MINUTES = { periodMinutes: 5, evaluationPeriods: 3 };
const FOR_3_MINUTES = { periodMinutes: 1, evaluationPeriods: 3 };
const GUIDE = 'bestpractices-cw-alarms';
const MEGABYTE = 1e6;

/** At 80 % of a limit somebody should know. */
const most = (limit: number) => Math.round(limit * 0.8 * 10) / 10;
const expressFact = (type?: BrokerInstanceType) => facts.express.find((one) => one.type === type?.name);
const factOf = (type?: BrokerInstanceType) =>
  facts.standard.find((one) => one.type === type?.name) ?? expressFact(type);
const newConnections = (type?: BrokerInstanceType) => {
  const perSecond = factOf(type)?.iamNewConnectionsPerSecond;
  return perSecond === undefined ? undefined : most(perSecond);
};

/** Bytes a second, at 80 % of what an Express broker sustains. */
const sustained = (megabytes?: number) =>
  megabytes === undefined ? undefined : Math.round(0.8 * megabytes * MEGABYTE);

/**
 * What watches a cluster at its monitoring level; level DEFAULT costs nothing but the alarms.
 *
 * Every broker sends OfflinePartitionsCount and ActiveControllerCount, and all but the controller send 0: so they are
 * judged by their maximum, not by the average that the guide names.
 */
export const CLUSTER_ALARMS: readonly AlarmRow[] = [
  {
    id: 'OfflinePartitions',
    metricName: 'OfflinePartitionsCount',
    severity: 'critical',
    worst: 'MAX',
    per: 'cluster',
    comparison: '>=',
    threshold: always(1),
    ...FOR_3_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have no leader: nobody can write to them or read from them.',
    whatToDo: 'See which brokers are down in the MSK console and in the broker logs; do not restart the others.',
    page: GUIDE,
  },
  {
    id: 'NoActiveController',
    metricName: 'ActiveControllerCount',
    severity: 'critical',
    worst: 'MAX',
    per: 'cluster',
    comparison: '<',
    threshold: always(1),
    periodMinutes: 5,
    evaluationPeriods: 1,
    missing: Missing.IGNORE,
    meaning: 'No node leads the cluster: topics cannot be changed and failed brokers are not replaced as leaders.',
    whatToDo: 'A controller moves within seconds; if this lasts, open a case with AWS Support.',
    page: 'metrics-details',
  },
  {
    id: 'UnderMinIsr',
    metricName: 'UnderMinIsrPartitionCount',
    severity: 'critical',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(1),
    ...FOR_3_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have fewer in-sync replicas than min.insync.replicas: producers with acks=all are refused.',
    whatToDo:
      'See which brokers are down or lag behind; check that no topic has min.insync.replicas equal to its replication factor.',
    page: GUIDE,
  },
  {
    id: 'UnderReplicated',
    metricName: 'UnderReplicatedPartitions',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    ...FOR_15_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have had a replica out of sync for 15 minutes, longer than patching a broker takes.',
    whatToDo:
      'Look for a broker without CPU, disk or network left, and for producers that write more than it can take.',
    page: 'bestpractices-msk-skill',
  },
  {
    id: 'DataDiskFull',
    metricName: 'KafkaDataLogsDiskUsed',
    severity: 'critical',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(80),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'A broker has used 80 % of its volume; a broker with a full volume stops.',
    whatToDo:
      'Make the volumes larger (it takes minutes, and once in six hours), or shorten the retention of large topics.',
    page: GUIDE,
  },
  {
    id: 'CpuHigh',
    metricName: 'CpuIdle',
    severity: 'warning',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: always(40),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'A broker is busy for 60 % of the time: when another one fails, it cannot take over its work.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
    page: GUIDE,
  },
  {
    id: 'CpuCreditsLow',
    metricName: 'CPUCreditBalance',
    severity: 'warning',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: (type) => (type?.isBurstable ? 100 : undefined),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'A broker has almost used up its CPU credits and will be slowed down to 20 %.',
    whatToDo: 'Take an instance type that is not burstable, such as m7g.large.',
    page: GUIDE,
  },
  {
    id: 'HeapHigh',
    metricName: 'HeapMemoryAfterGC',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(60),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'A broker needs 60 % of its heap even after cleaning up, and may soon run out of it.',
    whatToDo:
      'Look for too many partitions, connections or transactional IDs on one broker; take a larger instance type.',
    page: GUIDE,
  },
  {
    id: 'TooManyPartitions',
    metricName: 'PartitionCount',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => factOf(type)?.recommendedPartitions,
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning:
      'A broker has as many partitions as AWS advises for its instance type; above the maximum, MSK refuses updates.',
    whatToDo: 'Add brokers and move partitions to them, take a larger instance type, or delete topics.',
    page: GUIDE,
  },
  {
    id: 'IamConnections',
    metricName: 'ClientConnectionCount',
    severity: 'warning',
    worst: 'MAX',
    per: 'authentication',
    comparison: '>=',
    threshold: always(most(limits.iamConnectionsPerBroker)),
    ...FOR_3_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker has 80 % of the 3000 IAM connections that it takes.',
    whatToDo:
      'Let clients share producers and consumers, and keep connections; a broker takes 3000 and no more than 100 new ones a second.',
    page: GUIDE,
  },
  {
    id: 'TrafficShaped',
    metricName: 'TrafficShaping',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    ...FOR_15_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker drops or delays packets, since its instance type allows no more traffic.',
    whatToDo: 'Take a larger instance type, or add brokers and spread the partitions.',
    page: 'metrics-details',
  },
  {
    id: 'IamConnectionRate',
    metricName: 'ConnectionCreationRate',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: newConnections,
    ...FOR_3_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker gets 80 % of the new IAM connections a second that it takes; beyond, clients are held back.',
    whatToDo:
      'Keep connections open: a client that connects for every record is the usual cause. See reconnect.backoff.ms.',
    page: GUIDE,
  },
  {
    id: 'IamThrottled',
    metricName: 'IAMTooManyConnections',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    ...FOR_3_MINUTES,
    missing: Missing.NOT_BREACHING,
    meaning: 'Clients with IAM connect faster than a broker allows, and are held back.',
    whatToDo: 'Keep connections open, and raise reconnect.backoff.ms of the clients.',
    page: 'metrics-details',
  },
  {
    id: 'RequestHandlersBusy',
    metricName: 'RequestHandlerAvgIdlePercent',
    severity: 'warning',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: always(0.3),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'The request handlers of a broker are busy for 70 % of the time: requests begin to wait.',
    whatToDo: 'Spread the partition leaders, let clients send larger batches, or add brokers.',
    page: GUIDE,
  },
  {
    id: 'NetworkProcessorsBusy',
    metricName: 'NetworkProcessorAvgIdlePercent',
    severity: 'warning',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: always(0.3),
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning: 'The network threads of a broker are busy for 70 % of the time: requests begin to wait.',
    whatToDo: 'Look for many connections or small requests; let clients send larger batches, or add brokers.',
    page: GUIDE,
  },
  {
    id: 'ExpressIngress',
    metricName: 'BytesInPerSec',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => sustained(expressFact(type)?.ingressSustainedMBps),
    kind: 'express',
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning:
      'A broker takes 80 % of the traffic in that its instance type sustains; above the maximum, producers are held back.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
    page: 'limits',
  },
  {
    id: 'ExpressEgress',
    metricName: 'BytesOutPerSec',
    severity: 'warning',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => sustained(expressFact(type)?.egressSustainedMBps),
    kind: 'express',
    ...FOR_15_MINUTES,
    missing: Missing.MISSING,
    meaning:
      'A broker gives 80 % of the traffic out that its instance type sustains; above the maximum, consumers are held back.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
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
    meaning: 'A broker holds producers back, since they send more than it takes.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
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
    meaning: 'A broker holds consumers back, since they fetch more than it gives.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
    page: 'bestpractices-msk-skill',
  },
  {
    id: 'BrokerSilent',
    metricName: 'CpuIdle',
    severity: 'critical',
    worst: 'MAX',
    per: 'silence',
    comparison: '<',
    threshold: always(0),
    ...FOR_15_MINUTES,
    missing: Missing.BREACHING,
    meaning: 'A broker has sent no metrics for 15 minutes.',
    whatToDo: 'See whether the broker is up in the MSK console, and whether MSK patches it.',
    page: 'metrics-details',
  },
  {
    id: 'TopicWarnings',
    metricName: 'TopicWarnings',
    namespace: 'cdk-msk',
    severity: 'warning',
    worst: 'SUM',
    per: 'account',
    comparison: '>',
    threshold: always(0),
    periodMinutes: 5,
    evaluationPeriods: 1,
    missing: Missing.NOT_BREACHING,
    meaning:
      'A deployment left a topic other than it is declared, on a cluster of this account and region, and succeeded.',
    whatToDo: 'Read the warning in the log group of the handlers; each code has a line in the list of warnings.',
    page: 'errors.md#warnings-at-deployment',
  },
  {
    id: 'TopicDrift',
    metricName: 'TopicDrift',
    namespace: 'cdk-msk',
    severity: 'warning',
    worst: 'MAX',
    per: 'cluster',
    comparison: '>',
    threshold: always(0),
    periodMinutes: 60,
    evaluationPeriods: 1,
    missing: Missing.IGNORE,
    meaning: 'Topics are other than they are declared: somebody changed them by hand.',
    whatToDo:
      'Read what differs in the log group of the handlers; deploy with another reconcileToken to mend it, or declare it.',
    page: 'errors.md#warnings-at-deployment',
  },
];
