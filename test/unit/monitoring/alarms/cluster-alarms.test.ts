import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../../lib';
import { CLUSTER_ALARMS } from '../../../../lib/monitoring/alarms/alarm-table';
import alarmFacts from '../../../../lib/model/facts/alarms.json';
import limits from '../../../../lib/model/facts/limits.json';
import metricFacts from '../../../../lib/model/facts/metrics.json';
import { aCluster, aStack, ENVIRONMENT, logicalIds, Match } from '../../../../testkit/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';
const T3 = { instanceType: msk.BrokerInstanceType.T3_SMALL, kafkaVersion: msk.KafkaVersion.V3_9_X };
const insight = (sql: string) => ({ Metrics: [Match.objectLike({ Expression: sql })] });

describe('The alarms of a cluster', () => {
  test('do not grow in number with the brokers', () => {
    const ids = (brokersPerAz: number) => logicalIds(aCluster({ brokersPerAz }).template(), ALARM);
    expect(ids(1)).toHaveLength(13);
    expect(ids(20)).toEqual(ids(1));
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
      '^Kafka cluster events: .* What to do: .* https://(docs.aws.amazon.com/msk/latest/developerguide/.*html|github.com/.*)$',
    );
    aCluster({ clusterName: 'events' }).template().allResourcesProperties(ALARM, { AlarmDescription: description });
  });

  test('treat missing data row by row', () => {
    const missing = new Map(CLUSTER_ALARMS.map((row) => [row.id, row.missing]));
    expect(missing.get('NoActiveController')).toBe(cloudwatch.TreatMissingData.IGNORE);
    expect(missing.get('TrafficShaped')).toBe(cloudwatch.TreatMissingData.NOT_BREACHING);
  });
});

describe('The alarm table', () => {
  const sent = (['standard', 'express', 'serverless'] as const).flatMap((kind) =>
    Object.entries(metricFacts[kind]).flatMap(([level, sets]) =>
      sets.flatMap(({ dimensions, names }) => names.map((name) => ({ kind, level, name, dimensions }))),
    ),
  );
  const dimensionsOf: Record<string, string[]> = {
    cluster: ['Cluster Name'],
    broker: ['Cluster Name', 'Broker ID'],
    silence: ['Cluster Name', 'Broker ID'],
    authentication: ['Cluster Name', 'Broker ID', 'Client Authentication'],
  };

  test.each(CLUSTER_ALARMS.filter(({ namespace }) => !namespace))(
    '$id watches $metricName, which MSK sends with these dimensions',
    ({ kind, metricName, per }) => {
      const sets = sent.filter(({ name }) => name === metricName);
      const wanted = dimensionsOf[per];
      expect(sets.filter((one) => one.kind === (kind ?? 'standard'))).toContainEqual(
        expect.objectContaining({ dimensions: metricName.startsWith('Bytes') ? [...wanted, 'Topic'] : wanted }),
      );
    },
  );

  const TYPES: Record<string, string> = { expressIngress: 'express.m7g.large', expressEgress: 'express.m7g.large' };
  const typeOf = (id: string) =>
    msk.BrokerInstanceType.of(TYPES[id] ?? (id === 'cpuCredits' ? 'kafka.t3.small' : 'kafka.m7g.large'));
  /** Thresholds that the facts describe in words. */
  const IN_WORDS: Record<string, number> = {
    partitionCount: 1000,
    iamConnectionRate: 80,
    expressIngress: 12_480_000,
    expressEgress: 24_960_000,
  };
  /** Alarms for consumer groups, with a metric that is not listed, or with a threshold that only the user knows. */
  const ELSEWHERE = ['sumOffsetLag', 'timeLag', 'fileDescriptors', 'memoryMappedFiles', 'volumeThroughput'];

  test.each(alarmFacts.list.filter(({ id }) => !ELSEWHERE.includes(id)))(
    'has a row for the advised alarm $id',
    ({ id, metric, threshold }) => {
      const name = metric === 'CpuUser + CpuSystem' ? 'CpuIdle' : metric;
      const row = CLUSTER_ALARMS.find(({ metricName }) => metricName === name)!;
      const advised = IN_WORDS[id] ?? (name === 'CpuIdle' ? 100 - Number(threshold) : threshold);
      expect(row.threshold(typeOf(id))).toBe(advised);
    },
  );

  test('knows what a Serverless cluster takes and gives', () => {
    const { egressMBps, ingressMBps } = limits.serverless;
    const thresholds = ['ServerlessIngress', 'ServerlessEgress'].map((id) =>
      CLUSTER_ALARMS.find((row) => row.id === id)!.threshold(),
    );
    expect(thresholds).toEqual([0.8e6 * ingressMBps, 0.8e6 * egressMBps]);
  });

  test('knows the few new connections that a t3 takes', () => {
    const row = CLUSTER_ALARMS.find(({ id }) => id === 'IamConnectionRate')!;
    expect(row.threshold(msk.BrokerInstanceType.T3_SMALL)).toBe(3.2);
  });
});
