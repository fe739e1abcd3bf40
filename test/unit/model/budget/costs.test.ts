import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import * as msk from '../../../../lib';
import facts from '../../../../lib/model/facts/prices.json';
import instances from '../../../../lib/model/facts/instance-types.json';
import { aCluster, anExpressCluster, aServerlessCluster, aStack, ENVIRONMENT } from '../../../../testkit/stacks';

const inVirginia = () => aStack({ env: { ...ENVIRONMENT, region: 'us-east-1' } });

const budgetOf = (cluster: msk.ProvisionedCluster | msk.ExpressCluster | msk.ServerlessCluster, options = {}) =>
  JSON.parse(cluster.budget({ topics: [ORDERS], ...options }).toJson());

/** 1 MB/s for a month of 730 hours are 2447.516 GiB, and for a day 80.466 GiB. */
const ORDERS = {
  topicName: 'orders',
  ingressMBps: 1,
  consumerGroups: 2,
  partitionCount: 10,
  retention: Duration.days(1),
};

describe('What a cluster costs in a month', () => {
  test('is broker-hours and volumes for Standard brokers', () => {
    const { declared, prices } = budgetOf(aCluster({}, inVirginia()).cluster);
    expect(declared.monthlyCost).toBeCloseTo(3 * 730 * 0.204 + 3 * 100 * 0.1, 6);
    expect(prices).toEqual({ currency: 'USD', source: `list prices of us-east-1, read on ${facts.read}` });
  });

  test('includes provisioned throughput', () => {
    const storage = msk.BrokerStorage.local(Size.gibibytes(100), { provisionedThroughputMiBps: 300 });
    const instanceType = msk.BrokerInstanceType.M7G_4XLARGE;
    const { declared } = budgetOf(aCluster({ instanceType, storage }, inVirginia()).cluster);
    expect(declared.monthlyCost).toBeCloseTo(3 * 730 * 1.632 + 3 * 100 * 0.1 + 3 * 300 * 0.08, 6);
  });

  test('includes what producers send and what is stored once for Express brokers', () => {
    const { declared } = budgetOf(anExpressCluster({}, inVirginia()).cluster);
    expect(declared.monthlyCost).toBeCloseTo(3 * 730 * 0.408 + 2447.516 * 0.01 + 80.466 * 0.1, 2);
  });

  test('follows the usage of a Serverless cluster', () => {
    const { declared } = budgetOf(aServerlessCluster({}, inVirginia()).cluster);
    const usage = 2447.516 * 0.1 + 2 * 2447.516 * 0.05 + 80.466 * 0.1;
    expect(declared.monthlyCost).toBeCloseTo(730 * 0.75 + 10 * 730 * 0.0015 + usage, 2);
  });

  test('does not depend on the highest rate', () => {
    const costOf = (peakFactor: number) => budgetOf(anExpressCluster({}, inVirginia()).cluster, { peakFactor });
    expect(costOf(3).declared.monthlyCost).toBe(costOf(1).declared.monthlyCost);
  });
});

describe('Prices', () => {
  test('are not known in other Regions, which the table says', () => {
    const { cluster } = aCluster(); // eu-west-1
    const budget = cluster.budget({ topics: [ORDERS] });
    expect(budget.toTable()).toMatch(/unknown \|\n(.|\n)*Prices: no prices are known for eu-west-1/);
    const { cheapest, declared } = JSON.parse(budget.toJson());
    expect([cheapest, declared.monthlyCost]).toEqual([undefined, undefined]);
  });

  test('are not known without a Region', () => {
    const { cluster } = aCluster({}, aStack());
    expect(cluster.budget({}).toTable()).toContain('Prices: the Region is not known');
  });

  test('of the user take precedence, one by one', () => {
    const prices = { source: 'our contract of May', brokerHour: { 'kafka.m7g.large': 0.1 } };
    const found = budgetOf(aCluster({}, inVirginia()).cluster, { prices });
    expect(found.declared.monthlyCost).toBeCloseTo(3 * 730 * 0.1 + 3 * 100 * 0.1, 6);
    expect(found.prices.source).toMatch(/^our contract of May; list prices of us-east-1/);
  });

  test('of the user in another currency stand alone', () => {
    const prices = { source: 'our contract', currency: 'CNY', brokerHour: { 'kafka.m7g.large': 1 } };
    const found = budgetOf(aCluster({}, inVirginia()).cluster, { prices });
    expect(found.prices).toEqual({ currency: 'CNY', source: 'our contract' });
    expect(found.declared.monthlyCost).toBeUndefined(); // the price of the volumes is not known
  });

  test('that only the deployment knows are unknown', () => {
    const stack = inVirginia();
    const storageGBMonth = new CfnParameter(stack, 'Price', { type: 'Number' }).valueAsNumber;
    const prices = { source: 'parameter', storageGBMonth, expressDataInGB: undefined };
    const { candidates, declared } = budgetOf(aCluster({}, stack).cluster, { prices });
    expect(declared.monthlyCost).toBeUndefined();
    expect(candidates.express[0].monthlyCost).toBeGreaterThan(0); // a prop that is undefined is not set
  });

  test('of tiered storage are not built in, since sources disagree', () => {
    const storage = msk.BrokerStorage.tiered(Size.gibibytes(100));
    const { cluster } = aCluster({ storage }, inVirginia());
    const other = { 'remote.storage.enable': 'true', 'local.retention.ms': '3600000' };
    cluster.addTopic('orders', { configs: { retention: Duration.days(3), other } });
    const { retention: _retention, ...topic } = ORDERS;
    expect(budgetOf(cluster, { topics: [topic] }).declared.monthlyCost).toBeUndefined();
  });

  test('are built in for every known instance type', () => {
    const types = [...instances.standard, ...instances.express].map(({ type }) => type);
    expect(Object.keys(facts.regions['us-east-1'].brokerHour).sort()).toEqual(types.sort());
  });
});
