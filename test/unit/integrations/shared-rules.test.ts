import { type App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import * as msk from '../../../lib';
import { aCluster, anApp, aStack, aVpc, ENVIRONMENT, IMPORTED_ARN, Match } from '../../../testkit/stacks';

const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const PROVISIONED = { provisionedPollers: { minimumPollers: 1 } };

const aFunction = (scope: Construct, id = 'Billing') =>
  new lambda.Function(scope, id, {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });

const groupOf = (scope: Construct, options?: ec2.SecurityGroupImportOptions, id = 'Group') =>
  ec2.SecurityGroup.fromSecurityGroupId(scope, id, 'sg-brokers', options);

function importedInto(scope: Construct, id = 'Events', group?: ec2.ISecurityGroup): msk.ICluster {
  const vpcAttributes = { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] };
  return msk.Cluster.fromClusterAttributes(scope, id, {
    clusterArn: IMPORTED_ARN,
    vpc: ec2.Vpc.fromVpcAttributes(scope, `${id}Vpc`, vpcAttributes),
    securityGroups: [group ?? groupOf(scope, undefined, `${id}Group`)],
  });
}

/** A function that reads the topic `orders` of a cluster. */
function reads(scope: Construct, cluster: msk.ICluster, props?: msk.TopicEventSourceProps, id = 'Billing') {
  const orders = msk.Topic.fromTopicName(scope, `${id}Orders`, cluster, 'orders');
  aFunction(scope, id).addEventSource(new msk.TopicEventSource(orders, props));
}

const stacksOf = (app: App, ...ids: string[]) => ids.map((id) => aStack({ app, id, env: ENVIRONMENT }));
const rulesIn = (stack: Stack) =>
  [INGRESS, EGRESS].flatMap((type) => Object.values(Template.fromStack(stack).findResources(type)));
const dependenciesOf = ({ artifactId, node }: Stack) =>
  (node.root as App)
    .synth()
    .getStackArtifact(artifactId)
    .dependencies.map(({ id }) => id);

describe('Two stacks that read one imported cluster', () => {
  const both = (share: boolean) => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    const cluster = importedInto(first);
    reads(first, cluster);
    reads(second, share ? cluster : importedInto(second));
    return { first, second };
  };

  test.each([
    ['one import', true],
    ['an import each', false],
  ])('define the rules once, with %s', (_, share) => {
    const { first, second } = both(share);
    expect(rulesIn(first)).toHaveLength(3);
    expect(rulesIn(second)).toEqual([]);
  });

  test('are deployed in the order of the rules, which outlive the stack that has them', () => {
    const { first, second } = both(false);
    expect(dependenciesOf(second)).toContain('First');
    expect(dependenciesOf(first)).not.toContain('Second');
    expect(rulesIn(first).map(({ DeletionPolicy }) => DeletionPolicy as string)).toEqual(
      Array(3).fill('RetainExceptOnCreate'),
    );
  });

  test('add rules of their own where they need others', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    reads(first, importedInto(first), PROVISIONED);
    reads(second, importedInto(second), { authentication: msk.ClientCredentials.unauthenticated() });
    expect(rulesIn(first)).toHaveLength(2);
    Template.fromStack(second).hasResourceProperties(EGRESS, { FromPort: 443, CidrIp: '0.0.0.0/0' });
    Template.fromStack(second).hasResourceProperties(INGRESS, { FromPort: 9094 });
    Template.fromStack(second).resourcePropertiesCountIs(INGRESS, { FromPort: 9098 }, 0);
  });

  test('have them in the stack that is deployed first', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    first.addStackDependency(second);
    for (const stack of [first, second]) reads(stack, importedInto(stack));
    expect([rulesIn(first).length, rulesIn(second).length]).toEqual([0, 3]);
  });

  test('are independent in different stages', () => {
    const app = anApp();
    const stacks = ['Beta', 'Prod'].map((id) => new Stack(new Stage(app, id), 'Reader', { env: ENVIRONMENT }));
    for (const stack of stacks) reads(stack, importedInto(stack));
    for (const stack of stacks) expect(rulesIn(stack)).toHaveLength(3);
  });
});

