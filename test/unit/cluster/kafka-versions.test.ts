import { Annotations } from 'aws-cdk-lib/assertions';
import * as msk from '../../../lib';
import { aCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

const { M7G_LARGE, M5_LARGE } = msk.BrokerInstanceType;
const of = (version: string, instanceType = M5_LARGE) =>
  aCluster({ kafkaVersion: msk.KafkaVersion.of(version), instanceType });

describe('A cluster with Standard brokers and its version of Kafka', () => {
  test.each(['4.0.x.kraft', '4.1.x.kraft', '9.9.x.kraft'])('takes %s', (version) => {
    expect(() => of(version)).not.toThrow();
  });

  test('refuses 4.2, which only Express brokers have', () => {
    expect(() => of('4.2.x.kraft')).toThrow(
      /4.2.x.kraft is not available for Standard brokers; available versions: .*4.1.x.kraft \[KafkaVersionOfOtherKind\]/,
    );
  });

  test.each([
    ['3.5.1', '2025-10-23'],
    ['3.7.x.kraft', '2026-09-01'],
  ])('warns of %s, whose support ended', (version, end) => {
    const WARNING = Match.stringLikeRegexp(
      `'kafkaVersion' ${version} is supported until ${end}; .*KafkaVersionRetired`,
    );
    Annotations.fromStack(of(version).stack).hasWarning('/Stack/Events', WARNING);
  });

  test.each(['3.8.x', '3.9.x.kraft', '9.9.x.kraft'])('does not warn of %s', (version) => {
    Annotations.fromStack(of(version).stack).hasNoWarning('*', Match.stringLikeRegexp('KafkaVersionRetired'));
  });

  test.each(['2.8.2.tiered', '3.3.2', '3.4.0', '3.9.x'])('takes %s on m7g', (version) => {
    expect(() => of(version, M7G_LARGE)).not.toThrow();
  });

  test.each(['2.8.1', '3.3.1', '3.2.0'])('refuses %s on m7g', (version) => {
    expect(() => of(version, M7G_LARGE)).toThrow(
      /kafka.m7g.large requires 'kafkaVersion' 2.8.2.tiered or 3.3.2 or later, got .*\[InstanceTypeVersion\]/,
    );
    expect(() => of(version, M5_LARGE)).not.toThrow();
  });

  test('refuses the name of a mixed mode, which is longer than CloudFormation takes', () => {
    const instanceType = msk.BrokerInstanceType.of('kafka.m7g.large,express.m7g.large');
    expect(() => aCluster({ instanceType })).toThrow(
      /'instanceType' must have at most 32 characters in CloudFormation, got 33 in .*\[InstanceTypeLength\]/,
    );
  });

  test('refuses an instance type of Express brokers', () => {
    expect(() => aCluster({ instanceType: msk.BrokerInstanceType.of('express.m7g.large') })).toThrow(
      /use an ExpressCluster for Express brokers \[InstanceTypeOfOtherKind\]/,
    );
  });
});

describe('A cluster and the quota of its brokers', () => {
  const WARNING = Match.stringLikeRegexp('BrokersPerClusterQuota');
  const stackWith = (brokersPerAz: number, kafkaVersion: msk.KafkaVersion) => {
    const stack = aStack({ env: ENVIRONMENT });
    return aCluster({ brokersPerAz, kafkaVersion, vpc: aVpc(stack) }, stack).stack;
  };

  test.each([
    [20, msk.KafkaVersion.V3_9_X_KRAFT],
    [10, msk.KafkaVersion.V3_9_X],
  ])('does not warn of %d in each of three zones', (brokersPerAz, version) => {
    Annotations.fromStack(stackWith(brokersPerAz, version)).hasNoWarning('*', WARNING);
  });

  test.each([
    [21, msk.KafkaVersion.V3_9_X_KRAFT],
    [11, msk.KafkaVersion.V3_9_X],
  ])('warns of %d in each of three zones', (brokersPerAz, version) => {
    Annotations.fromStack(stackWith(brokersPerAz, version)).hasWarning('/Stack/Events', WARNING);
  });
});
