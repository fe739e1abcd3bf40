import { Annotations, App, CfnParameter, Tags } from 'aws-cdk-lib';
import * as assertions from 'aws-cdk-lib/assertions';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import {
  aCluster,
  anExpressCluster,
  aServerlessCluster,
  aStack,
  aVpc,
  ENVIRONMENT,
  Match,
  propertiesOf,
} from '../../../testkit/stacks';

type Overrides = Readonly<Record<string, unknown>>;
type Made = ReturnType<typeof aCluster> | ReturnType<typeof anExpressCluster>;

function changed<T extends Made>(made: T, overrides: Overrides): T {
  const resource = made.cluster.node.defaultChild as CfnCluster;
  for (const [path, value] of Object.entries(overrides)) resource.addPropertyOverride(path, value);
  return made;
}

const standard = (
  overrides: Overrides,
  props: Partial<msk.ProvisionedClusterProps> = {},
  stack?: ReturnType<typeof aStack>,
) => changed(aCluster(props, stack), overrides);
const express = (overrides: Overrides) => changed(anExpressCluster(), overrides);

const CONNECTIVITY = 'BrokerNodeGroupInfo.ConnectivityInfo';
const PUBLIC = { [`${CONNECTIVITY}.PublicAccess.Type`]: 'SERVICE_PROVIDED_EIPS' };
const VIA_VPC = `${CONNECTIVITY}.VpcConnectivity.ClientAuthentication`;
const PRIVATE = { [`${VIA_VPC}.Sasl.Iam.Enabled`]: true };
const DUAL = { [`${CONNECTIVITY}.NetworkType`]: 'DUAL' };
const iam = () => msk.ClientAuthentication.iam();
const tls = () => msk.ClientAuthentication.tls();
const unauthenticated = () => msk.ClientAuthentication.unauthenticated();

describe('A cluster that an escape hatch has changed', () => {
  test.each<[string, Overrides, RegExp]>([
    [
      'a version',
      { KafkaVersion: '4.2.x.kraft' },
      /'kafkaVersion' 4.2.x.kraft is not available.*KafkaVersionOfOtherKind/,
    ],
    ['an instance type', { 'BrokerNodeGroupInfo.InstanceType': 'kafka.t3.small' }, /KraftOnT3/],
    ['the name', { ClusterName: 'a b' }, /ClusterNameCharacters/],
    [
      'the volumes',
      { 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize': '16385' },
      /got 16385 \[VolumeSizeRange/,
    ],
    ['the encryption', { 'EncryptionInfo.EncryptionInTransit.ClientBroker': 'PLAINTEXT' }, /AuthenticationNeedsTls/],
    ['the authentication', { 'ClientAuthentication.Sasl.Iam.Enabled': false }, /AuthenticationEmpty/],
    ['the subnets', { 'BrokerNodeGroupInfo.ClientSubnets': ['subnet-a'] }, /got 1.*NumberOfZones/],
  ])('is judged by what is written: refuses %s', (_, overrides, refusal) => {
    expect(() => standard(overrides).template()).toThrow(refusal);
  });

  test('is not judged by an expression', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const version = new CfnParameter(stack, 'Version').valueAsString;
    const { template } = standard({ KafkaVersion: version, NumberOfBrokerNodes: { Ref: 'Version' } }, {}, stack);
    expect(propertiesOf(template(), 'AWS::MSK::Cluster').KafkaVersion).toEqual({ Ref: 'Version' });
  });

  test('warns once of what the props have been warned of', () => {
    const { stack, template } = aCluster({ kafkaVersion: msk.KafkaVersion.of('3.5.1') });
    template();
    expect(
      assertions.Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('KafkaVersionRetired')),
    ).toHaveLength(1);
  });

  test('can acknowledge an error of a table that ages', () => {
    const app = new App({ context: { 'cdk-msk:acknowledge': ['KafkaVersionOfOtherKind'] }, analyticsReporting: false });
    const { template } = standard({ KafkaVersion: '4.2.x.kraft' }, {}, aStack({ app, env: ENVIRONMENT }));
    expect(propertiesOf(template(), 'AWS::MSK::Cluster').KafkaVersion).toBe('4.2.x.kraft');
  });

  test('is refused only with a way out where a table ages', () => {
    expect(() => standard({ KafkaVersion: '4.2.x.kraft' }).template()).toThrow(
      /set the context 'cdk-msk:acknowledge' to \["KafkaVersionOfOtherKind"\]/,
    );
  });
});

