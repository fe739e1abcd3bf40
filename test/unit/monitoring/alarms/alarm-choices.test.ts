import { CfnParameter, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../../lib';
import { CLUSTER_ALARMS } from '../../../../lib/monitoring/alarms/alarm-table';
import { aStack, aVpc, ENVIRONMENT, logicalIds, Match } from '../../../../testkit/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';
const { EXPRESS, SERVERLESS } = msk.ClusterKind;
const { PER_BROKER } = msk.MonitoringLevel;
const instanceType = msk.BrokerInstanceType.M7G_LARGE;

function alarms(props: Partial<msk.ClusterAlarmsProps> = {}, stack = aStack({ env: ENVIRONMENT })): Template {
  new msk.ClusterAlarms(stack, 'Alarms', { clusterName: 'events', ...props });
  return Template.fromStack(stack);
}

/** IDs of the table rows that became alarms. */
const idsOf = (template: Template) =>
  logicalIds(template, ALARM).map((id) => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, ''));
const propertiesOf = (template: Template, id: string) =>
  Object.entries(template.findResources(ALARM)).find(([key]) => key.startsWith(`Alarms${id}`))![1].Properties;

describe('Alarms by kind of cluster', () => {
  test('of Express brokers leave out what these do not send, and have their traffic', () => {
    const ids = idsOf(alarms({ kind: EXPRESS, instanceType: msk.BrokerInstanceType.of('express.m7g.large') }));
    expect(ids.sort()).toEqual(
      'CpuHigh ExpressEgress ExpressIngress IamConnections NoActiveController TooManyPartitions TopicDrift TopicDriftFailed TopicWarnings'.split(
        ' ',
      ),
    );
  });

  test.each([
    ['express.m7g.large', 12_480_000],
    ['express.m7g.xlarge', 24_960_000],
  ])('judge the traffic of %s by what it sustains', (name, Threshold) => {
    const template = alarms({ instanceType: msk.BrokerInstanceType.of(name) });
    expect(propertiesOf(template, 'ExpressIngress')).toMatchObject({ Threshold });
  });

  test('of Serverless are those of its traffic and topics', () => {
    const template = alarms({ kind: SERVERLESS });
    expect(idsOf(template).sort()).toEqual([
      'ServerlessEgress',
      'ServerlessIngress',
      'TopicDrift',
      'TopicDriftFailed',
      'TopicWarnings',
    ]);
    template.resourceCountIs(COMPOSITE, 0);
  });

  test('leave out what an unknown instance type decides', () => {
    expect(idsOf(alarms())).not.toContain('TooManyPartitions');
    expect(idsOf(alarms({ instanceType }))).toContain('TooManyPartitions');
  });

  test('have more at a higher monitoring level', () => {
    const more = ['IamConnectionRate', 'IamThrottled', 'RequestHandlersBusy', 'NetworkProcessorsBusy'];
    expect(idsOf(alarms({ instanceType, monitoringLevel: PER_BROKER }))).toEqual(expect.arrayContaining(more));
    expect(idsOf(alarms({ instanceType })).filter((id) => more.includes(id))).toEqual([]);
  });
});

describe('Alarms of any cluster', () => {
  test('know an L1 by itself', () => {
    const stack = aStack();
    const cluster = new CfnCluster(stack, 'L1', {
      clusterName: 'legacy',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      enhancedMonitoring: 'PER_BROKER',
      brokerNodeGroupInfo: { clientSubnets: ['a', 'b', 'c'], instanceType: 'kafka.t3.small' },
    });
    const template = alarms({ clusterName: undefined, cluster }, stack);
    expect(idsOf(template)).toEqual(expect.arrayContaining(['CpuCreditsLow', 'RequestHandlersBusy']));
    expect(propertiesOf(template, 'OfflinePartitions')).toMatchObject({
      Dimensions: [{ Name: 'Cluster Name', Value: 'legacy' }],
    });
  });

  test('take the name of an imported one out of its ARN', () => {
    const stack = aStack();
    const cluster = msk.Cluster.fromClusterAttributes(stack, 'Imported', {
      clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/imported/11111111-2222-3333-4444-555555555555-1',
      vpc: aVpc(stack),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-1')],
    });
    expect(propertiesOf(alarms({ clusterName: undefined, cluster }, stack), 'OfflinePartitions')).toMatchObject({
      Dimensions: [{ Name: 'Cluster Name', Value: 'imported' }],
    });
  });

  test('need a cluster or its name', () => {
    expect(() => alarms({ clusterName: undefined })).toThrow(/\[WatchedClusterUnclear\]/);
  });
});

describe.each(CLUSTER_ALARMS.map(({ id, kind }) => [id, kind] as const))('The alarm %s', (id, only) => {
  const kind = only as msk.ClusterKind | undefined;
  const perBroker = kind === SERVERLESS ? 0 : 1;
  const all = { kind, instanceType, monitoringLevel: PER_BROKER, perBroker, thresholds: { [id]: 7 } };
  const named = id === 'BrokerSilent' ? 'BrokerSilentBroker1' : id;

  test('takes another threshold, and can be left out', () => {
    expect(propertiesOf(alarms(all), named)).toMatchObject({ Threshold: 7 });
    const rest = idsOf(alarms({ ...all, without: [id] }));
    expect(rest.filter((one) => one === id || one === `${id}Broker1`)).toEqual([]);
  });
});

