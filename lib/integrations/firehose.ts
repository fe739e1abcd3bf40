import { Aspects, type Duration, RemovalPolicy, type Size } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { grantActions } from '../access/apply-grant';
import { reportIneffective } from '../access/grantee';
import { type OwnPolicy, ownPolicy } from '../access/own-policy';
import { serviceForOwn } from '../internal/own-account';
import { acknowledgedDelivery, acknowledgeDeliveryStream } from '../internal/acknowledge';
import { partArn } from '../internal/cluster-arns';
import facts from '../model/facts/iam.json';
import { elsewhereFindings } from '../internal/environment';
import { refuse } from '../internal/validation';
import type { ITopic } from '../topics/topic-options';
import {
  clusterSetupFindings,
  connectivityFindings,
  destinationFindings,
  FirehoseConnectivity,
} from './firehose-rules';
import { checked } from '../internal/signatures/checked';

/** Properties of a delivery from a topic to a bucket. */
export interface FirehoseDeliveryProps {
  /** The topic to read. A change replaces the delivery stream, and the new one begins at `startFrom`. */
  readonly topic: ITopic;

  /** The bucket that receives the records. */
  readonly bucket: s3.IBucket;

  /**
   * How Firehose connects to the brokers. It authenticates with IAM in either case.
   *
   * @default FirehoseConnectivity.PRIVATE
   */
  readonly connectivity?: FirehoseConnectivity;

  /**
   * Timestamp of the first records to deliver. It applies only when the delivery stream is created, and a change
   * replaces the stream.
   *
   * @default - the beginning of the topic
   */
  readonly startFrom?: Date;

  /**
   * Prefix of the object keys, such as `orders/!{timestamp:yyyy/MM/dd}/`.
   *
   * @default - the UTC time of delivery: `YYYY/MM/DD/HH/`
   * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
   */
  readonly prefix?: string;

  /**
   * Prefix of the keys of objects with records that could not be delivered. If it or `prefix` contains expressions, it
   * must contain `!{firehose:error-output-type}`.
   *
   * @default - `errors/!{firehose:error-output-type}/` if `prefix` contains expressions, else the same as `prefix`
   */
  readonly errorPrefix?: string;

  /**
   * Maximum amount of data to buffer before an object is written, from 1 to 128 MiB.
   *
   * @default Size.mebibytes(5)
   */
  readonly bufferingSize?: Size;

  /**
   * Maximum time to buffer records before an object is written, from 0 to 15 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly bufferingInterval?: Duration;

  /**
   * Compression of the objects.
   *
   * @default - objects are not compressed
   */
  readonly compression?: firehose.Compression;

  /**
   * The key that encrypts the objects.
   *
   * @default - the default encryption of the bucket
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The log group to which Firehose writes why records could not be delivered.
   *
   * @default - a log group is created for you, which keeps its logs for one month
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The role with which Firehose reads the topic and writes to the bucket. It is granted the permissions it needs.
   *
   * @default - a role is created for you
   */
  readonly role?: iam.IRole;
}

/**
 * Delivers the records of a topic to a bucket with Amazon Data Firehose. It defines the delivery stream, and the
 * permissions to read the topic and to write to the bucket.
 *
 * **The cluster must allow Firehose to connect before the stream is created**, which the deployment that creates the
 * cluster cannot do. Private connectivity requires multi-VPC connectivity with IAM to be turned on, and
 * `clusterPolicyStatement` to be in the cluster's policy. Public connectivity requires public access to be turned on.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html
 */
@checked('FirehoseDelivery')
export class FirehoseDelivery extends Construct implements iam.IGrantable {
  /** The role with which Firehose reads the topic and writes to the bucket. */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * Name of the delivery stream.
   *
   * @attribute
   */
  public readonly deliveryStreamName: string;

  /**
   * ARN of the delivery stream.
   *
   * @attribute
   */
  public readonly deliveryStreamArn: string;

  /** The log group to which Firehose writes why records could not be delivered. */
  public readonly logGroup: logs.ILogGroup;

  private readonly topic: ITopic;

  public constructor(scope: Construct, id: string, props: FirehoseDeliveryProps) {
    super(scope, id);
    const { connectivity = FirehoseConnectivity.PRIVATE, topic } = props;
    const reading = { what: 'a delivery stream that reads it', property: 'topic', acrossAccounts: true };
    refuse(this, [
      ...elsewhereFindings(this, topic.cluster, reading),
      ...connectivityFindings(topic.cluster, connectivity),
      ...destinationFindings(props),
    ]);
    this.topic = topic;
    const streams = { service: 'firehose', resource: 'deliverystream', resourceName: '*' };
    const assumedBy = serviceForOwn(this, streams, 'IfExists');
    const role = props.role ?? new iam.Role(this, 'Role', { assumedBy });
    this.grantPrincipal = role;
    this.logGroup = props.logGroup ?? this.defineLogGroup();
    const policy = ownPolicy(this, 'Policy', role);
    const granted = [this.read(policy), ...this.write(policy, props), ...useKeys(role, props)];
    const stream = this.define(props, role, connectivity);
    granted.forEach((grant) => grant.applyBefore(stream));
    stream.node.addDependency(topic);
    this.deliveryStreamName = stream.ref;
    this.deliveryStreamArn = stream.attrArn;
    acknowledgeDeliveryStream(this);
    Aspects.of(stream).add({
      visit: (node: IConstruct) =>
        node === stream && refuse(stream, clusterSetupFindings(stream, topic.cluster, connectivity)),
    });
  }

