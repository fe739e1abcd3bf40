import { TreatMissingData as Missing } from 'aws-cdk-lib/aws-cloudwatch';
import type { BrokerInstanceType } from '../../broker/broker-instance-type';
import { expressFact, standardFact } from '../../model/fact-lookups';
import limits from '../../model/facts/limits.json';
import { type AlarmRow, always, FOR_15_MINUTES } from './alarm-row';
import { TRAFFIC_ALARMS } from './traffic-alarms';

const FOR_3_MINUTES = { periodMinutes: 1, evaluationPeriods: 3 };
const GUIDE = 'bestpractices-cw-alarms';

/** Of metrics that a drift report sends, at most once an hour. */
const OF_DRIFT_REPORTS = {
  namespace: 'cdk-msk',
  severity: 'warning',
  worst: 'MAX',
  per: 'cluster',
  comparison: '>',
  threshold: always(0),
  periodMinutes: 60,
  evaluationPeriods: 1,
  missing: Missing.IGNORE,
} as const;

/** Alarms go off at 80 % of a limit. */
const most = (limit: number) => Math.round(limit * 0.8 * 10) / 10;
const factOf = (type?: BrokerInstanceType) => standardFact(type?.name) ?? expressFact(type?.name);
const newConnections = (type?: BrokerInstanceType) => {
  const perSecond = factOf(type)?.iamNewConnectionsPerSecond;
  return perSecond === undefined ? undefined : most(perSecond);
};

/**
 * The alarms of a cluster, by its monitoring level; level DEFAULT costs nothing but the alarms.
 *
 * OfflinePartitionsCount and ActiveControllerCount are judged by their maximum, neither by the average that the guide names nor by a
 * sum. With ZooKeeper, every broker sends them, and all but the controller send 0. With KRaft, only controllers send them, and all
 * of them send the same number of offline partitions.
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
    meaning: 'Partitions have no leader, so clients cannot write to them or read from them.',
    whatToDo: 'Find out in the MSK console and in the broker logs which brokers are down; do not restart the others.',
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
    meaning:
      'The cluster has no active controller: topics cannot be changed, and partitions of a failed broker get no new leader.',
    whatToDo:
      'A new controller is normally elected within seconds; if the alarm persists, open a case with AWS Support.',
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
    meaning: 'Partitions have fewer in-sync replicas than min.insync.replicas, so writes with acks=all fail.',
    whatToDo:
      'Find out which brokers are down or lag behind; check that no topic has min.insync.replicas equal to its replication factor.',
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
    meaning: 'A replica has been out of sync for 15 minutes, which is longer than patching a broker takes.',
    whatToDo:
      'Look for a broker that is out of CPU, disk or network capacity, and for producers that write more than it can handle.',
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
    meaning: 'A broker has used 80 % of its volume; when a volume is full, the broker stops.',
    whatToDo:
      'Increase the size of the volumes (takes minutes, possible once every six hours), or shorten the retention of large topics.',
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
    meaning: 'A broker uses 60 % of its CPU, so it cannot take over the load of another broker that fails.',
    whatToDo: 'Spread the partition leaders, add brokers, or use a larger instance type.',
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
    meaning: 'A broker has almost used up its CPU credits and will be limited to 20 % of its CPU.',
    whatToDo: 'Use an instance type that is not burstable, such as m7g.large.',
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
    meaning: 'A broker uses 60 % of its heap even after garbage collection, and may soon run out of memory.',
    whatToDo:
      'Look for too many partitions, connections or transactional IDs on one broker, or use a larger instance type.',
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
      'A broker has reached the number of partitions that AWS recommends for its instance type; above the maximum, MSK refuses updates.',
    whatToDo: 'Add brokers and move partitions to them, use a larger instance type, or delete topics.',
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
    meaning: 'A broker has 80 % of the 3000 IAM connections that it supports.',
    whatToDo:
      'Share producers and consumers within clients, and keep connections open; a broker supports 3000 connections and at most 100 new ones per second.',
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
    meaning: 'A broker drops or delays packets, because it exceeds the network allowance of its instance type.',
    whatToDo: 'Use a larger instance type, or add brokers and spread the partitions.',
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
    meaning:
      'A broker receives 80 % of the new IAM connections per second that it supports; above the limit, clients are throttled.',
    whatToDo:
      'Keep connections open; the usual cause is a client that connects for every record. See reconnect.backoff.ms.',
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
    meaning: 'Clients with IAM connect more often than a broker allows, and are throttled.',
    whatToDo: 'Keep connections open, and increase reconnect.backoff.ms of the clients.',
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
    meaning: 'The request handlers of a broker are busy 70 % of the time, so requests start to queue.',
    whatToDo: 'Spread the partition leaders, increase the batch size of clients, or add brokers.',
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
    meaning: 'The network threads of a broker are busy 70 % of the time, so requests start to queue.',
    whatToDo: 'Look for many connections or small requests, increase the batch size of clients, or add brokers.',
    page: GUIDE,
  },
  ...TRAFFIC_ALARMS,
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
    whatToDo: 'Check in the MSK console whether the broker is up, and whether MSK is patching it.',
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
      'A deployment succeeded but left a topic that differs from its declaration, on some cluster of this account and Region.',
    whatToDo: 'Read the warning in the log group of the handlers; the list of warnings explains each code.',
    page: 'errors.md#warnings-at-deployment',
  },
  {
    id: 'TopicDrift',
    metricName: 'TopicDrift',
    ...OF_DRIFT_REPORTS,
    meaning: 'Topics differ from their declaration, because they were changed outside of their stack.',
    whatToDo:
      'Read the differences in the log group of the handlers; deploy with another reconcileToken to fix them, or declare them.',
    page: 'errors.md#warnings-at-deployment',
  },
  {
    id: 'TopicDriftFailed',
    metricName: 'TopicDriftFailed',
    ...OF_DRIFT_REPORTS,
    meaning: 'A drift report could not compare topics with their declaration, so differences may go unnoticed.',
    whatToDo: 'Read the reason in the log group of the handlers, and fix it before the next report.',
    page: 'errors.md#at-deployment',
  },
];
