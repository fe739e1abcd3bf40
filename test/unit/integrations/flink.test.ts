import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnApplication } from 'aws-cdk-lib/aws-kinesisanalyticsv2';
import facts from '../../../lib/model/facts/iam.json';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { reaches } from '../../../testkit/reachability';
import {
  aBareCluster,
  aCluster,
  aStack,
  aVpc,
  ENVIRONMENT,
  IMPORTED_ARN,
  Match,
  propertiesOf,
} from '../../../testkit/stacks';

const APPLICATION = 'AWS::KinesisAnalyticsV2::Application';

const aRole = (stack: Stack) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('kinesisanalytics.amazonaws.com') });

/** An application that uses everything the access offers. */
function anApplication(stack: Stack, access: msk.FlinkAccess): CfnApplication {
  const application = new CfnApplication(stack, 'App', {
    runtimeEnvironment: 'FLINK-1_20',
    serviceExecutionRole: 'arn:aws:iam::111122223333:role/flink',
    applicationConfiguration: {
      vpcConfigurations: [access.vpcConfiguration],
      environmentProperties: { propertyGroups: [access.propertyGroup()] },
    },
  });
  access.applyBefore(application);
  return application;
}

/** An access in the stack of the cluster, unless the props name another cluster. */
function anAccess(props: Partial<msk.FlinkAccessProps> = {}, options: Partial<msk.ProvisionedClusterProps> = {}) {
  const made = aCluster(options);
  const access = new msk.FlinkAccess(made.stack, 'Flink', { cluster: made.cluster, role: aRole(made.stack), ...props });
  return { ...made, access };
}

function configurationOf(template: Template) {
  const { ApplicationConfiguration } = propertiesOf(template, APPLICATION) as {
    ApplicationConfiguration: {
      EnvironmentProperties: { PropertyGroups: object[] };
      VpcConfigurations: { SecurityGroupIds: unknown[]; SubnetIds: unknown[] }[];
    };
  };
  const [place] = ApplicationConfiguration.VpcConfigurations;
  return { ...place, groups: ApplicationConfiguration.EnvironmentProperties.PropertyGroups };
}

const brokersOf = (template: Template) =>
  (propertiesOf(template, 'AWS::MSK::Cluster') as { BrokerNodeGroupInfo: { SecurityGroups: unknown[] } })
    .BrokerNodeGroupInfo.SecurityGroups;

describe('FlinkAccess', () => {
  test('gives the role just what a VPC and the topics want', () => {
    const { access, cluster, template } = anAccess();
    access.consume(cluster.addTopic('orders'), 'totals');
    access.produce(cluster.addTopic('totals'));
    const statements = allowed(template(), 'Role');
    const [network] = statements.splice(-1);
    expect(network).toEqual({ actions: facts.consumers.flinkNetwork, resources: ['*'] });
    expect(inShort(statements)).toEqual([
      'Connect on cluster',
      'DescribeTopic ReadData on topic/orders',
      'DescribeGroup AlterGroup on group/totals',
      'Connect WriteDataIdempotently on cluster',
      'DescribeTopic WriteData on topic/totals',
    ]);
  });

  test('lets a sink write exactly once, by the prefix of its transactional IDs', () => {
    const { access, cluster, template } = anAccess();
    access.produceTransactionally(cluster.addTopic('totals'), 'totals');
    const statements = inShort(allowed(template(), 'Role'));
    expect(statements).toContain('DescribeTransactionalId AlterTransactionalId on transactional-id/totals-*');
    expect(statements.join()).not.toContain('ReadData');
  });

  test('lets a sink that pools its transactions ask for the producers of the topic', () => {
    const { access, cluster, template } = anAccess();
    access.produceTransactionally(cluster.addTopic('totals'), 'totals', { pooling: true });
    expect(inShort(allowed(template(), 'Role'))).toContain('ReadData on topic/totals');
  });

  test('has properties for the connector, with the classes of IAM', () => {
    const { access, stack, template } = anAccess();
    anApplication(stack, access);
    expect(configurationOf(template()).groups).toEqual([
      {
        PropertyGroupId: 'Kafka',
        PropertyMap: {
          'bootstrap.servers': { 'Fn::GetAtt': [expect.stringMatching(/BootstrapBrokers/), 'SaslIam'] },
          'security.protocol': 'SASL_SSL',
          'sasl.mechanism': 'AWS_MSK_IAM',
          'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
          'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
        },
      },
    ]);
    expect(access.propertyGroup('Source')).toEqual({ propertyGroupId: 'Source', propertyMap: access.properties });
  });

  test('stands where the brokers do', () => {
    const { access, stack, template } = anAccess();
    anApplication(stack, access);
    const { BrokerNodeGroupInfo } = propertiesOf(template(), 'AWS::MSK::Cluster') as {
      BrokerNodeGroupInfo: { ClientSubnets: unknown[] };
    };
    expect(configurationOf(template()).SubnetIds).toEqual(BrokerNodeGroupInfo.ClientSubnets);
  });

  test('stands where it is told to, with groups of its own', () => {
    const { cluster, stack } = aCluster();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Other', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-1', 'subnet-2'],
    });
    const access = new msk.FlinkAccess(stack, 'Flink', {
      cluster,
      role: aRole(stack),
      vpc,
      vpcSubnets: { availabilityZones: ['eu-west-1b'] },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    });
    expect(access.vpcConfiguration).toEqual({ subnetIds: ['subnet-2'], securityGroupIds: ['sg-1'] });
  });

  test('comes before the application, with its policy and its group', () => {
    const { access, cluster, stack, template } = anAccess();
    access.consume(cluster.addTopic('orders'), 'totals');
    anApplication(stack, access);
    const [{ DependsOn }] = Object.values(template().findResources(APPLICATION));
    for (const other of [/^RoleDefaultPolicy/, /^FlinkSecurityGroup/])
      expect(DependsOn).toContainEqual(expect.stringMatching(other));
  });

  test('comes as the cluster lets clients in', () => {
    const authentication = [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram()];
    const { access, template } = anAccess({ authentication: msk.ClientAuthentication.scram() }, { authentication });
    expect(access.properties).toMatchObject({ 'sasl.mechanism': 'SCRAM-SHA-512', 'security.protocol': 'SASL_SSL' });
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9096 });
  });
});