  /** The statement that the cluster's policy needs so that Firehose can use private connectivity. */
  public get clusterPolicyStatement(): iam.PolicyStatement {
    const { actions, principal } = facts.consumers.firehoseClusterPolicy;
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(principal)],
      actions,
      resources: [this.topic.cluster.clusterRef.clusterArn],
    });
  }

  private defineLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /**
   * Covers the MSK API and the brokers. Firehose chooses the names of its consumer groups, so all groups are allowed.
   */
  private read(policy: OwnPolicy): iam.Grant {
    const { cluster, topicArn } = this.topic;
    const { clusterArn } = cluster.clusterRef;
    const actions = (pattern: RegExp) => facts.consumers.firehose.filter((action) => pattern.test(action));
    const groups = acknowledgedDelivery(policy.scope, partArn(clusterArn, 'group', '*'));
    return grantActions(policy, actions(/^kafka:|:Connect$/), clusterArn)
      .combine(grantActions(policy, actions(/:(DescribeTopic|DescribeTopicDynamicConfiguration|ReadData)$/), topicArn))
      .combine(grantActions(policy, actions(/:DescribeGroup$/), groups));
  }

  private write(policy: OwnPolicy, { bucket }: FirehoseDeliveryProps): iam.Grant[] {
    const { firehoseLogs, firehoseS3 } = facts.consumers;
    const objects = acknowledgedDelivery(policy.scope, bucket.arnForObjects('*'));
    const inBucket = iam.Grant.addToPrincipalOrResource({
      grantee: policy,
      actions: firehoseS3,
      resourceArns: [bucket.bucketArn, objects],
      resource: bucket,
    });
    reportIneffective(policy.grantPrincipal, inBucket);
    const streams = acknowledgedDelivery(policy.scope, `${this.logGroup.logGroupArn}:log-stream:*`);
    return [inBucket, grantActions(policy, firehoseLogs, streams)];
  }

  private define(
    props: FirehoseDeliveryProps,
    role: iam.IRole,
    connectivity: FirehoseConnectivity,
  ): firehose.CfnDeliveryStream {
    const { bucket, compression, encryptionKey, prefix, startFrom = new Date(0), topic } = props;
    const { roleArn } = role;
    const logStream = new logs.LogStream(this, 'LogStream', {
      logGroup: this.logGroup,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new firehose.CfnDeliveryStream(this, 'Resource', {
      deliveryStreamType: 'MSKAsSource',
      mskSourceConfiguration: {
        mskClusterArn: topic.cluster.clusterRef.clusterArn,
        topicName: topic.topicName,
        readFromTimestamp: startFrom.toISOString().replace(/\.000Z$/, 'Z'),
        authenticationConfiguration: { connectivity, roleArn },
      },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn,
        prefix,
        errorOutputPrefix: props.errorPrefix ?? (prefix?.includes('!{') ? DEFAULT_ERROR_PREFIX : undefined),
        bufferingHints: bufferingHints(props),
        compressionFormat: compression?.value,
        encryptionConfiguration: encryptionKey && { kmsEncryptionConfig: { awskmsKeyArn: encryptionKey.keyArn } },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: this.logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    });
  }
}

const DEFAULT_ERROR_PREFIX = 'errors/!{firehose:error-output-type}/';

/** Keys may be in other stacks and accounts, which the CDK sees by the role. */
function useKeys(role: iam.IRole, { bucket, encryptionKey }: FirehoseDeliveryProps): iam.Grant[] {
  const keys = [encryptionKey, bucket.encryptionKey].filter((key) => key !== undefined);
  const grants = [...new Set(keys)].map((key) => key.grant(role, ...facts.consumers.firehoseKms));
  grants.forEach((grant) => reportIneffective(role, grant));
  return grants;
}

function bufferingHints({ bufferingInterval, bufferingSize }: FirehoseDeliveryProps) {
  if (!bufferingInterval && !bufferingSize) return undefined;
  return { intervalInSeconds: bufferingInterval?.toSeconds() ?? 300, sizeInMBs: bufferingSize?.toMebibytes() ?? 5 };
}
