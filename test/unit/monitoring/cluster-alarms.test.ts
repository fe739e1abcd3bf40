import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../lib';
import { STANDARD_ALARMS } from '../../../lib/monitoring/alarm-table';
import alarmFacts from '../../../lib/private/facts/alarms.json';
import metricFacts from '../../../lib/private/facts/metrics.json';
import { aCluster, aStack, ENVIRONMENT, Match } from '../../support/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';
const T3 = { instanceType: msk.BrokerInstanceType.T3_SMALL, kafkaVersion: msk.KafkaVersion.V3_9_X };
const insight = (sql: string) => ({ Metrics: [Match.objectLike({ Expression: sql })] });

describe('The alarms of a cluster', () => {
  test('do not grow in number with the brokers', () => {
    const count = (brokersPerAz: number) =>
      Object.keys(aCluster({ brokersPerAz }).template().findResources(ALARM)).length;
    expect(count(20)).toBe(count(1));
  });

  test('can be left out', () => {
    aCluster({ alarms: false }).template().resourceCountIs(ALARM, 0);
  });

  test('do nothing until an action is given', () => {
    aCluster().template().allResourcesProperties(ALARM, { AlarmActions: Match.absent() });
  });

  test('all take the actions that are given', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const alarmActions = [new actions.SnsAction(new sns.Topic(stack, 'OnCall'))];
    aCluster({ alarmActions }, stack)
      .template()
      .allResourcesProperties(ALARM, { AlarmActions: [{ Ref: Match.stringLikeRegexp('^OnCall') }] });
  });

  test('judge what every broker sends for the cluster by its maximum', () => {
    aCluster({ clusterName: 'events' })
      .template()
      .hasResourceProperties(ALARM, {
        MetricName: 'OfflinePartitionsCount',
        Namespace: 'AWS/Kafka',
        Dimensions: [{ Name: 'Cluster Name', Value: 'events' }],
        Statistic: 'Maximum',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
  });

  test('judge what brokers send for themselves by one query for the worst of them', () => {
    const template = aCluster({ clusterName: 'events' }).template();
    const sql = `SELECT MAX(KafkaDataLogsDiskUsed) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name") WHERE "Cluster Name" = 'events'`;
    template.hasResourceProperties(ALARM, { ...insight(sql), Threshold: 80, EvaluationPeriods: 3 });
  });

  test('judge CPU by the broker that has least of it idle', () => {
    const sql = Match.stringLikeRegexp('^SELECT MIN\\(CpuIdle\\) ');
    aCluster()
      .template()
      .hasResourceProperties(ALARM, {
        ...insight(sql as never),
        Threshold: 40,
        ComparisonOperator: 'LessThanOrEqualToThreshold',
      });
  });

  test('watch CPU credits only where they are spent', () => {
    const sql = Match.stringLikeRegexp('^SELECT MIN\\(CPUCreditBalance\\) ');
    const credits = (props: Partial<msk.ProvisionedClusterProps>) =>
      Object.keys(
        aCluster(props)
          .template()
          .findResources(ALARM, { Properties: insight(sql as never) }),
      ).length;
    expect(credits({})).toBe(0);
    expect(credits(T3)).toBe(1);
  });

  test.each([
    [msk.BrokerInstanceType.T3_SMALL, 300],
    [msk.BrokerInstanceType.M7G_LARGE, 1000],
    [msk.BrokerInstanceType.M7G_4XLARGE, 4000],
  ])('count partitions by the instance type %#', (instanceType, Threshold) => {
    const sql = Match.stringLikeRegexp('^SELECT MAX\\(PartitionCount\\) ');
    const stack = aStack({ env: ENVIRONMENT });
    new msk.ClusterAlarms(stack, 'Alarms', { clusterName: 'events', instanceType });
    Template.fromStack(stack).hasResourceProperties(ALARM, { ...insight(sql as never), Threshold });
  });

  test('say what they mean and what to do', () => {
    const description = Match.stringLikeRegexp(
      '^Kafka cluster events: .* What to do: .* https://docs.aws.amazon.com/msk/latest/developerguide/.*html$',
    );
    aCluster({ clusterName: 'events' }).template().allResourcesProperties(ALARM, { AlarmDescription: description });
  });

  test('treat missing data row by row', () => {
    const missing = new Map(STANDARD_ALARMS.map((row) => [row.id, row.missing]));
    expect(missing.get('NoActiveController')).toBe(cloudwatch.TreatMissingData.IGNORE);
    expect(missing.get('TrafficShaped')).toBe(cloudwatch.TreatMissingData.NOT_BREACHING);
  });
});

describe('The alarm table', () => {
  const free = metricFacts.standard.DEFAULT.flatMap(({ dimensions, names }) =>
    names.map((name) => ({ name, dimensions })),
  );
  const dimensionsOf = {
    cluster: ['Cluster Name'],
    broker: ['Cluster Name', 'Broker ID'],
    authentication: ['Cluster Name', 'Broker ID', 'Client Authentication'],
  };

  test.each(STANDARD_ALARMS)(
    'watches $metricName, which a cluster sends at level DEFAULT with these dimensions',
    ({ metricName, per }) => {
      expect(free).toContainEqual({ name: metricName, dimensions: dimensionsOf[per] });
    },
  );

  const advised = alarmFacts.list.filter(
    ({ kinds, minimumLevel }) => kinds.includes('standard') && minimumLevel === 'DEFAULT',
  );
  const ofGroups = ['sumOffsetLag', 'timeLag'];

  test.each(advised.filter(({ id }) => !ofGroups.includes(id)))(
    'has a row for the advised alarm $id',
    ({ metric, threshold }) => {
      const name = metric === 'CpuUser + CpuSystem' ? 'CpuIdle' : metric;
      const row = STANDARD_ALARMS.find(({ metricName }) => metricName === name);
      const expected = name === 'CpuIdle' ? 100 - Number(threshold) : threshold;
      const type = row?.id === 'CpuCreditsLow' ? msk.BrokerInstanceType.T3_SMALL : msk.BrokerInstanceType.M7G_LARGE;
      expect(row?.threshold(type)).toBe(typeof expected === 'number' ? expected : type.recommendedPartitions);
    },
  );
});
