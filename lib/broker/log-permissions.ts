import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct, IDependable } from 'constructs';

const DELIVERY = new iam.ServicePrincipal('delivery.logs.amazonaws.com');

/**
 * Allows CloudWatch Logs to encrypt log groups with a key. The groups are matched by name and not by reference: the
 * stack of the key would otherwise depend on this one, which depends on it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowLogGroups(scope: IConstruct, key: kms.IKey, name: string): void {
  const { account, partition, region } = Stack.of(scope);
  const groups = `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
    }),
  );
}

/**
 * Allows log delivery to write to a bucket and to use its key. Returns the bucket policy, which must exist before the
 * first delivery, or nothing for an imported bucket, whose policy this app cannot change.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
export function allowBucket(bucket: s3.IBucket): IDependable[] {
  const { account, partition } = Stack.of(bucket);
  const conditions = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:*:${account}:*` }, // the cluster may be in another Region than the bucket
  };
  const written = bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [DELIVERY],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        ...conditions,
        StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [DELIVERY],
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions,
    }),
  );
  bucket.encryptionKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [DELIVERY],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions,
    }),
  );
  return written.policyDependable ? [written.policyDependable] : [];
}
