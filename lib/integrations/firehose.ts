import { Aspects, type Duration, RemovalPolicy, type Size } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { grantActions } from '../access/apply-grant';
import { acknowledgedDelivery, acknowledgeDeliveryStream } from '../internal/acknowledge';
import { partArn } from '../internal/cluster-arns';
import facts from '../model/facts/iam.json';
import { refuse } from '../internal/validation';
import type { ITopic } from '../topics/topic-options';
import { connectivityFindings, destinationFindings, FirehoseConnectivity, openFindings } from './firehose-rules';

/** A topic that goes to a bucket. */
export interface FirehoseDeliveryProps {
  /** The topic. Another one is another delivery stream, which begins at `startFrom`. */
  readonly topic: ITopic;

  /** The bucket. */
  readonly bucket: s3.IBucket;

  /**
   * How Firehose comes to the brokers. Both ways by IAM.
   *
   * @default FirehoseConnectivity.PRIVATE
   */
  readonly connectivity?: FirehoseConnectivity;

  /**
   * From which records on: those of this time and later. It counts once; another time is another delivery stream.
   *
   * @default - the beginning of the topic
   */
  readonly startFrom?: Date;

  /**
   * What the keys of objects begin with, such as `orders/!{timestamp:yyyy/MM/dd}/`.
   *
   * @default - the UTC time of delivery: `YYYY/MM/DD/HH/`
   * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
   */
  readonly prefix?: string;

  /**
   * What the keys of objects begin with that hold what could not be delivered. With expressions in it, or in `prefix`, it needs
   * `!{firehose:error-output-type}`.
   *
   * @default - `errors/!{firehose:error-output-type}/` where `prefix` has expressions, else as `prefix`
   */
  readonly errorPrefix?: string;

  /**
   * Up to which size records are gathered for an object, from 1 to 128 MiB.
   *
   * @default - 5 MiB
   */
  readonly bufferingSize?: Size;

  /**
   * For how long records are gathered for an object, from 0 to 15 minutes.
   *
   * @default - 5 minutes
   */
  readonly bufferingInterval?: Duration;

  /**
   * How objects are compressed.
   *
   * @default - not
   */
  readonly compression?: firehose.Compression;

  /**
   * The key that objects are encrypted with.
   *
   * @default - as the bucket says
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Where Firehose writes why records could not be delivered.
   *
   * @default - a log group is defined for you, kept for a month
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The role that Firehose reads and writes with; it is given what it needs.
   *
   * @default - one is defined for you
   */
  readonly role?: iam.IRole;
}

/**
 * A delivery stream of Amazon Data Firehose that brings the records of a topic to a bucket, with the permissions for both ends.
 *
 * **The cluster has to let Firehose in**, which no deployment of its own can do: for private connectivity the cluster needs
 * multi-VPC connectivity with IAM turned on, and `clusterPolicyStatement` in its policy, before the stream is made.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html
 */
export class FirehoseDelivery extends Construct implements iam.IGrantable {
  /** The role that Firehose reads and writes with. */
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

  /** Where Firehose writes why records could not be delivered. */
  public readonly logGroup: logs.ILogGroup;

  private readonly topic: ITopic;

  public constructor(scope: Construct, id: string, props: FirehoseDeliveryProps) {
    super(scope, id);
    const { connectivity = FirehoseConnectivity.PRIVATE, topic } = props;
    refuse(this, [...connectivityFindings(topic.cluster, connectivity), ...destinationFindings(props)]);
    this.topic = topic;
    const assumedBy = new iam.ServicePrincipal('firehose.amazonaws.com');
    const role = props.role ?? new iam.Role(this, 'Role', { assumedBy });
    this.grantPrincipal = role;
    this.logGroup = props.logGroup ?? this.defineLogGroup();
    const granted = [this.read(role), ...this.write(role, props)];
    const stream = this.define(props, role, connectivity);
    granted.forEach((grant) => grant.applyBefore(stream));
    stream.node.addDependency(topic);
    this.deliveryStreamName = stream.ref;
    this.deliveryStreamArn = stream.attrArn;
    acknowledgeDeliveryStream(this);
    Aspects.of(stream).add({
      visit: (node: IConstruct) => node === stream && refuse(stream, openFindings(stream, topic.cluster, connectivity)),
    });
  }

  /** What the policy of the cluster has to say, so that Firehose may come to it privately. */
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

  /** On control plane and brokers; Firehose makes up the names of its consumer groups. */
  private read(role: iam.IRole): iam.Grant {
    const { cluster, topicArn } = this.topic;
    const { clusterArn } = cluster.clusterRef;
    const of = (pattern: RegExp) => facts.consumers.firehose.filter((action) => pattern.test(action));
    const groups = acknowledgedDelivery(role, partArn(clusterArn, 'group', '*'));
    return grantActions(role, of(/^kafka:|:Connect$/), clusterArn)
      .combine(grantActions(role, of(/:(DescribeTopic|DescribeTopicDynamicConfiguration|ReadData)$/), topicArn))
      .combine(grantActions(role, of(/:DescribeGroup$/), groups));
  }

  private write(role: iam.IRole, { bucket, encryptionKey }: FirehoseDeliveryProps): iam.Grant[] {
    const { firehoseKms, firehoseLogs, firehoseS3 } = facts.consumers;
    const objects = acknowledgedDelivery(role, bucket.arnForObjects('*'));
    const inBucket = iam.Grant.addToPrincipalOrResource({
      grantee: role,
      actions: firehoseS3,
      resourceArns: [bucket.bucketArn, objects],
      resource: bucket,
    });
    const streams = acknowledgedDelivery(role, `${this.logGroup.logGroupArn}:log-stream:*`);
    const keys = [encryptionKey, bucket.encryptionKey].filter((key) => key !== undefined);
    const onKeys = [...new Set(keys)].map((key) => key.grant(role, ...firehoseKms));
    return [inBucket, grantActions(role, firehoseLogs, streams), ...onKeys];
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
        errorOutputPrefix: props.errorPrefix ?? (prefix?.includes('!{') ? ERRORS : undefined),
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

const ERRORS = 'errors/!{firehose:error-output-type}/';

function bufferingHints({ bufferingInterval, bufferingSize }: FirehoseDeliveryProps) {
  if (!bufferingInterval && !bufferingSize) return undefined;
  return { intervalInSeconds: bufferingInterval?.toSeconds() ?? 300, sizeInMBs: bufferingSize?.toMebibytes() ?? 5 };
}
