import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as cfn from 'aws-cdk-lib/aws-msk';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as msk from '../../../lib';
import { aBareCluster, aCluster, aStack, aVpc, ENVIRONMENT, Match } from '../../../testkit/stacks';

const TOPIC = 'Custom::KafkaTopic';
const WAYS = ['iam', 'scram', 'tls', 'none'] as const;
type Way = (typeof WAYS)[number];

function authenticationOf(stack: Stack, way: Way): msk.ClientCredentials {
  const secret = () =>
    new secretsmanager.Secret(stack, `Secret${way}`, { encryptionKey: new kms.Key(stack, `Key${way}`) });
  if (way === 'scram') return msk.ClientCredentials.scram(secret());
  if (way === 'tls') return msk.ClientCredentials.tls(secret());
  return way === 'iam' ? msk.ClientCredentials.iam() : msk.ClientCredentials.unauthenticated();
}

const Auth = msk.ClientAuthentication;

function aTopicBy(way: Way, authentication = [Auth.iam(), Auth.scram(), Auth.tls(), Auth.unauthenticated()]) {
  const { cluster, stack, template } = aCluster({ authentication });
  const backend = msk.TopicBackend.dataPlane({ authentication: authenticationOf(stack, way) });
  new msk.Topic(stack, 'orders', { cluster, backend });
  return { stack, template: template() };
}

describe('TopicBackend.dataPlane', () => {
  test.each([
    ['iam', [9098]],
    ['scram', [9096]],
    ['tls', [9094]],
    ['none', [9094, 9092]],
  ] as const)('opens the ports of %s and no others', (way, ports) => {
    const { template } = aTopicBy(way);
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.map(({ Properties }) => Properties.FromPort)).toEqual(ports);
  });

  test.each([
    [
      'iam',
      [Auth.scram(), Auth.unauthenticated()],
      /ClientCredentials.iam\(\), which.*scram\(…\) or ClientCredentials.unauthenticated\(\)/,
    ],
    ['scram', [Auth.iam()], /ClientCredentials.scram\(…\), which.*ClientCredentials.iam\(\) }\)/],
    ['tls', [Auth.iam()], /ClientCredentials.tls\(…\), which the cluster does not have enabled/],
    ['none', [Auth.iam()], /ClientCredentials.unauthenticated\(\), which.*\[TopicAuthenticationOff\]/],
  ] as const)('refuses %s on a cluster that does not take it, and says what it takes', (way, has, message) => {
    expect(() => aTopicBy(way, [...has])).toThrow(message);
  });

  test.each(WAYS)('takes %s on a cluster with nothing else', (way) => {
    const only = { iam: Auth.iam(), scram: Auth.scram(), tls: Auth.tls(), none: Auth.unauthenticated() }[way];
    expect(() => aTopicBy(way, [only])).not.toThrow();
  });

  test.each(['scram', 'tls'] as const)(
    'hands over the ARN of the secret for %s, and lets the dispatcher read it',
    (way) => {
      const { template } = aTopicBy(way);
      const arn = { Ref: Match.stringLikeRegexp(`^Secret${way}`) };
      template.hasResourceProperties(TOPIC, { Authentication: way, Secret: arn });
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn },
            {
              Effect: 'Allow',
              Action: 'kms:Decrypt',
              Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^Key${way}`), 'Arn'] },
            },
          ],
        },
      });
    },
  );

  test('keeps what reads the secret as long as a topic needs it', () => {
    const [{ DependsOn }] = Object.values(aTopicBy('scram').template.findResources(TOPIC)) as { DependsOn: string[] }[];
    expect(DependsOn).toEqual([
      expect.stringMatching(/^KafkaProviderWorkerscram[0-9a-f]{12}DispatchPolicy/),
      expect.stringMatching(/^KafkaProviderWorkerscram[0-9a-f]{12}Secret/),
    ]);
  });

  test('waits for a new secret as long as nobody asks for it', () => {
    aTopicBy('scram').template.hasResourceProperties(TOPIC, { PermissionGracePeriod: 0 });
    aTopicBy('iam').template.hasResourceProperties(TOPIC, { PermissionGracePeriod: 120 });
  });

  test.each(['scram', 'tls', 'none'] as const)('gives the worker no IAM action on the cluster for %s', (way) => {
    const policies = JSON.stringify(aTopicBy(way).template.findResources('AWS::IAM::Policy'));
    expect(policies).not.toContain('kafka-cluster:');
  });

  test('makes one worker for each kind of authentication', () => {
    const { cluster, stack, template } = aCluster({ authentication: [Auth.iam(), Auth.unauthenticated()] });
    cluster.addTopic('a');
    for (const id of ['b', 'c'])
      new msk.Topic(stack, id, {
        cluster,
        backend: msk.TopicBackend.dataPlane({ authentication: msk.ClientCredentials.unauthenticated() }),
      });
    template().resourceCountIs('AWS::Lambda::Function', 4);
  });

  const groupsOf = (stack: Stack, ...ids: string[]) =>
    ids.map((id) => ec2.SecurityGroup.fromSecurityGroupId(stack, `${id}${stack.node.children.length}`, id));

  /** Two topics of one cluster, of which only the first names the network in this way. */
  function twice(second: (stack: Stack) => msk.DataPlaneProps) {
    const stack = aStack({ env: ENVIRONMENT });
    const cluster = aBareCluster(stack);
    const first = { vpc: aVpc(stack), clusterSecurityGroups: groupsOf(stack, 'sg-1', 'sg-2') };
    for (const [topicName, props] of Object.entries({ a: first, b: { ...first, ...second(stack) } }))
      new msk.Topic(stack, topicName, { cluster, topicName, backend: msk.TopicBackend.dataPlane(props) });
    return stack;
  }

  test.each<[string, (stack: Stack) => msk.DataPlaneProps, RegExp]>([
    [
      'security groups',
      (stack) => ({ clusterSecurityGroups: groupsOf(stack, 'sg-3') }),
      /'clusterSecurityGroups' of the data plane is sg-3, but sg-1, sg-2 for other topics/,
    ],
    [
      'a VPC',
      (stack) => ({ vpc: aVpc(new Stack(stack, 'Nested')) }),
      /'vpc' of the data plane is Stack\/Nested\/Vpc, but Stack\/Vpc for other topics.*\[DataPlaneTwice\]/,
    ],
    [
      'subnets',
      () => ({ vpcSubnets: { availabilityZones: ['eu-west-1a'] } }),
      /'vpcSubnets' of the data plane is .*\[DataPlaneTwice\]/,
    ],
  ])('refuses other %s for a second topic of the same cluster', (_, second, message) => {
    expect(() => twice(second)).toThrow(message);
  });

  test('takes the same network in other words', () => {
    const stack = twice((scope) => ({ clusterSecurityGroups: groupsOf(scope, 'sg-2', 'sg-1') }));
    Template.fromStack(stack).resourceCountIs(TOPIC, 2);
  });

  test('brings topics to an L1 cluster', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    const group = new ec2.SecurityGroup(stack, 'Brokers', { vpc });
    const cluster = new cfn.CfnCluster(stack, 'L1', {
      clusterName: 'events',
      kafkaVersion: '3.9.x',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        clientSubnets: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
        instanceType: 'kafka.m7g.large',
      },
    });
    new msk.Topic(stack, 'orders', {
      cluster,
      backend: msk.TopicBackend.dataPlane({ vpc, clusterSecurityGroups: [group] }),
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(TOPIC, { ClusterArn: { Ref: 'L1' }, ReplicationFactor: 3 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Brokers'), 'GroupId'] },
    });
  });
});
