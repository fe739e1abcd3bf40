import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Annotations as Notes, type App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../../lib';
import { aBareCluster, aCluster, anApp, aStack, ENVIRONMENT, Match } from '../../../../testkit/stacks';

const VIRGINIA = { ...ENVIRONMENT, region: 'us-east-1' };
const inVirginia = () => aStack({ env: VIRGINIA });

const ORDERS = { topicName: 'orders', ingressMBps: 6, consumerGroups: 2 };

const infos = (stack: Stack) => Annotations.fromStack(stack).findInfo('*', Match.anyValue());
describe('The budget of a cluster', () => {
  test('leaves the template as it is', () => {
    const templateOf = (hasBudget: boolean) => {
      const { cluster, template } = aCluster();
      cluster.addTopic('orders');
      if (hasBudget) cluster.budget({ topics: [ORDERS] });
      return template().toJSON();
    };
    expect(templateOf(true)).toEqual(templateOf(false));
  });

  test('is printed once as a table, also if the app is synthesized twice', () => {
    const { cluster, stack, template } = aCluster();
    cluster.budget({ topics: [{ ...ORDERS, partitionCount: 3 }] });
    template();
    template();
    const [{ entry, id }, ...others] = infos(stack);
    expect(others).toEqual([]);
    expect(id).toBe('/Stack/Events/Budget');
    expect(entry.data).toContain('| throughput of the volumes');
    expect(entry.data).toContain('[ack: cdk-msk:Budget]');
  });

  test('is not printed if its table is acknowledged', () => {
    const { cluster, stack, template } = aCluster();
    cluster.budget({});
    Notes.of(cluster).acknowledgeInfo('cdk-msk:Budget');
    template();
    expect(infos(stack)).toEqual([]);
  });

  test('is written to a JSON file in the cloud assembly', () => {
    const stack = inVirginia();
    const { cluster } = aCluster({}, stack);
    cluster.addTopic('orders');
    const budget = cluster.budget({ topics: [ORDERS] });
    const { directory } = (stack.node.root as App).synth();
    const written = readFileSync(path.join(directory, budget.fileName), 'utf8');
    expect(written).toBe(budget.toJson());
    expect(JSON.parse(written)).toMatchObject({
      cluster: 'Stack/Events',
      declared: { kind: 'standard', instanceType: 'kafka.m7g.large', brokers: 3, volumeGiB: 100 },
    });
  });

  test('is written to the assembly of its stage', () => {
    const app = anApp();
    const stage = new Stage(app, 'Prod', { env: ENVIRONMENT });
    const { cluster } = aCluster({}, new Stack(stage, 'Stack'));
    const budget = cluster.budget({});
    const { directory } = app.synth().getNestedAssembly('assembly-Prod');
    expect(readFileSync(path.join(directory, budget.fileName), 'utf8')).toBe(budget.toJson());
  });

  test('counts topics that are declared later, in any order', () => {
    const jsonOf = (names: string[]) => {
      const { cluster } = aCluster({}, inVirginia());
      const topics = names.map((topicName) => ({ topicName, ingressMBps: topicName.length }));
      const budget = cluster.budget({ topics });
      names.forEach((name) => cluster.addTopic(name, { partitionCount: name.length }));
      return budget.toJson();
    };
    expect(jsonOf(['orders', 'audit', 'returns'])).toBe(jsonOf(['returns', 'orders', 'audit']));
    expect(JSON.parse(jsonOf(['audit', 'returns'])).declared.demand).toMatchObject({
      otherPartitions: 12,
      ingressMBps: 12,
    });
  });

  test('names topics without traffic, whose partitions count', () => {
    const { cluster } = aCluster();
    cluster.addTopic('orders', { partitionCount: 10 });
    cluster.addTopic('forgotten', { partitionCount: 20 });
    const budget = cluster.budget({ topics: [ORDERS] });
    expect(budget.toTable()).toContain('Not in the budget: forgotten');
    expect(JSON.parse(budget.toJson())).toMatchObject({
      notInBudget: ['forgotten'],
      declared: { demand: { replicas: 3 * 30 + 300 } },
    });
  });
});

describe('A budget', () => {
  test('refuses a second one, which would contradict it', () => {
    const { cluster } = aCluster();
    cluster.budget({});
    expect(() => cluster.budget({})).toThrow(/'Stack\/Events'.*\n.*already has a budget.*\[BudgetTwice\]/);
  });

  test('refuses a second one also if it is a construct of its own', () => {
    const { cluster, stack } = aCluster();
    new msk.ClusterBudget(stack, 'One', { cluster });
    expect(() => new msk.ClusterBudget(stack, 'Two', { cluster })).toThrow(/\[BudgetTwice\]/);
  });

  test('may stand beside that of another cluster', () => {
    const { cluster, stack } = aCluster();
    cluster.budget({});
    expect(() => new msk.ClusterBudget(stack, 'Other', { cluster: aBareCluster(stack) })).not.toThrow();
  });

  test.each([
    ['ingressMBps', -1, 0],
    ['egressMBps', -0.1, 0],
    ['consumerGroups', 1.5, 0],
    ['partitionCount', 0, 1],
    ['replicationFactor', 0, 1],
  ])('refuses %s %d, and takes %d', (prop, bad, good) => {
    const budgetOf = (value: number) =>
      aCluster().cluster.budget({ topics: [{ topicName: 'a', ingressMBps: 1, [prop]: value }] });
    expect(() => budgetOf(bad)).toThrow(
      new RegExp(`'${prop}' of topic 'a' of the budget must be .*got ${bad} \\[BudgetValue\\]`),
    );
    expect(() => budgetOf(good)).not.toThrow();
  });

  test.each([
    ['peakFactor', 0.99, 1],
    ['maxUtilizationPercent', 0.9, 1],
    ['maxUtilizationPercent', 100.1, 100],
    ['storageHeadroomPercent', -1, 0],
    ['connections', -1, 0],
    ['connectionsPerSecond', -1, 0],
  ])('refuses %s %d, and takes %d', (prop, bad, good) => {
    const budgetOf = (value: number) => aCluster().cluster.budget({ [prop]: value });
    expect(() => budgetOf(bad)).toThrow(new RegExp(`'${prop}' of the budget must be .*got ${bad} \\[BudgetValue\\]`));
    expect(() => budgetOf(good)).not.toThrow();
  });

  test.each<[string, Omit<msk.BudgetPrices, 'source'>]>([
    ["'storageGBMonth' in 'prices'", { storageGBMonth: -0.1 }],
    ["'kafka.m7g.large' in 'prices.brokerHour'", { brokerHour: { 'kafka.m7g.large': -1 } }],
  ])('refuses a negative price, %s', (text, prices) => {
    const { cluster } = aCluster();
    expect(() => cluster.budget({ prices: { source: 'contract', ...prices } })).toThrow(
      `${text} of the budget must be`,
    );
  });

  test('refuses a topic that it has twice', () => {
    const { cluster } = aCluster();
    expect(() => cluster.budget({ topics: [ORDERS, ORDERS] })).toThrow(
      /has 'orders' more than once.*\[BudgetTopicTwice\]/,
    );
  });

  test('refuses to take what consumers read from two props', () => {
    const { cluster } = aCluster();
    const topics = [{ ...ORDERS, egressMBps: 3 }];
    expect(() => cluster.budget({ topics })).toThrow(/say the same thing, got 2 and 3.*\[BudgetEgressTwice\]/);
  });
});
