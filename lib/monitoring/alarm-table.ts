import { TreatMissingData as Missing } from 'aws-cdk-lib/aws-cloudwatch';
import type { BrokerInstanceType } from '../broker/broker-instance-type';

/** One alarm. The documentation and the tests read the same rows. */
export interface AlarmRow {
  /** ID of the construct; never changes. */
  readonly id: string;
  readonly metricName: string;
  /** Which of the values that the brokers send is the worst, and judged. */
  readonly worst: 'MAX' | 'MIN';
  /** What tells the series apart, besides the cluster. */
  readonly per: 'cluster' | 'broker' | 'authentication';
  readonly comparison: '>=' | '>' | '<=' | '<';
  /** Undefined: the alarm makes no sense for this instance type. */
  readonly threshold: (type: BrokerInstanceType) => number | undefined;
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly missing: Missing;
  readonly meaning: string;
  readonly whatToDo: string;
  /** Page of the Amazon MSK Developer Guide. */
  readonly page: string;
}

const always = (threshold: number) => () => threshold;
const GUIDE = 'bestpractices-cw-alarms';

/**
 * What a Standard cluster sends at monitoring level DEFAULT, which costs nothing.
 *
 * Every broker sends OfflinePartitionsCount and ActiveControllerCount, and all but the controller send 0: so they are
 * judged by their maximum, not by the average that the guide names.
 */
export const STANDARD_ALARMS: readonly AlarmRow[] = [
  {
    id: 'OfflinePartitions',
    metricName: 'OfflinePartitionsCount',
    worst: 'MAX',
    per: 'cluster',
    comparison: '>=',
    threshold: always(1),
    periodMinutes: 1,
    evaluationPeriods: 3,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have no leader: nobody can write to them or read from them.',
    whatToDo: 'See which brokers are down in the MSK console and in the broker logs; do not restart the others.',
    page: GUIDE,
  },
  {
    id: 'NoActiveController',
    metricName: 'ActiveControllerCount',
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
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(1),
    periodMinutes: 1,
    evaluationPeriods: 3,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have fewer in-sync replicas than min.insync.replicas: producers with acks=all are refused.',
    whatToDo:
      'See which brokers are down or lag behind; check that no topic has min.insync.replicas equal to its replication factor.',
    page: GUIDE,
  },
  {
    id: 'UnderReplicated',
    metricName: 'UnderReplicatedPartitions',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.NOT_BREACHING,
    meaning: 'Partitions have had a replica out of sync for 15 minutes, longer than patching a broker takes.',
    whatToDo:
      'Look for a broker without CPU, disk or network left, and for producers that write more than it can take.',
    page: 'bestpractices-msk-skill',
  },
  {
    id: 'DataDiskFull',
    metricName: 'KafkaDataLogsDiskUsed',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(80),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.MISSING,
    meaning: 'A broker has used 80 % of its volume; a broker with a full volume stops.',
    whatToDo:
      'Make the volumes larger (it takes minutes, and once in six hours), or shorten the retention of large topics.',
    page: GUIDE,
  },
  {
    id: 'CpuHigh',
    metricName: 'CpuIdle',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: always(40),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.MISSING,
    meaning: 'A broker is busy for 60 % of the time: when another one fails, it cannot take over its work.',
    whatToDo: 'Spread the partition leaders, add brokers, or take a larger instance type.',
    page: GUIDE,
  },
  {
    id: 'CpuCreditsLow',
    metricName: 'CPUCreditBalance',
    worst: 'MIN',
    per: 'broker',
    comparison: '<=',
    threshold: (type) => (type.isBurstable ? 100 : undefined),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.MISSING,
    meaning: 'A broker has almost used up its CPU credits and will be slowed down to 20 %.',
    whatToDo: 'Take an instance type that is not burstable, such as m7g.large.',
    page: GUIDE,
  },
  {
    id: 'HeapHigh',
    metricName: 'HeapMemoryAfterGC',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: always(60),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.MISSING,
    meaning: 'A broker needs 60 % of its heap even after cleaning up, and may soon run out of it.',
    whatToDo:
      'Look for too many partitions, connections or transactional IDs on one broker; take a larger instance type.',
    page: GUIDE,
  },
  {
    id: 'TooManyPartitions',
    metricName: 'PartitionCount',
    worst: 'MAX',
    per: 'broker',
    comparison: '>=',
    threshold: (type) => type.recommendedPartitions,
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.MISSING,
    meaning:
      'A broker has as many partitions as AWS advises for its instance type; above the maximum, MSK refuses updates.',
    whatToDo: 'Add brokers and move partitions to them, take a larger instance type, or delete topics.',
    page: GUIDE,
  },
  {
    id: 'IamConnections',
    metricName: 'ClientConnectionCount',
    worst: 'MAX',
    per: 'authentication',
    comparison: '>=',
    threshold: always(2400),
    periodMinutes: 1,
    evaluationPeriods: 3,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker has 80 % of the 3000 IAM connections that it takes.',
    whatToDo:
      'Let clients share producers and consumers, and keep connections; a broker takes 3000 and no more than 100 new ones a second.',
    page: GUIDE,
  },
  {
    id: 'TrafficShaped',
    metricName: 'TrafficShaping',
    worst: 'MAX',
    per: 'broker',
    comparison: '>',
    threshold: always(0),
    periodMinutes: 5,
    evaluationPeriods: 3,
    missing: Missing.NOT_BREACHING,
    meaning: 'A broker drops or delays packets, since its instance type allows no more traffic.',
    whatToDo: 'Take a larger instance type, or add brokers and spread the partitions.',
    page: 'metrics-details',
  },
];
