import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ClientCredentials } from '../access/client-credentials';
import type { ITopic } from '../topics/topic-options';

/** Properties of a topic as the event source of a Lambda function. */
export interface TopicEventSourceProps {
  /**
   * The consumer group, 1 to 200 characters. A change creates a new event source mapping, which begins at `startingPosition`.
   *
   * @default - a group that is unique to this function and this topic
   */
  readonly consumerGroup?: string;

  /**
   * Where a consumer group without committed offsets begins to read. It applies only once. To begin elsewhere, use
   * another `consumerGroup`.
   *
   * @default lambda.StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * Where to begin with `lambda.StartingPosition.AT_TIMESTAMP`: Unix time in seconds.
   *
   * @default - none; required with `AT_TIMESTAMP`, and an error with other starting positions
   */
  readonly startingPositionTimestamp?: number;

  /**
   * Maximum number of records per invocation, from 1 to 10,000.
   *
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * Maximum time to gather records before the function is invoked.
   *
   * @default Duration.millis(500)
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * How often Lambda retries a batch for which the function returns an error: 0 to 10,000, or -1 for no limit. What is left
   * goes to the destination, if there is one. Needs `provisionedPollers`.
   *
   * @default -1; with a destination, Lambda retries at most ten times
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
   */
  readonly retryAttempts?: number;

  /**
   * The age from which Lambda no longer sends a record to the function: 1 minute to 7 days. Needs `provisionedPollers`.
   *
   * @default - no limit besides the retention of the topic
   */
  readonly maxRecordAge?: Duration;

  /**
   * Whether Lambda splits a batch in two when the function returns an error, and retries each half. Needs
   * `provisionedPollers`.
   *
   * @default false
   */
  readonly bisectBatchOnError?: boolean;

  /**
   * Whether the function answers which records of a batch failed, so that only these are retried. Needs
   * `provisionedPollers`.
   *
   * @default false
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Filters for the records that the function receives, created with `lambda.FilterCriteria.filter`. Other records are
   * skipped.
   *
   * @default - the function receives all records
   */
  readonly filters?: { [key: string]: string }[];

  /**
   * Key that encrypts the filters. Lambda is allowed to decrypt with it. An imported key must allow that itself.
   *
   * @default - an AWS managed key; an error without `filters`
   */
  readonly filterEncryption?: kms.IKey;

  /**
   * Destination for batches that the function cannot process: a queue, an SNS topic or a bucket. With a destination and
   * without `retryAttempts`, Lambda retries a batch at most ten times.
   *
   * @default - batches are retried until their records expire
   */
  readonly onFailure?: lambda.IEventSourceDlq;

  /**
   * Topic of the same cluster that receives records which the function cannot process. It cannot be combined with
   * `onFailure`.
   *
   * @default - records are not sent to a topic
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
   */
  readonly deadLetterTopic?: ITopic;

  /**
   * Minimum and maximum number of provisioned pollers. They are always ready, and do not need internet access from the
   * cluster's subnets.
   *
   * @default - pollers run on demand, so the cluster's subnets need NAT, or VPC endpoints for Lambda and STS
   */
  readonly provisionedPollers?: lambda.ProvisionedPollerConfig;

  /**
   * Schema registry that validates and decodes records. It requires `provisionedPollers`.
   *
   * @default - records are not validated
   */
  readonly schemaRegistry?: lambda.ISchemaRegistry;

  /**
   * Additional CloudWatch metrics of the event source. Needs `provisionedPollers`.
   *
   * @default - no additional metrics
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
   */
  readonly metricsConfig?: lambda.MetricsConfig;

  /**
   * What the pollers write to the log group of the function. Needs `provisionedPollers`.
   *
   * @default - they write nothing
   * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
   */
  readonly logLevel?: lambda.EventSourceMappingLogLevel;

  /**
   * Tags of the event source mapping.
   *
   * @default - the tags of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether the function reads records.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How the pollers authenticate to the brokers. With SCRAM and mutual TLS, the function's role is allowed to read the
   * secret, and Kafka ACLs decide what the user may do. The secret of a SCRAM user must be associated with the cluster. An
   * imported secret needs its complete ARN.
   *
   * @default ClientCredentials.iam()
   * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html
   */
  readonly authentication?: ClientCredentials;

  /**
   * The security groups of the brokers, which the pollers also use.
   *
   * @default - the security groups of the cluster; required if the network of the cluster is not known, as for an L1
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the rules that pollers need are added to the brokers' security groups. EC2 refuses a rule that exists
   * already, so set this to false if another app, tool or person has added them: inbound and outbound TCP from and to
   * the group itself on the brokers' port, and outbound TCP on port 443 without `provisionedPollers`.
   *
   * @default true
   */
  readonly addSecurityGroupRules?: boolean;
}
