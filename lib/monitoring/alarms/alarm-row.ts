import type { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { BrokerInstanceType } from '../../broker/broker-instance-type';
import type { MetricSource } from '../../model/rules/metrics';

/** One alarm. The documentation and the tests are generated from the same rows. */
export interface AlarmRow {
  /** ID of the construct; never changes. */
  readonly id: string;
  readonly metricName: string;
  /** Sender of the metric: Amazon MSK, unless it is `cdk-msk`, the handlers of this library. */
  readonly namespace?: 'cdk-msk';
  /** Critical: clients fail, or are about to. Warning: look at it during working hours. */
  readonly severity: 'critical' | 'warning';
  /** Which of the values that the brokers send is the worst, and is evaluated. */
  readonly worst: 'MAX' | 'MIN' | 'SUM';
  /** Dimension that distinguishes the series, besides the cluster. `silence` exists only as alarms of single brokers. */
  readonly per: 'account' | 'cluster' | 'broker' | 'authentication' | 'silence';
  readonly comparison: '>=' | '>' | '<=' | '<';
  /** Undefined if the alarm does not apply to this instance type, or to an unknown one. */
  readonly threshold: (type?: BrokerInstanceType) => number | undefined;
  /** The only type of cluster that it applies to. Otherwise it applies to all that send the metric. */
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

/** A page of the Amazon MSK Developer Guide. */
export const guidePage = (page: string): string => `https://docs.aws.amazon.com/msk/latest/developerguide/${page}.html`;

/** What an alarm tells the person whom it wakes. */
export function describeAlarm(where: string, text: { meaning: string; whatToDo: string; link: string }): string {
  return `Kafka cluster ${where}: ${text.meaning} What to do: ${text.whatToDo} ${text.link}`;
}