describe('The number of brokers', () => {
  test('takes six in three subnets', () => {
    expect(() => standard({ NumberOfBrokerNodes: 6 }).template()).not.toThrow();
  });

  test.each([4, '7', 0])('refuses %p in three subnets', (brokers) => {
    expect(() => standard({ NumberOfBrokerNodes: brokers }).template()).toThrow(
      /multiple of the number of subnets \(3\), got \d; set 'brokersPerAz' in its place \[BrokersNotMultipleOfZones\]/,
    );
  });
});

describe('Each kind of brokers', () => {
  test('refuses storage of Express brokers', () => {
    expect(() => express({ 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize': 100 }).template()).toThrow(
      /'StorageInfo' cannot be set for Express brokers.*\[ExpressStorage\]/,
    );
    expect(() => express({ StorageMode: 'LOCAL' }).template()).toThrow(/'StorageMode' cannot .*\[ExpressStorage\]/);
    expect(() => express({}).template()).not.toThrow();
  });

  test('refuses rebalancing of Standard brokers', () => {
    expect(() => standard({ 'Rebalancing.Status': 'ACTIVE' }).template()).toThrow(
      /'Rebalancing' is for Express brokers only.*\[RebalancingOfStandard\]/,
    );
  });
});

describe('Public access', () => {
  test('is taken on a cluster with IAM', () => {
    expect(() => standard(PUBLIC).template()).not.toThrow();
  });

  test('refuses unauthenticated clients', () => {
    const authentication = [iam(), unauthenticated()];
    expect(() => standard(PUBLIC, { authentication }).template()).toThrow(
      /unauthenticated access is off, got IAM and unauthenticated access.*\[PublicAccessUnauthenticated\]/,
    );
  });

  test('refuses plaintext, to clients or between brokers', () => {
    const serverProperties = { allowEveryoneIfNoAclFound: false };
    const encryptionInTransit = msk.EncryptionInTransit.tlsOrPlaintext();
    const props = { authentication: [tls()], encryptionInTransit, serverProperties };
    expect(() => standard(PUBLIC, props).template()).toThrow(/got TLS_PLAINTEXT .*\[PublicAccessPlaintext\]/);
    expect(() =>
      standard(PUBLIC, { ...props, encryptionInTransit: msk.EncryptionInTransit.tls() }).template(),
    ).not.toThrow();
  });

  test('refuses open monitoring, on a cluster with KRaft', () => {
    const openMonitoring = msk.OpenMonitoring.JMX;
    expect(() => standard(PUBLIC, { openMonitoring }).template()).toThrow(/\[PublicAccessMonitored\]/);
    const kafkaVersion = msk.KafkaVersion.V3_9_X;
    expect(() => standard(PUBLIC, { kafkaVersion, openMonitoring }).template()).not.toThrow();
  });

  test.each<[string, Overrides]>([
    ['public access', PUBLIC],
    ['multi-VPC connectivity', { [`${VIA_VPC}.Tls.Enabled`]: true }],
  ])('refuses %s for certificates without ACLs', (_, overrides) => {
    const authentication = [iam(), tls()];
    expect(() => standard(overrides, { authentication }).template()).toThrow(
      /'allowEveryoneIfNoAclFound' false in 'serverProperties' with mutual TLS.*\[ConnectivityWithoutAcls\]/,
    );
    const serverProperties = { allowEveryoneIfNoAclFound: false };
    expect(() => standard(overrides, { authentication, serverProperties }).template()).not.toThrow();
  });
});

describe('Multi-VPC connectivity and dual-stack networking', () => {
  const onT3 = { instanceType: msk.BrokerInstanceType.T3_SMALL, kafkaVersion: msk.KafkaVersion.V3_9_X };
  const on = (version: string) => ({
    instanceType: msk.BrokerInstanceType.M5_LARGE,
    kafkaVersion: msk.KafkaVersion.of(version),
  });

  test.each<[string, Partial<msk.ProvisionedClusterProps>, Overrides]>([
    ['private connectivity from Kafka 2.7.1 on', on('2.7.1'), PRIVATE],
    ['two network types from Kafka 3.6.0 on', on('3.6.0'), DUAL],
  ])('take %s', (_, props, overrides) => {
    expect(() => standard(overrides, props).template()).not.toThrow();
  });

  test.each<[string, Partial<msk.ProvisionedClusterProps>, Overrides, string]>([
    [
      'a method that the cluster lacks',
      {},
      { [`${VIA_VPC}.Sasl.Scram.Enabled`]: true },
      'PrivateConnectivityAuthentication',
    ],
    [
      'unauthenticated access',
      { authentication: [iam(), unauthenticated()] },
      PRIVATE,
      'PrivateConnectivityAuthentication',
    ],
    ['t3.small', onT3, PRIVATE, 'PrivateConnectivityBrokers'],
    ['Kafka 2.7.0', on('2.7.0'), PRIVATE, 'PrivateConnectivityBrokers'],
    ['both at once', {}, { ...PRIVATE, ...DUAL }, 'PrivateConnectivityDualStack'],
    ['dual stack on t3.small', onT3, DUAL, 'DualStackBrokers'],
    ['dual stack with Kafka 3.5.1', on('3.5.1'), DUAL, 'DualStackBrokers'],
  ])('refuses %s', (_, props, overrides, rule) => {
    expect(() => standard(overrides, props).template()).toThrow(new RegExp(`\\[${rule}\\]`));
  });
});

describe('The tags of a cluster', () => {
  test.each([
    ['Standard', aCluster],
    ['Serverless', aServerlessCluster],
  ])('refuses a key that CloudFormation does not take: %s', (_, make) => {
    const good = make();
    Tags.of(good.stack).add('Größe: a/b=c+d_e-f@g.h', 'x');
    expect(() => good.template()).not.toThrow();
    const bad = make();
    Tags.of(bad.stack).add('R&D', 'x');
    expect(() => bad.template()).toThrow(/must consist of .* got 'R&D'.*excludeResourceTypes.*\[TagKeyCharacters\]/);
  });
});

describe('A version or an instance type that the tables do not have', () => {
  const warned = (stack: ReturnType<typeof aStack>, rule: string) =>
    assertions.Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(rule)).length;

  test('warns, whether a prop or an escape hatch names it', () => {
    expect(warned(aCluster({ kafkaVersion: msk.KafkaVersion.of('9.9.9') }).stack, 'KafkaVersionUnknown')).toBe(1);
    expect(warned(standard({ KafkaVersion: '9.9.9' }).stack, 'KafkaVersionUnknown')).toBe(1);
    expect(warned(standard({ KafkaVersion: '3.8.x' }).stack, 'KafkaVersionUnknown')).toBe(0);
    const instanceType = msk.BrokerInstanceType.of('kafka.m8g.large');
    expect(warned(aCluster({ instanceType }).stack, 'InstanceTypeUnknown')).toBe(1);
    expect(warned(aCluster().stack, 'InstanceTypeUnknown')).toBe(0);
  });

  test('can be acknowledged on the cluster, before and after it is known', () => {
    for (const isFirst of [true, false]) {
      const { cluster, stack } = aCluster();
      const acknowledge = () => Annotations.of(cluster).acknowledgeWarning('cdk-msk:KafkaVersionUnknown');
      if (isFirst) acknowledge();
      (cluster.node.defaultChild as CfnCluster).addPropertyOverride('KafkaVersion', '9.9.9');
      if (!isFirst) acknowledge();
      expect(warned(stack, 'KafkaVersionUnknown')).toBe(0);
    }
  });

  test('is not known while it is a parameter', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const name = new CfnParameter(stack, 'Type').valueAsString;
    const instanceType = msk.BrokerInstanceType.of(name);
    aCluster({ instanceType, kafkaVersion: msk.KafkaVersion.of(name), vpc: aVpc(stack) }, stack);
    expect(warned(stack, 'Unknown')).toBe(0);
  });
});