describe('The network of FlinkAccess', () => {
  test('reaches the brokers on their port for IAM, and on no other', () => {
    const { access, stack, template } = anAccess();
    anApplication(stack, access);
    const application = configurationOf(template()).SecurityGroupIds;
    expect(reaches(template(), application, brokersOf(template()), 9098)).toBe(true);
    expect(reaches(template(), application, brokersOf(template()), 9094)).toBe(false);
  });

  test('does not reach them without the rules', () => {
    const { stack, template } = aCluster();
    const group = new ec2.SecurityGroup(stack, 'Alone', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
    const { logicalId } = group.node.defaultChild as ec2.CfnSecurityGroup;
    const alone = { 'Fn::GetAtt': [stack.resolve(logicalId), 'GroupId'] };
    expect(reaches(template(), [alone], brokersOf(template()), 9098)).toBe(false);
  });

  test('has its rules in its own stack', () => {
    const { cluster, stack } = aCluster();
    const own = aStack({ app: stack.node.root as App, id: 'Own', env: ENVIRONMENT });
    new msk.FlinkAccess(own, 'Flink', { cluster, role: aRole(own) });
    Template.fromStack(own).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098 });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });
});

describe('FlinkAccess to a cluster that was made elsewhere', () => {
  const theirGroups = (stack: Stack) => [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-brokers')];

  test('takes an imported one', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const attributes = { clusterArn: IMPORTED_ARN, vpc: aVpc(stack), securityGroups: theirGroups(stack) };
    const cluster = msk.Cluster.fromClusterAttributes(stack, 'Old', attributes);
    new msk.FlinkAccess(stack, 'Flink', { cluster, role: aRole(stack) });
    const rule = { GroupId: 'sg-brokers', FromPort: 9098, ToPort: 9098 };
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', rule);
  });

  test.each([
    [undefined, 9098, 'AWS_MSK_IAM'],
    [msk.ClientAuthentication.scram(), 9096, 'SCRAM-SHA-512'],
    [msk.ClientAuthentication.tls(), 9094, undefined],
  ])('takes a bare reference that it is told the network of: %#', (authentication, port, mechanism) => {
    const stack = aStack({ env: ENVIRONMENT });
    const known = { vpc: aVpc(stack), clusterSecurityGroups: theirGroups(stack), authentication };
    const access = new msk.FlinkAccess(stack, 'Flink', { cluster: aBareCluster(stack), role: aRole(stack), ...known });
    expect(access.properties['sasl.mechanism']).toBe(mechanism);
    const rule = { GroupId: 'sg-brokers', FromPort: port, SourceSecurityGroupId: Match.anyValue() };
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', rule);
  });

  test.each<[string, { groups?: boolean; vpc?: boolean }]>([
    ['nothing', {}],
    ['its VPC only', { vpc: true }],
    ['its groups only', { groups: true }],
  ])('refuses a bare reference of which it knows %s', (_, { groups, vpc }) => {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = aBareCluster(stack);
    const told = { ...(vpc && { vpc: aVpc(stack) }), ...(groups && { clusterSecurityGroups: theirGroups(stack) }) };
    expect(() => new msk.FlinkAccess(stack, 'Flink', { cluster, role: aRole(stack), ...told })).toThrow(
      /set 'vpc' and 'clusterSecurityGroups'.*\[ClientsWithoutNetwork\]/,
    );
  });
});

describe('FlinkAccess refuses', () => {
  test('grants for an application that does not come by IAM', () => {
    const authentication = [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram()];
    const { access, cluster } = anAccess({ authentication: msk.ClientAuthentication.scram() }, { authentication });
    const orders = cluster.addTopic('orders');
    expect(() => access.consume(orders, 'totals')).toThrow(/\[FlinkGrantWithoutIam\]/);
    expect(() => access.produce(orders)).toThrow(/\[FlinkGrantWithoutIam\]/);
    expect(() => access.produceTransactionally(orders, 't')).toThrow(/\[FlinkGrantWithoutIam\]/);
  });

  test('a way in that the cluster does not have', () => {
    expect(() => anAccess({ authentication: msk.ClientAuthentication.scram() })).toThrow(/\[AuthenticationOff\]/);
  });
});