describe('A reader alone', () => {
  test('has rules that go with its stack', () => {
    const [stack] = stacksOf(anApp(), 'First');
    reads(stack, importedInto(stack));
    for (const rule of rulesIn(stack)) expect(rule).not.toHaveProperty('DeletionPolicy');
  });

  test('shares the rules of another import in its stack, and waits for them', () => {
    const [stack] = stacksOf(anApp(), 'First');
    reads(stack, importedInto(stack));
    reads(stack, importedInto(stack, 'Again'), {}, 'Shipping');
    expect(rulesIn(stack)).toHaveLength(3);
    const mappings = Object.entries(Template.fromStack(stack).findResources('AWS::Lambda::EventSourceMapping'));
    for (const [, { DependsOn }] of mappings)
      expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^KafkaPollers.*Ingress/)]));
  });

  test('uses a rule that the group has in this app already', () => {
    const [stack] = stacksOf(anApp(), 'First');
    const group = groupOf(stack);
    group.addIngressRule(group, ec2.Port.tcp(9098), 'Lambda');
    reads(stack, importedInto(stack, 'Events', group));
    Template.fromStack(stack).resourceCountIs(INGRESS, 1);
  });

  test('adds no rules if they are there already', () => {
    const [stack] = stacksOf(anApp(), 'First');
    reads(stack, importedInto(stack), { addSecurityGroupRules: false });
    expect(rulesIn(stack)).toEqual([]);
  });

  test('opens each of the groups of which two sources on one cluster are told', () => {
    const [stack] = stacksOf(anApp(), 'First');
    const cluster = importedInto(stack);
    reads(stack, cluster, PROVISIONED);
    const other = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Other', 'sg-other');
    reads(stack, cluster, { ...PROVISIONED, clusterSecurityGroups: [other] }, 'Shipping');
    for (const GroupId of ['sg-brokers', 'sg-other'])
      Template.fromStack(stack).hasResourceProperties(INGRESS, { GroupId, SourceSecurityGroupId: GroupId });
  });
});

describe("A reader in the cluster's own stack and one elsewhere", () => {
  test.each(['Platform', 'App'])('have the rules in the stack of the cluster if %s is first', (first) => {
    const app = anApp();
    const [platform, elsewhere] = stacksOf(app, 'Platform', 'App');
    const { cluster } = aCluster({ vpc: aVpc(platform) }, platform);
    const readers = first === 'Platform' ? [platform, elsewhere] : [elsewhere, platform];
    for (const stack of readers) reads(stack, cluster);
    expect(rulesIn(platform)).toHaveLength(3);
    expect(rulesIn(elsewhere)).toEqual([]);
    expect(dependenciesOf(elsewhere)).toContain('Platform');
  });
});

