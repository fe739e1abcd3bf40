import { FeatureFlags } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION } from 'aws-cdk-lib/cx-api';
import type { IClusterRef } from 'aws-cdk-lib/aws-msk';
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
export const alarmsElsewhereFindings = (scope: IConstruct, cluster?: IClusterRef): Finding[] =>
  cluster ? elsewhereFindings(scope, cluster, { what: 'an alarm on its metrics', property: 'cluster' }) : [];

/** Adds the actions for alarms of this severity. */
export function addAlarmActions(
  alarm: cloudwatch.Alarm,
  severity: AlarmRow['severity'],
  props: AlarmActionProps,
): void {
  const { actions = [], criticalActions = actions, warningActions = actions, okActions = [] } = props;
  alarm.addAlarmAction(...(severity === 'critical' ? criticalActions : warningActions).map(repeatable));
  alarm.addOkAction(...okActions.map(repeatable));
}

/** The action, also for a function that is the action of other alarms: the CDK may give all of their permissions the same ID. */
export function repeatable(action: cloudwatch.IAlarmAction): cloudwatch.IAlarmAction {
  if (!(action instanceof LambdaAction)) return action;
  const { lambdaFunction } = action as unknown as { readonly lambdaFunction: lambda.IFunction };
  return {
    bind(scope, alarm) {
      const isFlagged = FeatureFlags.of(scope).isEnabled(LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION);
      const id = `${isFlagged ? alarm.node.id : ''}AlarmPermission`;
      const taken = lambdaFunction.permissionsNode.tryFindChild(id) as lambda.CfnPermission | undefined;
      const isTaken = taken !== undefined && taken.sourceArn !== alarm.alarmRef.alarmArn;
      const unique = isTaken ? new LambdaAction(lambdaFunction, { useUniquePermissionId: true }) : action;
      return unique.bind(scope, alarm);
    },
  };
}
