import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from '../../lib';
import { nagFindings } from '../../testkit/nag';

/** Adds a statement of the user that the pack reports, with wildcards that statements of the library have too. */
function allowTooMuch(role: iam.IRole, bucket?: s3.IBucket): void {
  const resources = ['*', ...(bucket ? [bucket.arnForObjects('*')] : [])];
  const actions = ['iam:PassRole', 'sts:AssumeRole', 'dynamodb:DeleteTable', 's3:DeleteObject'];
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
}

interface Place {
  readonly stack: Stack;
  readonly topic: msk.Topic;
}

const aRole = (stack: Stack, service: string) =>
  new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal(`${service}.amazonaws.com`) });

function readByLambda({ stack, topic }: Place): void {
  const fn = new lambda.Function(stack, 'Own', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
  });
  allowTooMuch(fn.role!);
  fn.addEventSource(new msk.TopicEventSource(topic));
}

function readByFlink({ stack, topic }: Place): void {
  const role = aRole(stack, 'kinesisanalytics');
  allowTooMuch(role);
  new msk.FlinkAccess(stack, 'Reader', { cluster: topic.cluster, role }).consume(topic, 'own');
}

function deliver({ stack, topic }: Place): void {
  const bucket = new s3.Bucket(stack, 'Lake');
  const role = aRole(stack, 'firehose');
  allowTooMuch(role, bucket);
  new msk.FirehoseDelivery(stack, 'Reader', { bucket, role, topic });
}

/** The findings about wildcards on an app in which a role that allows too much also reads a topic. */
function wildcardsWith(read: (place: Place) => void): string[] {
  const findings = nagFindings((app) => {
    const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
    read({ stack, topic: new msk.ProvisionedCluster(stack, 'Events', { vpc }).addTopic('orders') });
  });
  return findings.filter((finding) => finding.startsWith('AwsSolutions-IAM5'));
}

describe("cdk-nag still reports a user's own statements", () => {
  test.each<[string, (place: Place) => void, string[]]>([
    ['on the role of a function with an event source', readByLambda, ['Own/ServiceRole']],
    ['on the role of a Flink application', readByFlink, ['Own']],
    ['on the role of a delivery, also on the same bucket', deliver, ['Own', 'Own']],
  ])('%s, and nothing of the library', (_, read, roles) => {
    const found = wildcardsWith(read);
    expect(found.map((one) => one.replace(/^.* Stack\//, ''))).toEqual(
      roles.map((role) => `${role}/DefaultPolicy/Resource`),
    );
  });
});