describe('Alarms that are asked for by name', () => {
  test('refuse names that there are not', () => {
    expect(() => alarms({ thresholds: { DiskFull: 70 } })).toThrow(
      /contains 'DiskFull', which is not the ID of an alarm.*\[AlarmUnknown\]/,
    );
    expect(() => alarms({ without: ['DiskFull'] })).toThrow(/\[AlarmUnknown\]/);
  });

  test('refuse a metric of a higher level, with that level', () => {
    expect(() => alarms({ thresholds: { RequestHandlersBusy: 0.2 } })).toThrow(
      /'thresholds' contains 'RequestHandlersBusy', .* requires monitoring level PER_BROKER or higher, but the cluster has DEFAULT; .* \[MetricNeedsLevel\]/,
    );
  });

  test('refuse a metric of another kind', () => {
    expect(() => alarms({ kind: EXPRESS, thresholds: { DataDiskFull: 70 } })).toThrow(/\[MetricOfOtherKind\]/);
    expect(() => alarms({ thresholds: { ExpressIngress: 7 } })).toThrow(/\[AlarmOfOtherKind\]/);
  });

  test('take a token as threshold', () => {
    const stack = aStack();
    const DataDiskFull = new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber;
    expect(propertiesOf(alarms({ thresholds: { DataDiskFull } }, stack), 'DataDiskFull')).toMatchObject({
      Threshold: { Ref: 'Most' },
    });
  });
});

describe('Two severities', () => {
  const stack = aStack();
  const topic = new actions.SnsAction(new sns.Topic(stack, 'Pager'));
  const ops = new actions.SsmAction(actions.OpsItemSeverity.LOW);
  const template = alarms(
    { criticalActions: [topic], warningActions: [ops], okActions: [topic], unhealthyActions: [topic] },
    stack,
  );
  const pager = [{ Ref: Match.stringLikeRegexp('^Pager') }];

  test('have actions of their own', () => {
    expect(propertiesOf(template, 'OfflinePartitions').AlarmActions).toEqual([
      { Ref: expect.stringMatching(/^Pager/) },
    ]);
    const { AlarmActions } = propertiesOf(template, 'CpuHigh');
    expect(JSON.stringify(AlarmActions)).toContain(':opsitem:4');
  });

  test('tell when it is over', () => {
    template.allResourcesProperties(ALARM, { OKActions: pager });
  });

  test('have one alarm that is on while a critical one is', () => {
    template.hasResourceProperties(COMPOSITE, { AlarmActions: pager });
    const { AlarmRule } = Object.values(template.findResources(COMPOSITE))[0].Properties;
    const rule = JSON.stringify(AlarmRule);
    for (const { id, per, severity } of CLUSTER_ALARMS) {
      expect([id, rule.includes(`Alarms${id}`)]).toEqual([id, severity === 'critical' && per !== 'silence']);
    }
  });
});

describe('Alarms of single brokers', () => {
  const topic = (stack = aStack()) => ({ stack, actions: [new actions.SnsAction(new sns.Topic(stack, 'Pager'))] });

  test('are there for so many, and name the broker', () => {
    const template = alarms({ perBroker: 2 });
    expect(idsOf(template).filter((id) => id.startsWith('DataDiskFull'))).toEqual([
      'DataDiskFull',
      'DataDiskFullBroker1',
      'DataDiskFullBroker2',
    ]);
    const { AlarmDescription, Dimensions } = propertiesOf(template, 'DataDiskFullBroker2');
    expect(AlarmDescription).toMatch(/^Kafka cluster events, broker 2: /);
    expect(Dimensions).toContainEqual({ Name: 'Broker ID', Value: '2' });
  });

  test('act in place of the one for all of them', () => {
    const { actions: pager, stack } = topic();
    const template = alarms({ perBroker: 1, actions: pager }, stack);
    expect(propertiesOf(template, 'DataDiskFullBroker1').AlarmActions).toHaveLength(1);
    const { AlarmActions } = Object.values(
      template.findResources(ALARM, { Properties: { Metrics: Match.anyValue() } }),
    )[0].Properties;
    expect(AlarmActions).toBeUndefined();
    expect(propertiesOf(template, 'OfflinePartitions').AlarmActions).toHaveLength(1);
  });

  test('miss a broker that sends nothing', () => {
    expect(propertiesOf(alarms({ perBroker: 1 }), 'BrokerSilentBroker1')).toMatchObject({
      TreatMissingData: 'breaching',
    });
  });

  test('are for the brokers that are left, where some have been removed', () => {
    const silent = idsOf(alarms({ brokerIds: [2, 7] })).filter((id) => id.startsWith('BrokerSilent'));
    expect(silent).toEqual(['BrokerSilentBroker2', 'BrokerSilentBroker7']);
  });

  test('refuses IDs that are none, and both ways to name brokers', () => {
    for (const brokerIds of [[], [0], [1, 1], [Token.asNumber({ Ref: 'Id' })]])
      expect(() => alarms({ brokerIds })).toThrow(/'brokerIds' must contain .*\[BrokerIds\]/);
    expect(() => alarms({ brokerIds: [1], perBroker: 1 })).toThrow(/cannot be combined.*\[BrokerIds\]/);
    expect(() => alarms({ kind: SERVERLESS, brokerIds: [1] })).toThrow(/'brokerIds' .*\[AlarmOfOtherKind\]/);
  });

  test('refuse fewer than none, and a number that nobody knows', () => {
    expect(() => alarms({ perBroker: 0 })).not.toThrow();
    expect(() => alarms({ perBroker: -1 })).toThrow(/got -1 \[PerBrokerRange\]/);
    const perBroker = new CfnParameter(aStack(), 'Brokers', { type: 'Number' }).valueAsNumber;
    expect(() => alarms({ perBroker })).toThrow(/got a token \[PerBrokerRange\]/);
    expect(() => alarms({ kind: SERVERLESS, perBroker: 1 })).toThrow(/\[AlarmOfOtherKind\]/);
  });
});