describe('One client group in two stacks', () => {
  const clientIn = (stack: Stack, options?: ec2.SecurityGroupImportOptions) =>
    ec2.SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client', options);

  test('is allowed once', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    for (const stack of [first, second]) importedInto(stack).allowClients(clientIn(stack));
    Template.fromStack(first).hasResource(INGRESS, { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(rulesIn(second)).toEqual([]);
    expect(dependenciesOf(second)).toContain('First');
  });

  test('is allowed once, whichever stack is deployed first', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    first.addStackDependency(second);
    for (const stack of [first, second]) importedInto(stack).allowClients(clientIn(stack));
    expect([rulesIn(first).length, rulesIn(second).length]).toEqual([1, 0]);
  });

  test('is allowed once by a cluster that is defined in a third', () => {
    const [platform, first, second] = stacksOf(anApp(), 'Platform', 'First', 'Second');
    const { cluster } = aCluster({ vpc: aVpc(platform) }, platform);
    for (const stack of [first, second]) cluster.allowClients(clientIn(stack));
    expect([platform, first, second].map((stack) => rulesIn(stack).length)).toEqual([0, 1, 0]);
  });

  test('gets its outbound rule where only one of them limits outbound traffic', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    importedInto(first).allowClients(clientIn(first));
    importedInto(second).allowClients(clientIn(second, { allowAllOutbound: false }));
    expect(rulesIn(second)).toMatchObject([
      { Type: EGRESS, Properties: { GroupId: 'sg-client', DestinationSecurityGroupId: 'sg-brokers' } },
    ]);
  });

  test('is allowed beside another client of the same call', () => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    importedInto(first).allowClients(clientIn(first));
    const other = ec2.SecurityGroup.fromSecurityGroupId(second, 'Other', 'sg-other');
    importedInto(second).allowClients(new ec2.Connections({ securityGroups: [clientIn(second), other] }));
    expect(rulesIn(second)).toMatchObject([{ Properties: { SourceSecurityGroupId: 'sg-other' } }]);
  });

  const integrations: [
    string,
    (stack: Stack, props: Pick<msk.GlueConnectionProps, 'addSecurityGroupRules'>) => void,
  ][] = [
    [
      'Flink',
      (stack, props) => new msk.FlinkAccess(stack, 'Flink', { ...common(stack), ...props, role: aRole(stack) }),
    ],
    ['Glue', (stack, props) => new msk.GlueConnection(stack, 'Glue', { ...common(stack), ...props })],
  ];
  const common = (stack: Stack) => ({ cluster: importedInto(stack), securityGroups: [clientIn(stack)] });
  const aRole = (stack: Stack) =>
    new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('kinesisanalytics.amazonaws.com') });

  test.each(integrations)('is allowed once for %s', (_, define) => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    for (const stack of [first, second]) define(stack, {});
    expect(rulesIn(first).length).toBeGreaterThan(0);
    expect(rulesIn(second)).toEqual([]);
  });

  test.each(integrations)('gets no rules from %s if they are there already', (_, define) => {
    const [stack] = stacksOf(anApp(), 'First');
    define(stack, { addSecurityGroupRules: false });
    expect(rulesIn(stack)).toEqual([]);
  });
});

describe('An immutable security group', () => {
  const immutable = { mutable: false };
  const warned = (stack: Stack, text: string) =>
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(`${text}.*cdk-msk:SecurityGroupImmutable`));

  test.each([
    ['on demand', {}, 'inbound and outbound TCP from and to itself on port 9098, and outbound TCP on port 443'],
    ['provisioned', PROVISIONED, "itself on port 9098, for Lambda's pollers"],
  ])('gets no rule for pollers, and a word about those it must have: %s', (_, props, text) => {
    const [stack] = stacksOf(anApp(), 'First');
    reads(stack, importedInto(stack, 'Events', groupOf(stack, immutable)), props);
    expect(rulesIn(stack)).toEqual([]);
    warned(stack, `sg-brokers is immutable, .*${text}`);
  });

  test('gets no rule for the function that manages topics', () => {
    const [stack] = stacksOf(anApp(), 'First');
    importedInto(stack, 'Events', groupOf(stack, immutable)).addTopic('orders');
    Template.fromStack(stack).resourceCountIs(INGRESS, 0);
    Template.fromStack(stack).hasResourceProperties(EGRESS, { DestinationSecurityGroupId: 'sg-brokers' });
    warned(stack, 'sg-brokers is immutable, .*inbound TCP on port 9098');
  });

  test.each(['First', 'Second'])('gets no rule for a client in stack %s', (where) => {
    const [first, second] = stacksOf(anApp(), 'First', 'Second');
    const cluster = importedInto(first, 'Events', groupOf(first, immutable));
    const stack = where === 'First' ? first : second;
    const options = { allowAllOutbound: false };
    cluster.allowClients(ec2.SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client', options));
    expect(rulesIn(stack)).toMatchObject([{ Type: EGRESS, Properties: { GroupId: 'sg-client' } }]);
    warned(stack, 'sg-brokers is immutable, .*inbound TCP on port 9098 from sg-client');
  });

  test('is told nothing if the rules are said to be there', () => {
    const [stack] = stacksOf(anApp(), 'First');
    reads(stack, importedInto(stack, 'Events', groupOf(stack, immutable)), { addSecurityGroupRules: false });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('SecurityGroupImmutable'));
  });
});
