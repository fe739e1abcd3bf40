import type { Stack } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { aCluster, anApp, aStack, aVpc, ENVIRONMENT, logicalIds, Match } from '../../../testkit/stacks';

const BOOTSTRAP = 'Custom::KafkaBootstrapBrokers';

const aFunction = (stack: Stack, vpc: ec2.IVpc, id = 'Client') =>
  new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = () => {}'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    allowAllOutbound: false,
  });

/** A cluster in one stack, and another stack of the same app. */
function twoStacks() {
  const app = anApp();
  const platform = aStack({ app, id: 'Platform', env: ENVIRONMENT });
  const vpc = aVpc(platform);
  const { cluster } = aCluster({ vpc }, platform);
  return { app, platform, vpc, cluster, client: aStack({ app, id: 'App', env: ENVIRONMENT }) };
}

describe('ProvisionedCluster.allowClients', () => {
  test('opens the IAM port to a client of the same stack, on both sides', () => {
    const { cluster, stack, template } = aCluster();
    cluster.allowClients(aFunction(stack, stack.node.findChild('Vpc') as ec2.Vpc));
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 9098,
      ToPort: 9098,
      IpProtocol: 'tcp',
    });
    template().hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      FromPort: 9098,
      ToPort: 9098,
      IpProtocol: 'tcp',
    });
  });

  test('puts the rule into the stack of the client', () => {
    const { client, cluster, platform, vpc } = twoStacks();
    cluster.allowClients(aFunction(client, vpc));
    Template.fromStack(client).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    Template.fromStack(platform).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('opens the port to a range of addresses', () => {
    const { cluster, template } = aCluster();
    cluster.allowClients(ec2.Peer.ipv4('10.1.0.0/16'));
    const rule = { CidrIp: '10.1.0.0/16', FromPort: 9098, ToPort: 9098 };
    template().hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike(rule)] });
  });

  test.each(['same', 'other'])('says nothing of a client in the %s stack that may go anywhere', (where) => {
    const { client, cluster, platform, vpc } = twoStacks();
    const stack = where === 'same' ? platform : client;
    cluster.allowClients(new ec2.SecurityGroup(stack, 'Client', { vpc }));
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('Ignoring Egress rule'));
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  });

  test('defines one rule for each of several clients of another stack', () => {
    const { client, cluster, vpc } = twoStacks();
    for (const id of ['One', 'Two'])
      cluster.allowClients(new ec2.SecurityGroup(client, id, { vpc, allowAllOutbound: false }));
    Template.fromStack(client).resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
    Template.fromStack(client).resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
  });

  test('makes the cluster connectable on its default port', () => {
    const { cluster, stack, template } = aCluster();
    aFunction(stack, stack.node.findChild('Vpc') as ec2.Vpc).connections.allowToDefaultPort(cluster);
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098 });
  });
});

