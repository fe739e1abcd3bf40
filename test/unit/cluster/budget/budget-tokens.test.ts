import { CfnParameter, Duration, Lazy, Size, type Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../../lib';
import { aCluster, Match } from '../../../../testkit/stacks';

const text = (stack: Stack, id = 'Text') => new CfnParameter(stack, id).valueAsString;
const number = (stack: Stack, id = 'Number') => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;

const warnings = (stack: Stack) =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-msk:Budget'));

describe('What only the deployment knows', () => {
  test.each(['ingressMBps', 'egressMBps', 'consumerGroups', 'partitionCount', 'replicationFactor'])(
    'is not judged: %s of a topic',
    (prop) => {
      const { cluster, stack } = aCluster();
      cluster.addTopic('orders');
      const topics = [{ topicName: 'orders', ingressMBps: 0, [prop]: number(stack) }];
      expect(cluster.budget({ topics }).toTable()).not.toContain('NaN');
      expect(warnings(stack)).toEqual([]);
    },
  );

  test.each(['connections', 'connectionsPerSecond', 'peakFactor', 'maxUtilizationPercent', 'storageHeadroomPercent'])(
    'is not judged: %s',
    (prop) => {
      const { cluster, stack } = aCluster();
      expect(cluster.budget({ [prop]: number(stack) }).toTable()).not.toContain('NaN');
      expect(warnings(stack)).toEqual([]);
    },
  );

  test('is named: the traffic of a topic', () => {
    const { cluster, stack } = aCluster();
    cluster.addTopic('orders');
    const budget = cluster.budget({ topics: [{ topicName: 'orders', ingressMBps: number(stack) }] });
    expect(budget.toTable()).toContain("counted as nothing: how much producers send to 'orders'");
  });

  test('is named: the partitions of a declared topic', () => {
    const { cluster, stack } = aCluster();
    cluster.addTopic('orders', { partitionCount: number(stack) });
    expect(cluster.budget({}).toTable()).toContain("counted as nothing: how many partitions 'orders' has");
  });

  test.each<[string, (stack: Stack) => Partial<msk.TopicTraffic>]>([
    ['retention', (stack) => ({ retention: Duration.millis(number(stack)) })],
    ['stored', (stack) => ({ stored: Size.bytes(number(stack)) })],
  ])('is named: %s of the budget', (_prop, rest) => {
    const { cluster, stack } = aCluster();
    const topics = [{ topicName: 'orders', partitionCount: 1, ingressMBps: 9, ...rest(stack) }];
    expect(cluster.budget({ topics }).toTable()).toContain(
      "how much 'orders' stores, because only the deployment knows",
    );
    expect(warnings(stack)).toEqual([]);
  });

  test('is named: the retention of a declared topic', () => {
    const { cluster, stack } = aCluster();
    cluster.addTopic('orders', { configs: { other: { 'retention.ms': text(stack) } } });
    const budget = cluster.budget({ topics: [{ topicName: 'orders', ingressMBps: 9 }] });
    expect(budget.toTable()).toContain("because only the deployment knows its 'retention.ms'");
  });

  test('can be the name of a topic, which the budget calls by its path', () => {
    const { cluster, stack } = aCluster();
    const { topicName } = cluster.addTopic('Orders', { topicName: text(stack), partitionCount: 7 });
    const { declared, notInBudget, topics } = JSON.parse(
      cluster.budget({ topics: [{ topicName, ingressMBps: 2 }] }).toJson(),
    );
    expect(topics).toMatchObject([{ topicName: 'Stack/Events/Topics/Orders', partitions: 7, ingressMBps: 2 }]);
    expect([declared.demand.ingressMBps, notInBudget]).toEqual([2, []]);
  });

  test('can be the name of a topic that nobody declares', () => {
    const { cluster, stack } = aCluster();
    const topics = [{ topicName: text(stack), ingressMBps: 1, stored: Size.gibibytes(1) }];
    expect(cluster.budget({ topics }).toJson()).not.toContain('Token');
  });

  test('can be the size of the volumes', () => {
    const { cluster, stack } = aCluster({
      storage: msk.BrokerStorage.local(Size.gibibytes(Lazy.number({ produce: () => 1 }))),
    });
    const topics = [{ topicName: 'orders', partitionCount: 1, ingressMBps: 9 }];
    expect(cluster.budget({ topics }).toTable()).toMatch(/storage of the volumes .*unknown/);
    expect(warnings(stack)).toEqual([]);
  });
});
