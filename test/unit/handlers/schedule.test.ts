import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as msk from '../../../lib';
import { aCluster, anApp, aStack, ENVIRONMENT, logicalIds, Match } from '../../../testkit/stacks';

const SCHEDULE = 'AWS::Scheduler::Schedule';

/** What a schedule sends, with references in angle brackets. */
function input(template: Template): { Report: string; Topics: Record<string, unknown>[] } {
  const [{ Properties }] = Object.values(template.findResources(SCHEDULE));
  const { Input } = (Properties as { Target: { Input: { 'Fn::Join': [string, (string | object)[]] } } }).Target;
  const [, parts] = Input['Fn::Join'];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : '<>')).join(''));
}

describe('reportTopicDrift', () => {
  test('compares once a day by default, and when it is told', () => {
    const daily = aCluster();
    daily.cluster.addTopic('orders');
    daily.cluster.reportTopicDrift();
    daily.template().hasResourceProperties(SCHEDULE, { ScheduleExpression: 'rate(1 day)' });
    const hourly = aCluster();
    hourly.cluster.addTopic('orders');
    hourly.cluster.reportTopicDrift({ schedule: ScheduleExpression.rate(Duration.hours(1)) });
    hourly.template().hasResourceProperties(SCHEDULE, { ScheduleExpression: 'rate(1 hour)' });
  });

  test('sends the topics as they are declared, also those that come later', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders', { partitionCount: 6, configs: { minInsyncReplicas: 2 } });
    cluster.reportTopicDrift();
    cluster.addTopic('audit', { configDrift: msk.ConfigDrift.EXACT });
    const { Report, Topics } = input(template());
    expect(Report).toBe('TopicDrift');
    expect(Topics).toMatchObject([
      { TopicName: 'orders', PartitionCount: 6, Configs: { 'min.insync.replicas': '2' }, ConfigDrift: 'declared' },
      { TopicName: 'audit', ConfigDrift: 'exact' },
    ]);
  });

  test('may call the dispatcher and nothing else', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders');
    cluster.reportTopicDrift();
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('Drift'),
      PolicyDocument: {
        Statement: [
          {
            Action: 'lambda:InvokeFunction',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Dispatcher'), 'Arn'] },
          },
        ],
      },
    });
  });

  test('is the same whether it is called before the topics or after them', () => {
    const of = (order: ((cluster: msk.ICluster) => void)[]) => {
      const { cluster, template } = aCluster();
      order.forEach((call) => call(cluster));
      return template().toJSON();
    };
    const topic = (cluster: msk.ICluster) => void cluster.addTopic('orders');
    const report = (cluster: msk.ICluster) => cluster.reportTopicDrift();
    expect(of([report, topic])).toEqual(of([topic, report]));
  });

  test('reports in each stack the topics of that stack', () => {
    const app = anApp();
    const { cluster, stack } = aCluster({}, aStack({ app, env: ENVIRONMENT }));
    const other: Stack = aStack({ app, id: 'App', env: ENVIRONMENT });
    cluster.addTopic('orders');
    new msk.Topic(other, 'audit', { cluster });
    cluster.reportTopicDrift();
    for (const one of [stack, other]) expect(logicalIds(Template.fromStack(one), SCHEDULE)).toHaveLength(1);
    expect(input(Template.fromStack(other)).Topics).toMatchObject([{ TopicName: 'audit' }]);
  });

  test('refuses to be called twice', () => {
    const { cluster } = aCluster();
    cluster.reportTopicDrift();
    expect(() => cluster.reportTopicDrift()).toThrow(
      /this cluster already has a TopicDriftReport.*\[DriftReportTwice\]/,
    );
  });
});