describe('A cluster and a stack of an app', () => {
  test('have no cycle with allowClients, grants, a topic and bootstrap brokers', () => {
    const { app, client, cluster, platform, vpc } = twoStacks();
    const fn = aFunction(client, vpc);
    const topic = new msk.Topic(client, 'orders', { cluster });
    topic.grants.produce(fn);
    cluster.allowClients(fn);
    fn.addEnvironment('BOOTSTRAP', cluster.bootstrapBrokers.saslIam);
    app.synth();
    expect(client.dependencies).toEqual([platform]);
    expect(platform.dependencies).toEqual([]);
  });

  test('keep worker, rules and provider of a topic in the stack of the topic', () => {
    const { client, cluster, platform } = twoStacks();
    new msk.Topic(client, 'orders', { cluster });
    Template.fromStack(client).resourceCountIs('AWS::Lambda::Function', 3);
    Template.fromStack(platform).resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('ProvisionedCluster.bootstrapBrokers', () => {
  test('are read from MSK by a resource that is refreshed when brokers or access change', () => {
    const { cluster, stack, template } = aCluster({ brokersPerAz: 2 });
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    template().hasResourceProperties(BOOTSTRAP, {
      ClusterArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] },
      Refresh: { numberOfBrokerNodes: 6, clientAuthentication: Match.anyValue(), kafkaVersion: '3.9.x.kraft' },
    });
    template().hasOutput('*', {
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsBootstrapBrokers'), 'SaslIam'] },
    });
  });

  test('cost one resource, however often they are asked for', () => {
    const { cluster, template } = aCluster();
    expect(cluster.bootstrapBrokers.saslIam).toBe(cluster.bootstrapBrokers.saslIam);
    template().resourceCountIs(BOOTSTRAP, 1);
  });

  test('cost nothing when nobody asks', () => {
    aCluster().template().resourceCountIs(BOOTSTRAP, 0);
  });

  test('have the same logical ID, whatever was asked for before', () => {
    const first = aCluster();
    void first.cluster.bootstrapBrokers.saslIam;
    first.cluster.addTopic('orders');
    const second = aCluster();
    second.cluster.addTopic('orders');
    void second.cluster.bootstrapBrokers.saslIam;
    expect(Object.keys(first.template().toJSON().Resources).sort()).toEqual(
      Object.keys(second.template().toJSON().Resources).sort(),
    );
  });
});

describe('ClusterGrants.connect', () => {
  test('allows to connect to just this cluster', () => {
    const { cluster, stack, template } = aCluster();
    cluster.grants.connect(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'kafka-cluster:Connect', Resource: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } },
        ],
      },
    });
  });
});

describe('Cluster.fromClusterAttributes', () => {
  const ARN = 'arn:aws-cn:kafka:cn-north-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
  const imported = () => {
    const stack = aStack({ env: { ...ENVIRONMENT, region: 'cn-north-1' } });
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')];
    const attributes = { clusterArn: ARN, vpc: aVpc(stack), securityGroups };
    return { stack, cluster: msk.Cluster.fromClusterAttributes(stack, 'Imported', attributes) };
  };

  test('knows its name, and topics by literal ARNs of its partition', () => {
    const { cluster } = imported();
    expect(cluster.clusterName).toBe('events');
    expect(cluster.addTopic('orders').topicArn).toBe(`${ARN.replace(':cluster/', ':topic/')}/orders`);
  });

  test('has topics and bootstrap brokers', () => {
    const { cluster, stack } = imported();
    cluster.addTopic('orders');
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::KafkaTopic', { ClusterArn: ARN, ReplicationFactor: 3 });
    template.hasResourceProperties(BOOTSTRAP, { ClusterArn: ARN });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-0123456789abcdef0',
      FromPort: 9098,
    });
  });
});

describe('Synthesis', () => {
  const synthesize = () => {
    const stack = aStack({ app: new App({ analyticsReporting: false }), env: ENVIRONMENT });
    const { cluster } = aCluster({}, stack);
    cluster.addTopic('orders', { configs: { minInsyncReplicas: 2, other: { 'b.c': '1' } } });
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    return JSON.stringify(Template.fromStack(stack).toJSON());
  };

  test('gives the same bytes twice', () => {
    expect(synthesize()).toBe(synthesize());
  });

  test('stays within the budget: at most 3 functions and 20 resources for a cluster with two topics', () => {
    const { cluster, stack, template } = aCluster();
    cluster.addTopic('orders');
    cluster.addTopic('orders.dlq');
    stack.exportValue(cluster.bootstrapBrokers.saslIam);
    const types = Object.values(template().toJSON().Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );
    const network = /^AWS::EC2::(VPC|Subnet|RouteTable|SubnetRouteTableAssociation)$/;
    const apart = [
      'Custom::KafkaTopic',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::CDK::Metadata',
    ];
    const counted = types.filter((type) => !network.test(type) && !apart.includes(type));
    expect(logicalIds(template(), 'AWS::Lambda::Function').length).toBeLessThanOrEqual(3);
    expect(counted.length).toBeLessThanOrEqual(20);
  });
});
