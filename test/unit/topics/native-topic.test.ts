import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnTopic } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import {
  aCluster,
  aStack,
  aVpc,
  BareCluster,
  ENVIRONMENT,
  IMPORTED_ARN,
  Match,
  propertiesOf,
} from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const TOPIC = 'AWS::MSK::Topic';
const backend = msk.TopicBackend.mskApi();

function aTopic(options: msk.TopicOptions = {}, cluster: Partial<msk.ProvisionedClusterProps> = {}) {
  const made = aCluster(cluster);
  return { ...made, topic: made.cluster.addTopic('orders', { backend, ...options }) };
}

function anImported(attributes: Partial<msk.ClusterAttributes>) {
  const stack = aStack({ env: ENVIRONMENT });
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')];
  const all = { clusterArn: IMPORTED_ARN, vpc: aVpc(stack), securityGroups, ...attributes };
  return msk.Cluster.fromClusterAttributes(stack, 'Old', all);
}

const decoded = (configs: unknown) => JSON.parse(Buffer.from(String(configs), 'base64').toString()) as unknown;

describe('TopicBackend.mskApi', () => {
  test("makes a topic of CloudFormation's own, and no function", () => {
    const { template } = aTopic({ partitionCount: 12 });
    const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] };
    template().hasResourceProperties(TOPIC, {
      ClusterArn: arn,
      TopicName: 'orders',
      PartitionCount: 12,
      ReplicationFactor: 3,
    });
    template().resourceCountIs('AWS::Lambda::Function', 0);
    template().resourceCountIs('Custom::KafkaTopic', 0);
  });

  test('hands configs over as JSON in base64, an empty map for none', () => {
    const configs = { retention: Duration.days(7), cleanupPolicy: msk.CleanupPolicy.COMPACT };
    expect(decoded(propertiesOf(aTopic({ configs }).template(), TOPIC).Configs)).toEqual({
      'cleanup.policy': 'compact',
      'retention.ms': '604800000',
    });
    expect(decoded(propertiesOf(aTopic().template(), TOPIC).Configs)).toEqual({});
  });

  test('lets CloudFormation encode what only the deployment knows', () => {
    const { cluster, stack, template } = aCluster();
    const value = new CfnParameter(stack, 'Retention').valueAsString;
    cluster.addTopic('orders', { backend, configs: { other: { 'retention.ms': value } } });
    template().hasResourceProperties(TOPIC, {
      Configs: { 'Fn::Base64': { 'Fn::Join': ['', ['{"retention.ms":"', { Ref: 'Retention' }, '"}']] } },
    });
  });

  test('keeps the topic unless told otherwise', () => {
    aTopic().template().hasResource(TOPIC, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    aTopic({ removalPolicy: RemovalPolicy.DESTROY })
      .template()
      .hasResource(TOPIC, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('has name, ARN and grants, and no topic ID', () => {
    const { stack, template, topic } = aTopic();
    topic.grants.produce(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(topic.topicName).toBe('orders');
    expect(JSON.stringify(stack.resolve(topic.topicArn))).toMatch(/":topic\/".*\/orders"/);
    template().resourceCountIs('AWS::IAM::Policy', 1);
    expect(() => topic.topicId).toThrow(/'topicArn'.*\[TopicIdUnknown\]/);
  });

  test('has another logical ID than the data plane, so that neither replaces the other', () => {
    const native = Object.keys(aTopic().template().findResources(TOPIC));
    const { template } = aTopic({ backend: msk.TopicBackend.dataPlane() });
    expect(Object.keys(template().findResources('Custom::KafkaTopic'))).not.toEqual(native);
  });

  test('needs nothing of a cluster but its ARN', () => {
    const stack = aStack({ env: ENVIRONMENT });
    new msk.Topic(stack, 'orders', { cluster: new BareCluster(stack, 'Bare'), backend });
    Template.fromStack(stack).hasResourceProperties(TOPIC, { ClusterArn: CLUSTER_ARN, ReplicationFactor: 3 });
  });
});

describe('TopicBackend.mskApi, by the rules', () => {
  test('refuses all that it cannot do at once', () => {
    const beyond: msk.TopicOptions = {
      onExisting: msk.TopicOnExisting.ADOPT,
      configDrift: msk.TopicConfigDrift.EXACT,
      onPartitionDecrease: msk.TopicOnPartitionDecrease.KEEP,
      onUnreachable: msk.OnUnreachable.RETAIN,
      allowDataLoss: true,
      reconcileToken: '2',
      permissionGracePeriod: Duration.minutes(1),
    };
    const options = Object.keys(beyond).map((option) => `'${option}' is not supported by the MSK API.*MskApiOption`);
    expect(() => aTopic(beyond)).toThrow(new RegExp(options.join('[^]*')));
  });

  test('takes what says no more than the default', () => {
    const enough: msk.TopicOptions = {
      onExisting: msk.TopicOnExisting.FAIL,
      configDrift: msk.TopicConfigDrift.DECLARED,
      onPartitionDecrease: msk.TopicOnPartitionDecrease.FAIL,
      onUnreachable: msk.OnUnreachable.FAIL,
      allowDataLoss: false,
    };
    expect(() => aTopic(enough)).not.toThrow();
  });

  test('refuses a reconcile token that only the deployment knows', () => {
    const { cluster, stack } = aCluster();
    const reconcileToken = new CfnParameter(stack, 'Release').valueAsString;
    expect(() => cluster.addTopic('orders', { backend, reconcileToken })).toThrow(/\[MskApiOption\]/);
  });

  test('refuses Kafka before 3.6, and takes 3.6', () => {
    const topicOn = (version: string) => () =>
      anImported({ kafkaVersion: msk.KafkaVersion.of(version) }).addTopic('orders', { backend });
    expect(topicOn('3.5.1')).toThrow(
      /requires Kafka 3\.6 or later to create topics, but the cluster has 3\.5\.1.*\[MskApiKafkaVersion\]/,
    );
    expect(topicOn('2.8.1')).toThrow(/\[MskApiKafkaVersion\]/);
    expect(topicOn('3.6.0')).not.toThrow();
    expect(topicOn('4.0.x.kraft')).not.toThrow();
  });

  test('takes a version that only the deployment knows', () => {
    const { cluster, stack } = aCluster();
    const { valueAsString } = new CfnParameter(stack, 'Version');
    const kafkaVersion = msk.KafkaVersion.of(valueAsString);
    const old = msk.Cluster.fromClusterAttributes(stack, 'Old', {
      clusterArn: IMPORTED_ARN,
      vpc: aVpc(aStack()),
      securityGroups: cluster.connections.securityGroups,
      kafkaVersion,
    });
    expect(() => old.addTopic('orders', { backend })).not.toThrow();
  });

  test('refuses a Serverless cluster', () => {
    const serverless = anImported({ kind: msk.ClusterKind.SERVERLESS });
    expect(() => serverless.addTopic('orders', { backend })).toThrow(/Serverless.*\[MskApiServerless\]/);
  });

  test('keeps the rules of every topic', () => {
    expect(() => aTopic({ partitionCount: 0 })).toThrow(/\[PartitionCountRange\]/);
    expect(() => aTopic({ replicationFactor: 4 })).toThrow(/\[ReplicationFactorAboveBrokers\]/);
    expect(() =>
      anImported({ kind: msk.ClusterKind.EXPRESS }).addTopic('a', { backend, replicationFactor: 2 }),
    ).toThrow(/\[ExpressReplicationFactor\]/);
  });
});

describe('A topic of the MSK API that an escape hatch has changed', () => {
  const changed = (path: string, value: unknown) => {
    const { stack, topic } = aTopic();
    (topic.node.defaultChild as CfnTopic).addPropertyOverride(path, value);
    return () => Template.fromStack(stack);
  };
  const encoded = (configs: object) => Buffer.from(JSON.stringify(configs)).toString('base64');

  test.each<[string, string, unknown, string]>([
    ['partitions', 'PartitionCount', 0, 'PartitionCountRange'],
    ['replicas', 'ReplicationFactor', '40000', 'ReplicationFactorRange'],
    ['a name', 'TopicName', 'a b', 'TopicNameCharacters'],
    ['configs', 'Configs', encoded({ 'retention.ms': 'x' }), 'ConfigValue'],
  ])('refuses %s', (_, path, value, rule) => {
    expect(changed(path, value)).toThrow(new RegExp(`\\[${rule}\\]`));
  });

  test('takes what is right, and what it cannot read', () => {
    expect(changed('Configs', encoded({ 'retention.ms': '5' }))).not.toThrow();
    expect(changed('Configs', 'no JSON')).not.toThrow();
    expect(changed('Configs', { Ref: 'AWS::Region' })).not.toThrow();
    expect(changed('PartitionCount', 9)).not.toThrow();
  });
});
