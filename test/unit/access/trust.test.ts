import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from '../../../lib';
import { aCluster, aStack, ENVIRONMENT, Match } from '../../../testkit/stacks';

const ACCOUNT = { 'aws:SourceAccount': ENVIRONMENT.account };
const arn = (rest: string) => ({ 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] } });

type Made = ReturnType<typeof aCluster>;

function withReport({ cluster, stack, template }: Made): Template {
  cluster.addTopic('orders');
  new msk.TopicDriftReport(stack, 'Report', { cluster });
  return template();
}

function withOpsItems({ cluster, stack, template }: Made): Template {
  const opsItem = new actions.SsmAction(actions.OpsItemSeverity.HIGH);
  new msk.ClusterEvents(stack, 'News', { cluster, actions: [opsItem] });
  return template();
}

function withDelivery({ cluster, stack, template }: Made): Template {
  new msk.FirehoseDelivery(stack, 'Delivery', {
    topic: cluster.addTopic('orders'),
    bucket: new s3.Bucket(stack, 'Lake'),
  });
  return template();
}

describe('A role for a service can be assumed only for resources of this account', () => {
  test.each<[string, (made: Made) => Template, object]>([
    [
      'scheduler',
      withReport,
      {
        StringEquals: ACCOUNT,
        ArnLike: arn(':scheduler:eu-west-1:111122223333:schedule-group/default'),
      },
    ],
    ['events', withOpsItems, { StringEquals: ACCOUNT, ArnLike: arn(':events:eu-west-1:111122223333:rule/*') }],
    [
      'firehose', // whether Firehose sends these keys is not documented
      withDelivery,
      {
        StringEqualsIfExists: ACCOUNT,
        ArnLikeIfExists: arn(':firehose:eu-west-1:111122223333:deliverystream/*'),
      },
    ],
  ])('%s', (service, define, Condition) => {
    const Principal = { Service: `${service}.amazonaws.com` };
    const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal, Condition };
    define(aCluster()).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [statement] },
    });
  });
});

describe('Log delivery may write only logs of this account', () => {
  const stack = aStack({ env: ENVIRONMENT });
  const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key') });
  const template = aCluster({ brokerLogs: msk.BrokerLogs.s3(bucket) }, stack).template();
  const ArnLike = arn(':logs:*:111122223333:*');
  const only = (more: object) => Match.objectLike({ Condition: { StringEquals: { ...ACCOUNT, ...more }, ArnLike } });

  test('to the bucket', () => {
    const acl = { 's3:x-amz-acl': 'bucket-owner-full-control' };
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([only(acl), only({})]) },
    });
  });

  test("with the bucket's key", () => {
    template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([only({})]) } });
  });
});
