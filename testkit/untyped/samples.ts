import path from 'node:path';
import { Duration, SecretValue, Size, type Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as msk from '../../lib';
import { TYPES } from '../../lib/internal/signatures/signature-table';
import { ENVIRONMENT, IMPORTED_ARN } from '../stacks';

const { account, region } = ENVIRONMENT;
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/** What constructs and methods are given, by its type. Each value is made once a stack, under the name of its type. */
type Maker = (stack: Stack) => unknown;

const aVpc: Maker = (stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'SampleVpc', {
    vpcId: 'vpc-12345678',
    availabilityZones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
    isolatedSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });

const aFunction: Maker = (stack) =>
  new lambda.Function(stack, 'SampleFunction', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    vpc: sample('IVpc', stack) as ec2.IVpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    allowAllOutbound: true,
  });

const aCluster: Maker = (stack) =>
  msk.Cluster.fromClusterAttributes(stack, 'SampleCluster', {
    clusterArn: IMPORTED_ARN,
    vpc: sample('IVpc', stack) as ec2.IVpc,
    securityGroups: [sample('ISecurityGroup', stack) as ec2.ISecurityGroup],
  });

const aTopic: Maker = (stack) =>
  msk.Topic.fromTopicName(stack, 'SampleTopic', sample('ICluster', stack) as msk.ICluster, 'orders');

const OWN: Readonly<Record<string, Maker>> = {
  BrokerInstanceType: () => msk.BrokerInstanceType.of('kafka.m7g.large'),
  BrokerLogs: () => msk.BrokerLogs.none(),
  BrokerStorage: () => msk.BrokerStorage.local(Size.gibibytes(200)),
  ClientAuthentication: () => msk.ClientAuthentication.iam(),
  ClientCredentials: () => msk.ClientCredentials.iam(),
  EncryptionInTransit: () => msk.EncryptionInTransit.tls(),
  ExpressBrokerSize: () => msk.ExpressBrokerSize.of('express.m7g.large'),
  GlueAuthentication: () => msk.GlueAuthentication.iam(),
  ICluster: aCluster,
  IClusterRef: (stack) => sample('ICluster', stack),
  IConfiguration: (stack) =>
    msk.Configuration.fromConfigurationAttributes(stack, 'SampleConfiguration', {
      configurationArn: arn('kafka', 'configuration/safe/11111111-2222-3333-4444-555555555555-1'),
      configurationRevision: 1,
    }),
  ITopic: aTopic,
  ITopicRef: (stack) => sample('ITopic', stack),
  KafkaVersion: () => msk.KafkaVersion.V3_9_X_KRAFT,
  MonitoringLevel: () => msk.MonitoringLevel.of('PER_BROKER'),
  OpenMonitoring: () => msk.OpenMonitoring.ALL,
  SchemaVersions: () => msk.SchemaVersions.fromDirectory(path.join(__dirname, 'versions')),
  SchemaDefinition: () => msk.SchemaDefinition.avro('"string"'),
  StorageAutoscaling: () => msk.StorageAutoscaling.upTo(Size.tebibytes(1)),
  TopicBackend: () => msk.TopicBackend.dataPlane(),
};

const OF_THE_CDK: Readonly<Record<string, Maker>> = {
  Compression: () => firehose.Compression.GZIP,
  Construct: (stack) => stack,
  Duration: () => Duration.minutes(5),
  EventRecordFormat: () => lambda.EventRecordFormat.JSON,
  Function: aFunction,
  IAlarmAction: (stack) => new actions.SnsAction(new sns.Topic(stack, 'SampleAction')),
  IBucket: (stack) => s3.Bucket.fromBucketName(stack, 'SampleBucket', 'records'),
  ICertificateAuthorityRef: (stack) =>
    acmpca.CertificateAuthority.fromCertificateAuthorityArn(
      stack,
      'SampleCa',
      arn('acm-pca', 'certificate-authority/1'),
    ),
  IConnectable: (stack) => sample('Function', stack),
  IConstruct: (stack) => stack,
  IDeliveryStreamRef: (stack) => firehose.DeliveryStream.fromDeliveryStreamName(stack, 'SampleStream', 'logs'),
  IEventSourceDlq: (stack) => new SqsDlq(new sqs.Queue(stack, 'SampleQueue')),
  IFunction: (stack) => sample('Function', stack),
  IGrantable: (stack) => sample('IRole', stack),
  IKey: (stack) => kms.Key.fromKeyArn(stack, 'SampleKey', arn('kms', 'key/11111111-2222-3333-4444-555555555555')),
  IKeyRef: (stack) => sample('IKey', stack),
  ILogGroup: (stack) => logs.LogGroup.fromLogGroupName(stack, 'SampleLogs', 'brokers'),
  ILogGroupRef: (stack) => sample('ILogGroup', stack),
  IPrincipal: () => new iam.AccountPrincipal('444455556666'),
  IRegistryRef: (stack) => new glue.CfnRegistry(stack, 'SampleRegistry', { name: 'registry' }),
  IRole: (stack) => new iam.Role(stack, 'SampleRole', { assumedBy: new iam.AccountRootPrincipal() }),
  IRuleTarget: (stack) => new targets.SnsTopic(new sns.Topic(stack, 'SampleTarget')),
  ISchemaRegistry: () => ({ bind: () => ({}) }),
  ISecret: (stack) =>
    secrets.Secret.fromSecretAttributes(stack, 'SampleSecret', {
      secretCompleteArn: arn('secretsmanager', 'secret:AmazonMSK_admin-AbCdEf'),
      encryptionKey: sample('IKey', stack) as kms.IKey,
    }),
  ISecurityGroup: (stack) => ec2.SecurityGroup.fromSecurityGroupId(stack, 'SampleGroup', 'sg-12345678'),
  ISubnet: (stack) =>
    ec2.Subnet.fromSubnetAttributes(stack, 'SampleSubnet', { subnetId: 'subnet-1', availabilityZone: `${region}a` }),
  IVpc: aVpc,
  KafkaSchemaValidationAttribute: () => lambda.KafkaSchemaValidationAttribute.VALUE,
  ScheduleExpression: () => scheduler.ScheduleExpression.rate(Duration.days(1)),
  SecretValue: () => SecretValue.secretsManager('keystore'),
  Size: () => Size.mebibytes(64),
  SubnetFilter: () => ec2.SubnetFilter.onePerAz(),
};

