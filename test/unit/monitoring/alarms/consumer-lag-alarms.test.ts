import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../../lib';
import { aCluster, aStack, Match } from '../../../../testkit/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';

function lagAlarms(props: Partial<msk.ConsumerLagAlarmsProps> = {}, stack = aStack()): Template {
  new msk.ConsumerLagAlarms(stack, 'Lag', {
    clusterName: 'events',
    topicName: 'orders',
    consumerGroup: 'billing',
    ...props,
  });
  return Template.fromStack(stack);
}

describe('ConsumerLagAlarms', () => {
  test('watch five minutes by default, and no number of records', () => {
    const template = lagAlarms();
    template.resourceCountIs(ALARM, 1);
    template.hasResourceProperties(ALARM, { MetricName: 'EstimatedMaxTimeLag', Threshold: 300 });
  });

  test('say who is behind, on what, and what to do', () => {
    lagAlarms().hasResourceProperties(ALARM, {
      AlarmDescription: Match.stringLikeRegexp(
        '^Kafka cluster events: consumer group billing is more than 300 seconds behind on topic orders. What to do: .*html$',
      ),
    });
  });

  test('work for a cluster of ours, and for Serverless', () => {
    const { cluster, stack } = aCluster({ clusterName: 'events', alarms: false });
    lagAlarms({ cluster, clusterName: undefined }, stack).resourceCountIs(ALARM, 1);
    lagAlarms({ kind: msk.ClusterKind.SERVERLESS, maxOffsetLag: 10 }).resourceCountIs(ALARM, 2);
  });

  test('are warnings unless they are critical', () => {
    const stack = aStack();
    const pager = new actions.SnsAction(new sns.Topic(stack, 'Pager'));
    const props = { criticalActions: [pager] };
    new msk.ConsumerLagAlarms(stack, 'Loud', {
      ...{ clusterName: 'events', topicName: 'orders', consumerGroup: 'billing', critical: true, ...props },
    });
    const found = Object.entries(lagAlarms(props, stack).findResources(ALARM));
    const acting = found.filter(([, { Properties }]) => Properties.AlarmActions).map(([id]) => id);
    expect(acting).toEqual([expect.stringMatching(/^Loud/)]);
  });

  test('refuse a group that MSK leaves out', () => {
    expect(() => lagAlarms({ consumerGroup: 'a:b' })).toThrow(/\[GroupWithoutLag\]/);
  });

  test('refuse fewer than no records', () => {
    expect(() => lagAlarms({ maxOffsetLag: 0 })).not.toThrow();
    expect(() => lagAlarms({ maxOffsetLag: -1 })).toThrow(/got -1 \[OffsetLagRange\]/);
    const stack = aStack();
    const maxOffsetLag = new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber;
    expect(() => lagAlarms({ maxOffsetLag }, stack)).not.toThrow();
  });
});
