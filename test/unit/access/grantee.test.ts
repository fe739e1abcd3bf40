import type { Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from '../../../lib';
import { aCluster, aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const { Role, User } = iam;
const OWN = 'arn:aws:iam::111122223333:role/reader';
const OTHER = 'arn:aws:iam::222233334444:role/reader';

type Grantee = (stack: Stack) => iam.IGrantable;
const immutable: Grantee = (stack) => Role.fromRoleArn(stack, 'Reader', OWN, { mutable: false });

/** A stack in which a grantee was granted to read a topic of an imported cluster. */
function aReader(granteeOf: Grantee, stack = aStack({ env: ENVIRONMENT })): Stack {
  const cluster = msk.Cluster.fromClusterArn(stack, 'Events', CLUSTER_ARN);
  cluster.grants.topic('orders').consume(granteeOf(stack), 'billing');
  return stack;
}

const policiesOf = (stack: Stack) => JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));

describe('A grant to an identity of another account', () => {
  const others: [string, Grantee][] = [
    ['role', (stack) => Role.fromRoleArn(stack, 'Reader', OTHER)],
    ['immutable role', (stack) => Role.fromRoleArn(stack, 'Reader', OTHER, { mutable: false })],
    ['user', (stack) => User.fromUserArn(stack, 'Reader', 'arn:aws:iam::222233334444:user/reader')],
  ];

  test.each(others)('is refused, and names what does it: %s', (_, granteeOf) => {
    expect(() => aReader(granteeOf)).toThrow(
      /Stack\/Reader.*account 222233334444.*account 111122223333.*CrossAccountClient.*\[GranteeInOtherAccount\]/s,
    );
  });

  test.each(others)('is collected by CrossAccountClient: %s', (_, granteeOf) => {
    const stack = aStack({ env: ENVIRONMENT });
    const principal = granteeOf(stack).grantPrincipal;
    const client = new msk.CrossAccountClient({ principal });
    aReader(() => client, stack);
    expect(client.clusterPolicyStatements).toHaveLength(3);
  });

  test('is left to the deployment if the account of the stack is not known', () => {
    expect(policiesOf(aReader((stack) => Role.fromRoleArn(stack, 'Reader', OTHER), aStack()))).toContain('ReadData');
  });
});

describe('A grant to an immutable role', () => {
  test.each<[string, Grantee]>([
    ['imported', immutable],
    [
      'of this app',
      (stack) => new Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }).withoutPolicyUpdates(),
    ],
  ])('warns, and says what to add by hand: %s', (_, granteeOf) => {
    const stack = aReader(granteeOf);
    for (const statement of [
      `"Action":"kafka-cluster:Connect","Effect":"Allow","Resource":"${CLUSTER_ARN}"`,
      '"kafka-cluster:DescribeTopic","kafka-cluster:ReadData".*:topic/.*/orders"',
      '"kafka-cluster:DescribeGroup","kafka-cluster:AlterGroup".*:group/.*/billing"',
    ]) {
      const warning = Match.stringLikeRegexp(`add this statement.*${statement}.*cdk-msk:GranteeImmutable`);
      Annotations.fromStack(stack).hasWarning('*', warning);
    }
    expect(policiesOf(stack)).not.toContain('ReadData');
  });

  test('says nothing about a role that the app may change', () => {
    const stack = aReader((scope) => Role.fromRoleArn(scope, 'Reader', OWN));
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('GranteeImmutable'));
    expect(policiesOf(stack)).toContain('ReadData');
  });
});

describe('An integration with an immutable role', () => {
  interface Place {
    readonly stack: Stack;
    readonly topic: msk.Topic;
    readonly role: iam.IRole;
  }

  function readByLambda({ role, stack, topic }: Place): void {
    const code = lambda.Code.fromInline('exports.handler = () => undefined');
    const props = { code, role, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler' };
    new lambda.Function(stack, 'Fn', props).addEventSource(new msk.TopicEventSource(topic));
  }
  const readByFlink = ({ role, stack, topic }: Place) =>
    new msk.FlinkAccess(stack, 'Flink', { cluster: topic.cluster, role });
  const deliver = ({ role, stack, topic }: Place) =>
    new msk.FirehoseDelivery(stack, 'Delivery', {
      topic,
      role,
      bucket: new s3.Bucket(stack, 'Lake', { encryption: s3.BucketEncryption.KMS }),
    });

  test.each<[string, (place: Place) => unknown, string]>([
    ['event source', readByLambda, 'ec2:CreateNetworkInterface'],
    ['Flink', readByFlink, 'ec2:CreateNetworkInterface'],
    ['Firehose', deliver, 'kafka-cluster:DescribeGroup'],
    ['Firehose and its bucket', deliver, 's3:PutObject'],
    ['Firehose and its key', deliver, 'kms:GenerateDataKey'],
  ])('names what the role needs, and attaches nothing to it: %s', (_, read, action) => {
    const { cluster, stack } = aCluster();
    read({ stack, role: immutable(stack) as iam.IRole, topic: cluster.addTopic('orders') });
    Annotations.fromStack(stack).hasWarning('/Stack/Reader', Match.stringLikeRegexp(`${action}.*GranteeImmutable`));
    expect(policiesOf(stack)).not.toContain('"reader"');
  });
});
