import { PhysicalName, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as msk from '../../../lib';
import { aCluster, aServerlessCluster, aStack, ENVIRONMENT, Match, propertiesOf } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::Cluster';

describe('ProvisionedCluster', () => {
  test('is a KRaft cluster of the recommended version on m7g.large by default', () => {
    aCluster()
      .template()
      .hasResourceProperties(CLUSTER, {
        KafkaVersion: '3.9.x.kraft',
        NumberOfBrokerNodes: 3,
        EnhancedMonitoring: 'DEFAULT',
        BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large', StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } } },
      });
  });

  test('takes clients by IAM over TLS only, by default', () => {
    aCluster()
      .template()
      .hasResourceProperties(CLUSTER, {
        ClientAuthentication: {
          Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
          Tls: { Enabled: false, CertificateAuthorityArnList: Match.absent() },
          Unauthenticated: { Enabled: false },
        },
        EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
      });
  });

  test('encrypts at rest with the AWS managed key by default', () => {
    aCluster()
      .template()
      .hasResourceProperties(CLUSTER, { EncryptionInfo: { EncryptionAtRest: Match.absent() } });
  });

  test('encrypts at rest with a key that is given', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { template } = aCluster({ encryptionKey: new kms.Key(stack, 'Key') }, stack);
    template().hasResourceProperties(CLUSTER, {
      EncryptionInfo: {
        EncryptionAtRest: { DataVolumeKMSKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } },
      },
    });
  });

  test('has brokersPerAz brokers in each zone', () => {
    const { cluster, template } = aCluster({ brokersPerAz: 2 });
    template().hasResourceProperties(CLUSTER, { NumberOfBrokerNodes: 6 });
    expect(cluster.numberOfBrokerNodes).toBe(6);
  });

  test('puts its brokers into its own security group, without an inbound rule', () => {
    const { template } = aCluster();
    template().hasResourceProperties(CLUSTER, {
      BrokerNodeGroupInfo: {
        SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsSecurityGroup'), 'GroupId'] }],
      },
    });
    template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Kafka brokers',
      SecurityGroupIngress: Match.absent(),
    });
    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('stands in security groups that are there, and defines none', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');
    const { cluster, template } = aCluster({ securityGroups: [group], alarms: false }, stack);
    template().hasResourceProperties(CLUSTER, { BrokerNodeGroupInfo: { SecurityGroups: ['sg-0123456789abcdef0'] } });
    expect(cluster.connections.securityGroups).toEqual([group]);
    template().resourceCountIs('AWS::EC2::SecurityGroup', 0);
  });

  test('logs to a group of its own that keeps the logs for a month', () => {
    const { template } = aCluster();
    const { LogGroupName, RetentionInDays } = propertiesOf(template(), 'AWS::Logs::LogGroup');
    expect(JSON.stringify(LogGroupName)).toContain('/aws/vendedlogs/msk/Stack-Events');
    expect(RetentionInDays).toBe(30);
    template().hasResourceProperties(CLUSTER, {
      LoggingInfo: {
        BrokerLogs: {
          CloudWatchLogs: { Enabled: true, LogGroup: { Ref: Match.stringLikeRegexp('^EventsBrokerLogs') } },
        },
      },
    });
  });

  test('logs nowhere when told so', () => {
    aCluster({ brokerLogs: msk.BrokerLogs.none() })
      .template()
      .hasResourceProperties(CLUSTER, { LoggingInfo: Match.absent() });
  });

  test('sends the metrics of the level that is asked for', () => {
    aCluster({ monitoringLevel: msk.MonitoringLevel.PER_BROKER })
      .template()
      .hasResourceProperties(CLUSTER, { EnhancedMonitoring: 'PER_BROKER' });
  });

  test('takes another version, type, size and name', () => {
    const { cluster, template } = aCluster({
      clusterName: 'events',
      kafkaVersion: msk.KafkaVersion.of('9.9.x.kraft'),
      instanceType: msk.BrokerInstanceType.of('kafka.m9g.large'),
      storage: msk.BrokerStorage.local(Size.tebibytes(1)),
    });
    template().hasResourceProperties(CLUSTER, {
      ClusterName: 'events',
      KafkaVersion: '9.9.x.kraft',
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m9g.large', StorageInfo: { EBSStorageInfo: { VolumeSize: 1024 } } },
    });
    expect(cluster.clusterName).toBe('events');
  });

  test('has a generated name if one is asked for when it is needed', () => {
    const name = aCluster().cluster.clusterName;
    expect(aCluster({ clusterName: PhysicalName.GENERATE_IF_NEEDED }).cluster.clusterName).toBe(name);
    const { template } = aServerlessCluster({ clusterName: PhysicalName.GENERATE_IF_NEEDED });
    template().hasResourceProperties('AWS::MSK::ServerlessCluster', { ClusterName: Match.stringLikeRegexp('^Stack') });
  });
});

describe('ProvisionedCluster, when it leaves the stack', () => {
  const HELD = [CLUSTER, 'AWS::MSK::Configuration', 'AWS::EC2::SecurityGroup', 'AWS::Logs::LogGroup'];

  test.each(HELD)('keeps its %s, but nothing of a first deployment that failed', (type) => {
    aCluster().template().hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test.each(HELD)('deletes its %s when told to destroy', (type) => {
    const { template } = aCluster({ removalPolicy: RemovalPolicy.DESTROY });
    template().hasResource(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});
