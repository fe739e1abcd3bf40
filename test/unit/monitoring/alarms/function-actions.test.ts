import { App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION as FLAG } from 'aws-cdk-lib/cx-api';
import * as msk from '../../../../lib';
import { aStack, logicalIds } from '../../../../testkit/stacks';

/** Alarms of two clusters that call one function, each by an action of its own. */
function twoClusters(context: Record<string, unknown>, names = ['events', 'payments']): Stack {
  const stack = aStack({ app: new App({ context, analyticsReporting: false }) });
  const fn = new lambda.Function(stack, 'OnCall', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  for (const clusterName of names) {
    const [actions, unhealthyActions] = [[new LambdaAction(fn)], [new LambdaAction(fn)]];
    new msk.ClusterAlarms(stack, clusterName, { clusterName, actions, okActions: actions, unhealthyActions });
    const lag = { clusterName, topicName: 'orders', consumerGroup: 'billing', actions };
    new msk.ConsumerLagAlarms(stack, `${clusterName}Lag`, lag);
  }
  return stack;
}

const PERMISSION = 'AWS::Lambda::Permission';

describe('A function as the action of alarms', () => {
  test.each([
    ['with', { [FLAG]: true }],
    ['without', {}],
  ])('may be called by those of several clusters, %s the feature flag of the CDK', (_how, context) => {
    const stack = twoClusters(context);
    const template = Template.fromStack(stack);
    const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
      logicalIds(template, type),
    );
    const permissions = Object.values(template.findResources(PERMISSION)) as {
      Properties: { SourceArn: { 'Fn::GetAtt': [string, string] } };
    }[];
    const sources = permissions.map(({ Properties }) => Properties.SourceArn['Fn::GetAtt'][0]);
    expect(sources.sort()).toEqual(alarms.sort());
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('useUniquePermissionId'));
  });

  test('keeps the IDs of the permissions of the first cluster', () => {
    const ids = (names: string[]) => logicalIds(Template.fromStack(twoClusters({ [FLAG]: true }, names)), PERMISSION);
    expect(ids(['events', 'payments'])).toEqual(expect.arrayContaining(ids(['events'])));
    expect(ids(['events'])).toContainEqual(expect.stringMatching(/^OnCallOfflinePartitionsAlarmPermission/));
  });
});
