import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { elsewhereFindings } from '../../internal/environment';
import type { Finding } from '../../model/finding';
import type { AlarmRow } from './alarm-row';

/** Alarm actions by severity. */
export interface AlarmActionProps {
  /**
   * Actions to run when an alarm goes off, such as publishing to an SNS topic.
   *
   * @default - none, so the alarm is only visible in the console
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * Actions to run when a critical alarm goes off, which means that clients fail or are about to.
   *
   * @default - the same as `actions`
   */
  readonly criticalActions?: cloudwatch.IAlarmAction[];

  /**
   * Actions to run when a warning goes off, which should be looked at during working hours.
   *
   * @default - the same as `actions`
   */
  readonly warningActions?: cloudwatch.IAlarmAction[];

  /**
   * Actions to run when an alarm returns to the OK state.
   *
   * @default - none
   */
  readonly okActions?: cloudwatch.IAlarmAction[];
}

/** An alarm sees only the metrics of its own Region and account. */
export const alarmsElsewhereFindings = (scope: IConstruct, cluster?: IConstruct): Finding[] =>
  cluster ? elsewhereFindings(scope, cluster, { what: 'an alarm on its metrics', property: 'cluster' }) : [];

/** Adds the actions for alarms of this severity. */
export function addAlarmActions(
  alarm: cloudwatch.Alarm,
  severity: AlarmRow['severity'],
  props: AlarmActionProps,
): void {
  const { actions = [], criticalActions = actions, warningActions = actions, okActions = [] } = props;
  alarm.addAlarmAction(...(severity === 'critical' ? criticalActions : warningActions));
  alarm.addOkAction(...okActions);
}