const MAKERS: Readonly<Record<string, Maker>> = { ...OWN, ...OF_THE_CDK };

const made = new WeakMap<Stack, Map<string, unknown>>();

/** A valid value of a type. */
export function sample(type: string, stack: Stack): unknown {
  const values = made.get(stack) ?? new Map<string, unknown>();
  made.set(stack, values);
  if (!values.has(type)) values.set(type, make(type, stack));
  return values.get(type);
}

function make(type: string, stack: Stack): unknown {
  const [, collection, element] = /^(array|map)<(.*)>$/.exec(type) ?? [];
  if (collection === 'array') return [sample(element, stack)];
  if (collection === 'map') return { key: sample(element, stack) };
  if (MAKERS[type]) return MAKERS[type](stack);
  if (TYPES[type]?.enum) return Object.values(TYPES[type].enum)[0];
  if (TYPES[type]?.struct) return sampleProps(type, stack);
  if (type === 'date') return new Date(0);
  if (type === 'boolean') return true;
  throw new Error(`no sample of ${type}`);
}

/** Texts and numbers by the name of what they are given for. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  applicationId: 'app',
  availabilityZones: [`${region}a`],
  batchSize: 100,
  bootstrapBrokers: 'b-1.events.abc.c2.kafka.eu-west-1.amazonaws.com:9098',
  brokerDomain: 'events.abc.c2.kafka.eu-west-1.amazonaws.com',
  brokerId: '1',
  brokers: 3,
  clusterArn: IMPORTED_ARN,
  configurationArn: arn('kafka', 'configuration/safe/11111111-2222-3333-4444-555555555555-1'),
  errorPrefix: 'errors/',
  file: __filename,
  other: {},
  prefix: 'records',
  replicationFactor: 3,
  schemaRegistry: undefined,
  serverProperties: {},
  startingPositionTimestamp: 1_700_000_000,
  targetUtilizationPercent: 60,
  unlisted: {},
  version: '3.9.x',
};

/** A valid value of a parameter or property. */
export function sampleOf(name: string, type: string, stack: Stack): unknown {
  if (name in BY_NAME) return BY_NAME[name];
  if (type === 'string') return `${name}-1`;
  if (type === 'array<string>') return [];
  if (type === 'map<string>') return { team: 'orders' };
  if (type === 'number') return 1;
  return sample(type, stack);
}

/** Props with what is required, and nothing else. */
export function sampleProps(type: string, stack: Stack): Record<string, unknown> {
  const required = Object.entries(TYPES[type].struct ?? {}).filter(([name]) => !name.endsWith('?'));
  const props = Object.fromEntries(required.map(([name, of]) => [name, sampleOf(name, of, stack)]));
  return { ...props, ...NEEDED[type]?.(stack) };
}

/** What is required in fact, though its type says that one of several properties is enough. */
const NEEDED: Readonly<Record<string, (stack: Stack) => object>> = {
  ...Object.fromEntries(
    [
      'BrokerLogAlarmsProps',
      'ClusterAlarmsProps',
      'ClusterDashboardProps',
      'ConsumerLagAlarmsProps',
      'MonitoredClusterProps',
    ].map((type) => [type, (stack: Stack) => ({ cluster: sample('ICluster', stack) })]),
  ),
  ClusterEventsProps: (stack) => ({ targets: [sample('IRuleTarget', stack)] }),
  ClusterBudgetProps: (stack) => ({ cluster: sample('ICluster', stack) }),
  ClusterLookupOptions: () => ({ clusterName: 'events' }),
  ExpressClusterProps: () => ({ openMonitoring: msk.OpenMonitoring.ALL }),
  PrometheusScrapeProps: () => ({ numberOfBrokerNodes: 3 }),
  ProvisionedClusterProps: () => ({ openMonitoring: msk.OpenMonitoring.ALL }),
};
