import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as msk from '../../../lib';
import { aServerlessCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

const CLUSTER = 'AWS::MSK::ServerlessCluster';

function withOtherVpcs(count: number) {
  const stack = aStack({ env: ENVIRONMENT });
  const otherVpcs = Array.from({ length: count }, (_, index) => ({
    vpc: new ec2.Vpc(stack, `Vpc${index + 2}`, {
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    }),
  }));
  return aServerlessCluster({ otherVpcs }, stack);
}

const inZones = (zones: number) => {
  const stack = aStack({ env: ENVIRONMENT });
  return aServerlessCluster({ vpc: aVpc(stack, zones) }, stack);
};

describe('ServerlessCluster', () => {
  test('has alarms for its traffic and topics that tell whom they should, or none', () => {
    const names = (props?: Partial<msk.ServerlessClusterProps>) => {
      const found = Object.values(aServerlessCluster(props).template().findResources('AWS::CloudWatch::Alarm'));
      const alarms = found as { Properties: { AlarmActions?: string[]; MetricName?: string } }[];
      return alarms
        .map(({ Properties }) => `${Properties.MetricName ?? 'query'} ${Properties.AlarmActions?.join() ?? '-'}`)
        .sort();
    };
    expect(names()).toEqual(['TopicDrift -', 'TopicDriftFailed -', 'TopicWarnings -', 'query -', 'query -']);
    const action = { bind: () => ({ alarmActionArn: 'arn:told' }) };
    const told = ['TopicDrift', 'TopicDriftFailed', 'TopicWarnings', 'query', 'query'].map(
      (name) => `${name} arn:told`,
    );
    expect(names({ alarmActions: [action] })).toEqual(told);
    expect(names({ alarms: false })).toEqual([]);
  });

  test('takes clients by IAM in the subnets of its VPC, with a security group of its own', () => {
    const { template } = aServerlessCluster();
    template().hasResourceProperties(CLUSTER, {
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
      VpcConfigs: [
        {
          SubnetIds: [Match.anyValue(), Match.anyValue(), Match.anyValue()],
          SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^ServerlessSecurityGroup'), 'GroupId'] }],
        },
      ],
    });
    template().hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });

  test('takes security groups that are given, and a name', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')];
    const { cluster, template } = aServerlessCluster({ clusterName: 'clicks', securityGroups }, stack);
    template().hasResourceProperties(CLUSTER, {
      ClusterName: 'clicks',
      VpcConfigs: [{ SecurityGroups: ['sg-0123456789abcdef0'] }],
    });
    expect(cluster.clusterName).toBe('clicks');
  });

  test('stays when it leaves the stack, with its security group, and goes when told so', () => {
    for (const type of [CLUSTER, 'AWS::EC2::SecurityGroup']) {
      aServerlessCluster().template().hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate' });
      const { template } = aServerlessCluster({ removalPolicy: RemovalPolicy.DESTROY });
      template().hasResource(type, { DeletionPolicy: 'Delete' });
    }
  });

  test('lets clients in at the IAM port, and no other way', () => {
    const { cluster, stack, template } = aServerlessCluster();
    const client = new ec2.SecurityGroup(stack, 'Client', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
    cluster.allowClients(client);
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098 });
    expect(() => cluster.allowClients(client, msk.ClientAuthentication.scram())).toThrow(/\[AuthenticationOff\]/);
  });

  test('has topics, by the function in its VPC, judged as those of a Serverless cluster', () => {
    const { cluster, template } = aServerlessCluster();
    cluster.addTopic('clicks');
    template().hasResourceProperties('Custom::KafkaTopic', { ClusterKind: 'serverless', Authentication: 'iam' });
    expect(() => cluster.addTopic('min', { configs: { minInsyncReplicas: 2 } })).toThrow(/\[ConfigOfOtherKind\]/);
  });

  test('is a reference as any cluster is, with grants and bootstrap brokers', () => {
    const { cluster, stack, template } = aServerlessCluster();
    cluster.grants.connect(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Serverless'), 'Arn'] };
    template().hasResourceProperties('Custom::KafkaBootstrapBrokers', { ClusterArn: arn });
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'kafka-cluster:Connect', Resource: arn }] },
    });
    expect(
      new CfnTopic(stack, 'L1', {
        clusterArn: cluster.clusterRef.clusterArn,
        topicName: 'x',
        partitionCount: 1,
        replicationFactor: 3,
      }),
    ).toBeDefined();
  });
});

describe('ServerlessCluster and its limits', () => {
  test('takes five VPCs, each with a group of its own', () => {
    const { template } = withOtherVpcs(4);
    template().hasResourceProperties(CLUSTER, {
      VpcConfigs: Array.from({ length: 5 }, () => Match.objectLike({ SecurityGroups: [Match.anyValue()] })),
    });
    template().resourceCountIs('AWS::EC2::SecurityGroup', 5);
  });

  test('refuses six VPCs', () => {
    expect(() => withOtherVpcs(5)).toThrow(
      /'otherVpcs' must contain at most 4 VPCs in addition to 'vpc', got 5 \[ServerlessVpcs\]/,
    );
  });

  test('takes two subnets', () => {
    inZones(2).template().resourceCountIs(CLUSTER, 1);
  });

  test('refuses one subnet', () => {
    expect(() => inZones(1)).toThrow(/'vpcSubnets' must select at least 2 subnets, got 1 \[ServerlessSubnets\]/);
  });

  test('refuses one subnet in another VPC', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    const otherVpcs = [{ vpc, vpcSubnets: { availabilityZones: ['eu-west-1a'] } }];
    expect(() => aServerlessCluster({ vpc, otherVpcs }, stack)).toThrow(
      /'otherVpcs\[0\].vpcSubnets' must select at least 2 subnets/,
    );
  });

  test.each([1, 64])('takes a name of %d characters', (length) => {
    expect(aServerlessCluster({ clusterName: 'x'.repeat(length) }).cluster.clusterName).toHaveLength(length);
  });

  test.each([0, 65])('refuses a name of %d characters', (length) => {
    expect(() => aServerlessCluster({ clusterName: 'x'.repeat(length) })).toThrow(/\[ClusterNameLength\]/);
  });

  test('takes a name that only the deployment knows', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const { template } = aServerlessCluster({ clusterName: new CfnParameter(stack, 'Parameter').valueAsString }, stack);
    template().hasResourceProperties(CLUSTER, { ClusterName: { Ref: 'Parameter' } });
  });
});
