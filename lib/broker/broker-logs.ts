import { type RemovalPolicy, Tags } from 'aws-cdk-lib';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { allowBucket, allowLogGroups } from './log-permissions';
import { stackSuffix } from '../internal/names';
import { checked } from '../internal/signatures/checked';

/** Options of broker logs in CloudWatch Logs. */
export interface CloudWatchBrokerLogs {
  /**
   * The log group that receives the logs.
   *
   * @default - a log group is created for you under `/aws/vendedlogs/msk/`, with the removal policy of the cluster
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * Retention of the log group that is created for you.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key that encrypts the log group that is created for you. If the key is defined in this app, CloudWatch Logs is
   * allowed to use it. The policy of a key of another app or account must allow this itself.
   *
   * @default - a key that CloudWatch Logs owns
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly encryptionKey?: kms.IKey;
}

/** Options of broker logs in a bucket. */
export interface S3BrokerLogs {
  /**
   * Prefix of the object keys.
   *
   * @default - no prefix
   */
  readonly prefix?: string;
}

/**
 * The cluster whose logs are rendered.
 *
 * @internal
 */
export interface LogSource {
  readonly clusterName: string;
  readonly removalPolicy: RemovalPolicy;
  /** ID of the log group that is created. */
  readonly id: string;
}

/** The property of the cluster, and what must exist before the cluster. */
interface RenderedLogs {
  readonly property: CfnCluster.BrokerLogsProperty;
  readonly dependencies: IDependable[];
}

type Destination = (scope: Construct, source: LogSource) => RenderedLogs;

/** Destinations of the brokers' logs. Brokers log at level INFO. */
@checked('BrokerLogs')
export class BrokerLogs {
  /** Sends the logs to CloudWatch Logs. */
  public static cloudWatch(options: CloudWatchBrokerLogs = {}): BrokerLogs {
    return new BrokerLogs([(scope, source) => toCloudWatch(scope, source, options)]);
  }

  /**
   * Sends the logs to a bucket. If the bucket and its key are defined in this app, log delivery is allowed to write to
   * the bucket and to use the key. The policies of other buckets and keys must allow `delivery.logs.amazonaws.com`
   * themselves.
   *
   * @param bucket the bucket, which must exist before the cluster
   * @param options how the objects are named
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
   */
  public static s3(bucket: s3.IBucket, options: S3BrokerLogs = {}): BrokerLogs {
    return new BrokerLogs([
      () => ({
        property: { s3: { enabled: true, bucket: bucket.bucketName, prefix: options.prefix } },
        dependencies: allowBucket(bucket),
      }),
    ]);
  }

  /**
   * Sends the logs to a Firehose stream. A stream that is defined in this app gets the tag `LogDeliveryEnabled=true`,
   * which log delivery requires. Add the tag to any other stream yourself.
   *
   * @param stream the delivery stream, which must exist before the cluster
   */
  public static firehose(stream: firehose.IDeliveryStreamRef): BrokerLogs {
    return new BrokerLogs([
      () => {
        Tags.of(stream).add('LogDeliveryEnabled', 'true');
        const deliveryStream = stream.deliveryStreamRef.deliveryStreamName;
        return { property: { firehose: { enabled: true, deliveryStream } }, dependencies: [] };
      },
    ]);
  }

  /** Sends the logs to several destinations, at most one of each type. */
  public static all(...places: BrokerLogs[]): BrokerLogs {
    return new BrokerLogs(places.flatMap(({ destinations }) => destinations));
  }

  /** Turns logging off. There is then no record of what goes wrong on a broker. */
  public static none(): BrokerLogs {
    return new BrokerLogs([]);
  }

  private constructor(private readonly destinations: readonly Destination[]) {}

  /** @internal */
  public _render(scope: Construct, source: LogSource): RenderedLogs | undefined {
    if (this.destinations.length === 0) return undefined;
    const rendered = this.destinations.map((render) => render(scope, source));
    return {
      property: Object.assign({}, ...rendered.map(({ property }) => property)) as CfnCluster.BrokerLogsProperty,
      dependencies: rendered.flatMap(({ dependencies }) => dependencies),
    };
  }
}

function toCloudWatch(scope: Construct, source: LogSource, options: CloudWatchBrokerLogs): RenderedLogs {
  const { logGroup = defineLogGroup(scope, source, options) } = options;
  return {
    property: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupRef.logGroupName } },
    dependencies: [],
  };
}

/**
 * For groups under this prefix, MSK need not extend the account's resource policy of CloudWatch Logs, which has a size
 * limit that other groups would use up.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
function defineLogGroup(scope: Construct, source: LogSource, options: CloudWatchBrokerLogs): logs.LogGroup {
  const { clusterName, id, removalPolicy } = source;
  const { encryptionKey, retention = logs.RetentionDays.ONE_MONTH } = options;
  if (encryptionKey) allowLogGroups(scope, encryptionKey, '/aws/vendedlogs/msk/*');
  const suffix = id === 'BrokerLogs' ? '' : `-${id.toLowerCase()}`;
  return new logs.LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/msk/${clusterName}${suffix}-${stackSuffix(scope)}`,
    retention,
    removalPolicy,
    encryptionKey,
  });
}
