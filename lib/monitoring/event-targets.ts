import { Reference, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { serviceForOwn } from '../internal/own-account';
import { tokensIn } from '../internal/validation';

/** Alarm actions that a rule does not support. */
export function actionFindings(actions: readonly cloudwatch.IAlarmAction[]): Finding[] {
  const unfit = actions.filter((action) => !(action instanceof SnsAction || action instanceof SsmAction));
  const message =
    "'actions' of events must be SNS topics (SnsAction) or OpsItems (SsmAction); pass anything else in 'targets'";
  return unfit.length === 0 ? [] : [finding('EventActionUnfit', message)];
}

/**
 * Targets of a rule that do for events what the actions do for alarms.
 *
 * @param what path in the event to what has happened, which becomes the title of an OpsItem
 */
export function targetsOf(
  scope: Construct,
  actions: readonly cloudwatch.IAlarmAction[],
  what: string,
): events.IRuleTarget[] {
  return actions.map((action, index) => {
    const { alarmActionArn } = action.bind(scope, undefined as never); // neither of the two uses the alarm
    if (action instanceof SnsAction) return new SnsTopic(topicOf(scope, alarmActionArn, `Topic${index}`));
    const [, severity, category] = /:opsitem:(\d)(?:#CATEGORY=(\w+))?$/.exec(alarmActionArn) ?? [];
    return { bind: () => opsItem(scope, what, { severity, category }) };
  });
}

/** The topic's own construct if it is in this app, so that its policy allows EventBridge to publish. */
function topicOf(scope: Construct, topicArn: string, id: string): sns.ITopic {
  const [token] = tokensIn(topicArn);
  const topic = Reference.isReference(token) ? token.target.node.scope : undefined;
  if (topic instanceof sns.Topic) return topic;
  const existing = scope.node.tryFindChild(id) as sns.ITopic | undefined;
  return existing ?? sns.Topic.fromTopicArn(scope, id, topicArn);
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-automatically-create-OpsItems-2.html */
function opsItem(
  scope: Construct,
  what: string,
  priority: { severity: string; category?: string },
): events.RuleTargetConfig {
  const field = (path: string) => events.EventField.fromPath(path);
  return {
    arn: Stack.of(scope).formatArn({ service: 'ssm', resource: 'opsitem' }),
    role: roleOf(scope),
    input: events.RuleTargetInput.fromObject({
      title: `Amazon MSK: ${field(what)}`,
      description: `Event ${field('$.id')} of ${field('$.time')}`,
      source: 'Amazon MSK',
      severity: priority.severity,
      ...(priority.category !== undefined && { category: priority.category }),
      operationalData: { source: { value: field('$.source') }, 'detail-type': { value: field('$.detail-type') } },
    }),
  };
}

function roleOf(scope: Construct): iam.IRole {
  const existing = scope.node.tryFindChild('OpsItemRole') as iam.Role | undefined;
  if (existing) return existing;
  const assumedBy = serviceForOwn(scope, { service: 'events', resource: 'rule', resourceName: '*' });
  const role = new iam.Role(scope, 'OpsItemRole', { assumedBy });
  // the action does not support resource-level permissions
  role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:CreateOpsItem'], resources: ['*'] }));
  return role;
}
