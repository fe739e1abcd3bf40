import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IClusterRef } from 'aws-cdk-lib/aws-msk';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as msk from '../../../lib';
import { aCluster, anApp, aStack, aVpc, BareCluster, ENVIRONMENT, logicalIds, Match } from '../../../testkit/stacks';

const SCHEDULE = 'AWS::Scheduler::Schedule';

/** The event that a schedule sends, with references in angle brackets. */
function input(template: Template): Record<'Report' | 'Common' | 'Topics', unknown> {
  const [{ Properties }] = Object.values(template.findResources(SCHEDULE));
  const { Input } = (Properties as { Target: { Input: { 'Fn::Join': [string, (string | object)[]] } } }).Target;
  const [, parts] = Input['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : '<>')).join('');
  return JSON.parse(text) as ReturnType<typeof input>;
}

const reportOn = (cluster: IClusterRef, schedule?: ScheduleExpression): void =>
  void new msk.TopicDriftReport(Stack.of(cluster), 'Report', { cluster, schedule });

describe('TopicDriftReport', () => {
  test('compares once a day by default, and when it is told', () => {
    const daily = aCluster();
    daily.cluster.addTopic('orders');
    reportOn(daily.cluster);
    daily.template().hasResourceProperties(SCHEDULE, { ScheduleExpression: 'rate(1 day)' });
    const hourly = aCluster();
    hourly.cluster.addTopic('orders');
    reportOn(hourly.cluster, ScheduleExpression.rate(Duration.hours(1)));
    hourly.template().hasResourceProperties(SCHEDULE, { ScheduleExpression: 'rate(1 hour)' });
  });

  test('sends the topics as they are declared, also those that come later', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders', { partitionCount: 6, configs: { minInsyncReplicas: 2 } });
    reportOn(cluster);
    cluster.addTopic('audit', { configDrift: msk.TopicConfigDrift.EXACT });
    const { Report, Topics } = input(template());
    expect(Report).toBe('TopicDrift');
    expect(Topics).toMatchObject([
      { TopicName: 'audit', ConfigDrift: 'exact' },
      { TopicName: 'orders', PartitionCount: 6, Configs: { 'min.insync.replicas': '2' }, ConfigDrift: 'declared' },
    ]);
  });

  test('may call the dispatcher and nothing else', () => {
    const { cluster, template } = aCluster();
    cluster.addTopic('orders');
    reportOn(cluster);
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
    const report = (cluster: msk.ICluster) => reportOn(cluster);
    expect(of([report, topic])).toEqual(of([topic, report]));
  });

  test('reports in each stack the topics of that stack', () => {
    const app = anApp();
    const { cluster, stack } = aCluster({}, aStack({ app, env: ENVIRONMENT }));
    const other: Stack = aStack({ app, id: 'App', env: ENVIRONMENT });
    cluster.addTopic('orders');
    new msk.Topic(other, 'audit', { cluster });
    reportOn(cluster);
    for (const one of [stack, other]) expect(logicalIds(Template.fromStack(one), SCHEDULE)).toHaveLength(1);
    expect(input(Template.fromStack(other)).Topics).toMatchObject([{ TopicName: 'audit' }]);
  });

  test('covers the topics of a bare reference that has a network of its own', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = new BareCluster(stack, 'Bare');
    const backend = msk.TopicBackend.dataPlane({
      vpc: aVpc(stack),
      clusterSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-1')],
    });
    new msk.Topic(stack, 'orders', { cluster, backend });
    reportOn(cluster);
    expect(input(Template.fromStack(stack)).Topics).toMatchObject([{ TopicName: 'orders' }]);
  });

  test('says once where the topics are', () => {
    const { cluster, template } = aCluster();
    ['orders', 'audit'].forEach((name) => cluster.addTopic(name));
    reportOn(cluster);
    const { Common, Topics } = input(template());
    expect(Common).toEqual({ ClusterArn: '<>', Worker: '<>', Authentication: 'iam', ClusterKind: 'standard' });
    expect(Topics).toEqual([
      expect.not.objectContaining({ Worker: '<>' }),
      expect.not.objectContaining({ Worker: '<>' }),
    ]);
  });

  test('sends the same in every order of declaration', () => {
    const sent = (names: string[]) => {
      const { cluster, template } = aCluster();
      names.forEach((name) => cluster.addTopic(name));
      reportOn(cluster);
      return input(template());
    };
    expect(sent(['a', 'c', 'b'])).toEqual(sent(['c', 'b', 'a']));
  });

  /** Topics whose declarations have a little more than 2 KB each. */
  function largeTopics(count: number) {
    const { cluster, template } = aCluster();
    const configs = { other: { 'x.y': 'z'.repeat(2000) } };
    for (let index = 0; index < count; index++) cluster.addTopic(`topic-${index}`, { configs });
    reportOn(cluster);
    return template;
  }

  test('takes declarations that fit into the input of a schedule', () => {
    expect(largeTopics(115)).not.toThrow();
  });

  test('refuses declarations that do not, before they are deployed', () => {
    const told = /the declarations of 130 topics have \d+ bytes or more.*at most 262144.*\[DriftReportTooLarge\]/;
    expect(largeTopics(130)).toThrow(told);
  });

  test('refuses a second one for a cluster', () => {
    const { cluster } = aCluster();
    reportOn(cluster);
    expect(() => new msk.TopicDriftReport(cluster.stack, 'Again', { cluster })).toThrow(
      /'Stack\/Again'.*\n.*this cluster already has a TopicDriftReport.* \[DriftReportTwice\]/,
    );
  });
});
