import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct, IDependable } from 'constructs';

const DELIVERY = new iam.ServicePrincipal('delivery.logs.amazonaws.com');

/**
 * Lets CloudWatch Logs encrypt log groups with a key. By the names of the groups and not by their ARNs: a key of another
 * stack would depend on this one, which depends on it.
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
 * Lets log delivery write to a bucket, and use its key. What it gives back must be there before anything is delivered; nothing
 * for a bucket that somebody else made.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
export function allowBucket(bucket: s3.IBucket): IDependable[] {
  const { account } = Stack.of(bucket);
  const conditions = { StringEquals: { 'aws:SourceAccount': account } };
  const written = bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [DELIVERY],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
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
