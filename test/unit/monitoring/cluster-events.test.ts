import * as kafka from '@aws-sdk/client-kafka';
import { Template } from 'aws-cdk-lib/assertions';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../lib';
import { aCluster, aStack, Match } from '../../../testkit/stacks';

const RULE = 'AWS::Events::Rule';
const CLUSTER_ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
const ENCODED = encodeURIComponent(CLUSTER_ARN);

/** The template of ClusterEvents with the props that a function of the stack returns. */
function told(of: (stack: ReturnType<typeof aStack>) => Partial<msk.ClusterEventsProps>): Template {
  const stack = aStack();
  const cluster = { clusterRef: { clusterArn: CLUSTER_ARN }, node: stack.node, env: stack.env } as never;
  new msk.ClusterEvents(stack, 'News', { cluster, ...of(stack) });
  return Template.fromStack(stack);
}

const toTopic = (topic: sns.ITopic) => ({ actions: [new actions.SnsAction(topic)] });

interface Rule {
  readonly EventPattern: { readonly source: string[]; readonly detail: { readonly eventName: string[] } };
}

const rules = (template: Template) =>
  Object.values(template.findResources(RULE)).map(({ Properties }) => Properties as Rule);

describe('ClusterEvents', () => {
  test('tell what AWS Health says about Kafka', () => {
    told((stack) => toTopic(new sns.Topic(stack, 'Pager'))).hasResourceProperties(RULE, {
      EventPattern: { source: ['aws.health'], detail: { service: ['KAFKA'] } },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Pager') } })],
    });
  });

  test('tell what is done to this cluster, whether CloudTrail has its ARN as it is or encoded', () => {
    told((stack) => toTopic(new sns.Topic(stack, 'Pager'))).hasResourceProperties(RULE, {
      EventPattern: {
        source: ['aws.kafka'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { requestParameters: { clusterArn: [CLUSTER_ARN, { 'equals-ignore-case': ENCODED }] } },
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Pager') } })],
    });
  });

  test('encode the ARN of a cluster that is yet to be made', () => {
    const { cluster, stack, template } = aCluster({ alarms: false });
    new msk.ClusterEvents(stack, 'News', { cluster, ...toTopic(new sns.Topic(stack, 'Pager')) });
    const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] };
    const colons = { 'Fn::Join': ['%3A', { 'Fn::Split': [':', arn] }] };
    const encoded = { 'Fn::Join': ['%2F', { 'Fn::Split': ['/', colons] }] };
    template().hasResourceProperties(RULE, {
      EventPattern: {
        detail: { requestParameters: { clusterArn: [arn, { 'equals-ignore-case': encoded }] } },
      },
    });
  });

  test('name calls that the API of MSK has', () => {
    const all = rules(told((stack) => toTopic(new sns.Topic(stack, 'Pager'))));
    const [{ EventPattern }] = all.filter(({ EventPattern: { source } }) => source[0] === 'aws.kafka');
    const { eventName } = EventPattern.detail;
    expect(eventName).toContain('UpdateBrokerStorage');
    for (const name of eventName) expect(kafka).toHaveProperty(`${name}Command`);
  });
});

describe('Those who are told of events', () => {
  test('are SNS topics that alarms tell as well, which then let EventBridge publish', () => {
    told((stack) => toTopic(new sns.Topic(stack, 'Pager'))).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'events.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('are SNS topics of others, whose policy is theirs', () => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:on-call';
    const template = told((stack) => toTopic(sns.Topic.fromTopicArn(stack, 'Imported', arn)));
    template.allResourcesProperties(RULE, { Targets: [Match.objectLike({ Arn: arn })] });
    template.resourceCountIs('AWS::SNS::TopicPolicy', 0);
  });

  test('are OpsItems, of the severity and category that alarms have', () => {
    const { LOW } = actions.OpsItemSeverity;
    const category = actions.OpsItemCategory.PERFORMANCE;
    const template = told(() => ({ actions: [new actions.SsmAction(LOW, category)] }));
    const InputTemplate = Match.stringLikeRegexp('"title":"Amazon MSK: <.*>".*"severity":"4","category":"Performance"');
    template.allResourcesProperties(RULE, {
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':opsitem$')])] },
          InputTransformer: Match.objectLike({ InputTemplate }),
          RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NewsOpsItemRole'), 'Arn'] },
        }),
      ],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'ssm:CreateOpsItem', Effect: 'Allow', Resource: '*' }] },
    });
  });

  test('name an OpsItem by what has happened', () => {
    const template = told(() => ({ actions: [new actions.SsmAction(actions.OpsItemSeverity.HIGH)] }));
    const paths = JSON.stringify(template.findResources(RULE));
    expect(paths).toContain('"$.detail.eventName"');
    expect(paths).toContain('"$.detail.eventTypeCode"');
    template.resourceCountIs('AWS::IAM::Role', 1);
  });

  test('are any targets of rules', () => {
    const template = told((stack) => ({ targets: [new targets.SnsTopic(new sns.Topic(stack, 'Pager'))] }));
    template.allResourcesProperties(RULE, { Targets: [Match.anyValue()] });
  });

  test('refuse actions that only alarms have', () => {
    const ofAlarms = (stack: ReturnType<typeof aStack>): cloudwatch.IAlarmAction[] => [
      new actions.LambdaAction(lambda.Function.fromFunctionName(stack, 'Fn', 'fn')),
    ];
    expect(() => told((stack) => ({ actions: ofAlarms(stack) }))).toThrow(
      /pass anything else in 'targets' \[EventActionUnfit\]/,
    );
  });

  test('refuse nobody', () => {
    expect(() => told(() => ({}))).toThrow(/\[EventsUntold\]/);
  });
});
