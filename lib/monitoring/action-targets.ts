import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';

/** Actions of alarms that a rule cannot take. */
export function actionFindings(actions: readonly cloudwatch.IAlarmAction[]): Finding[] {
  const unfit = actions.filter((action) => !(action instanceof SnsAction || action instanceof SsmAction));
  const message =
    "'actions' of events must be SNS topics (SnsAction) or OpsItems (SsmAction); pass anything else in 'targets'";
  return unfit.length === 0 ? [] : [finding('EventActionUnfit', message)];
}

/**
 * The same for events that the actions are for alarms.
 *
 * @param what path in the event to what has happened; an OpsItem is named by it
 */
export function targetsOf(
  scope: Construct,
  actions: readonly cloudwatch.IAlarmAction[],
  what: string,
): events.IRuleTarget[] {
  return actions.map((action, index) => {
    const { alarmActionArn } = action.bind(scope, undefined as never); // neither of the two looks at the alarm
    if (action instanceof SnsAction) return new SnsTopic(topicOf(scope, alarmActionArn, `Topic${index}`));
    const [, severity, category] = /:opsitem:(\d)(?:#CATEGORY=(\w+))?$/.exec(alarmActionArn) ?? [];
    return { bind: () => opsItem(scope, what, { severity, category }) };
  });
}

/** The topic itself where this app makes it, whose policy then lets EventBridge publish; that of another is its owner's. */
function topicOf(scope: Construct, topicArn: string, id: string): sns.ITopic {
  const [token] = Tokenization.reverseString(topicArn).tokens;
  const topic = Reference.isReference(token) ? token.target.node.scope : undefined;
  if (topic instanceof sns.Topic) return topic;
  const seen = scope.node.tryFindChild(id) as sns.ITopic | undefined;
  return seen ?? sns.Topic.fromTopicArn(scope, id, topicArn);
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-automatically-create-OpsItems-2.html */
function opsItem(
  scope: Construct,
  what: string,
  rank: { severity: string; category?: string },
): events.RuleTargetConfig {
  const field = (path: string) => events.EventField.fromPath(path);
  return {
    arn: Stack.of(scope).formatArn({ service: 'ssm', resource: 'opsitem' }),
    role: roleOf(scope),
    input: events.RuleTargetInput.fromObject({
      title: `Amazon MSK: ${field(what)}`,
      description: `Event ${field('$.id')} of ${field('$.time')}`,
      source: 'Amazon MSK',
      severity: rank.severity,
      ...(rank.category !== undefined && { category: rank.category }),
      operationalData: { source: { value: field('$.source') }, 'detail-type': { value: field('$.detail-type') } },
    }),
  };
}

function roleOf(scope: Construct): iam.IRole {
  const made = scope.node.tryFindChild('OpsItemRole') as iam.Role | undefined;
  if (made) return made;
  const role = new iam.Role(scope, 'OpsItemRole', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') });
  // the action knows no resources
  role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:CreateOpsItem'], resources: ['*'] }));
  return role;
}
