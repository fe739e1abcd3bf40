import type { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { MetricSource } from '../../model/rules/metrics';

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
  readonly missing: TreatMissingData;
  readonly meaning: string;
  readonly whatToDo: string;
  /** Page of the Amazon MSK Developer Guide, or of this project. */
  readonly page: string;
}

export const always = (threshold: number) => () => threshold;
export const FOR_15_MINUTES = { periodMinutes: 5, evaluationPeriods: 3 };
