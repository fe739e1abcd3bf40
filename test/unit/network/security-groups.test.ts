import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import { reaches, reachesServices } from '../../../testkit/reachability';
import {
  aBareCluster,
  aCluster,
  anExpressCluster,
  aServerlessCluster,
  aStack,
  aVpc,
  ENVIRONMENT,
  Match,
} from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const GROUP = 'AWS::EC2::SecurityGroup';

interface GroupProps {
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];
  readonly allowAllOutbound?: boolean;
}

const aRole = (stack: Stack) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('kinesisanalytics.amazonaws.com') });

function reads(stack: Stack, props: msk.TopicEventSourceProps) {
  const fn = new lambda.Function(stack, 'Reader', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  fn.addEventSource(
    new msk.TopicEventSource(msk.Topic.fromTopicName(stack, 'orders', aBareCluster(stack), 'orders'), props),
  );
}

const otherVpcs = (stack: Stack, props: GroupProps) => [{ vpc: stack.node.findChild('Vpc') as ec2.Vpc, ...props }];

/** Everything that creates a security group unless it is given some. */
const OWNERS: Record<string, (stack: Stack, vpc: ec2.Vpc, props: GroupProps) => unknown> = {
  'Standard brokers': (stack, vpc, props) => aCluster({ vpc, ...props }, stack),
  'Express brokers': (stack, vpc, props) => anExpressCluster({ vpc, ...props }, stack),
  'a Serverless cluster': (stack, vpc, props) => aServerlessCluster({ vpc, ...props }, stack),
  'another VPC of it': (stack, vpc, props) =>
    aServerlessCluster({ vpc, allowAllOutbound: props.allowAllOutbound, otherVpcs: otherVpcs(stack, props) }, stack),
  Flink: (stack, vpc, props) =>
    new msk.FlinkAccess(stack, 'Flink', { ...reference(stack, vpc), role: aRole(stack), ...props }),
  Glue: (stack, vpc, props) => new msk.GlueConnection(stack, 'Glue', { ...reference(stack, vpc), ...props }),
};

const reference = (stack: Stack, vpc: ec2.Vpc) => {
  const brokers = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-brokers');
  return { cluster: aBareCluster(stack), vpc, clusterSecurityGroups: [brokers] };
};

const USERS: Record<string, (stack: Stack, vpc: ec2.Vpc) => unknown> = {
  ...Object.fromEntries(
    Object.entries(OWNERS).map(([name, define]) => [
      name,
      (stack: Stack, vpc: ec2.Vpc) => define(stack, vpc, { securityGroups: [] }),
    ]),
  ),
  'the brokers of Flink': (stack, vpc) => OWNERS.Flink(stack, vpc, { clusterSecurityGroups: [] }),
  'the brokers of Glue': (stack, vpc) => OWNERS.Glue(stack, vpc, { clusterSecurityGroups: [] }),
  'an imported cluster': (stack, vpc) =>
    msk.Cluster.fromClusterAttributes(stack, 'C', { clusterArn: CLUSTER_ARN, vpc, securityGroups: [] }),
  'an event source': (stack) => reads(stack, { clusterSecurityGroups: [] }),
  'a topic': (stack, vpc) => {
    const backend = msk.TopicBackend.dataPlane({ vpc, clusterSecurityGroups: [] });
    return new msk.Topic(stack, 'orders', { cluster: aBareCluster(stack), topicName: 'orders', backend });
  },
};

const inNewStack = <T>(define: (stack: Stack, vpc: ec2.Vpc) => T) => {
  const stack = aStack({ env: ENVIRONMENT });
  const result = define(stack, aVpc(stack));
  return { result, stack };
};

describe('An empty list of security groups', () => {
  test.each(Object.entries(USERS))('is refused for %s', (_, define) => {
    expect(() => inNewStack(define)).toThrow(/must contain at least one security group.*\[SecurityGroupsEmpty\]/);
  });
});

describe('The security group that is created for', () => {
  const created = Object.entries(OWNERS);
  const outbound = (stack: Stack) =>
    Object.values(Template.fromStack(stack).findResources(GROUP)).flatMap(
      ({ Properties }) => Properties.SecurityGroupEgress as Record<string, unknown>[],
    );

  test.each(created)('%s allows all outbound traffic, unless it is told not to', (_, define) => {
    const anything = expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }) as unknown;
    expect(outbound(inNewStack((stack, vpc) => define(stack, vpc, {})).stack)).toContainEqual(anything);
    const closed = inNewStack((stack, vpc) => define(stack, vpc, { allowAllOutbound: false })).stack;
    expect(outbound(closed)).not.toContainEqual(anything);
  });

  test.each(created)('%s has no outbound choice if others are given', (_, define) => {
    const both = (stack: Stack, vpc: ec2.Vpc) => {
      const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-given');
      return define(stack, vpc, { securityGroups: [group], allowAllOutbound: false });
    };
    expect(() => inNewStack(both)).toThrow(/'allowAllOutbound' applies only to.*\[OutboundOfGivenGroups\]/);
  });

  test.each([
    ['Flink', 'Flink'],
    ['Glue', 'Glue'],
  ])('%s reaches the brokers and nothing else if it is closed', (name, id) => {
    const { stack } = inNewStack((scope, vpc) => OWNERS[name](scope, vpc, { allowAllOutbound: false }));
    const template = Template.fromStack(stack);
    const [group] = Object.keys(template.findResources(GROUP)).filter((one) => one.startsWith(id));
    const clients = [{ 'Fn::GetAtt': [group, 'GroupId'] }];
    expect(reaches(template, clients, ['sg-brokers'], 9098)).toBe(true);
    expect(reachesServices(template, clients, 443)).toBe(false);
  });

  test('brokers lets pollers reach the services that they call, if it is closed', () => {
    const { cluster, stack, template } = aCluster({ allowAllOutbound: false });
    const fn = new lambda.Function(stack, 'Reader', {
      code: lambda.Code.fromInline('exports.handler = () => undefined'),
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
    });
    fn.addEventSource(new msk.TopicEventSource(cluster.addTopic('orders')));
    const id = { 'Fn::GetAtt': [Match.stringLikeRegexp('^EventsSecurityGroup'), 'GroupId'] };
    for (const port of [443, 9098])
      template().hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: id, FromPort: port, ToPort: port });
  });
});
