import { type RemovalPolicy, Tags } from 'aws-cdk-lib';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { allowBucket, allowLogGroups } from './log-permissions';
import { stackSuffix } from '../internal/names';

/** Broker logs in CloudWatch Logs. */
export interface CloudWatchBrokerLogs {
  /**
   * Where the logs go.
   *
   * @default - a log group is defined for you, under `/aws/vendedlogs/msk/`, with the removal policy of the cluster
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * How long the log group that is defined for you keeps them.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key of the log group that is defined for you. CloudWatch Logs is allowed to use it, if it is a key of this app; a key
   * of another app or account must allow it itself.
   *
   * @default - the key that CloudWatch Logs owns
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly encryptionKey?: kms.IKey;
}

/** Broker logs in a bucket. */
export interface S3BrokerLogs {
  /**
   * What the names of the objects begin with.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/**
 * For whom logs are defined.
 *
 * @internal
 */
export interface LogSource {
  readonly clusterName: string;
  readonly removalPolicy: RemovalPolicy;
  /** ID of what is defined for the logs. */
  readonly id: string;
}

/** What a template says of the logs, and what must be there before. */
interface RenderedLogs {
  readonly property: CfnCluster.BrokerLogsProperty;
  readonly dependencies: IDependable[];
}

type Target = (scope: Construct, source: LogSource) => RenderedLogs;

/** Where the brokers write what happens to them, at level INFO. */
export class BrokerLogs {
  /** To CloudWatch Logs. */
  public static cloudWatch(options: CloudWatchBrokerLogs = {}): BrokerLogs {
    return new BrokerLogs([(scope, source) => toCloudWatch(scope, source, options)]);
  }

  /**
   * To a bucket. MSK's log delivery is allowed to write to it, and to use its key, if both are of this app; others must allow
   * `delivery.logs.amazonaws.com` themselves.
   *
   * @param bucket it must be there before the cluster
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
   * To a Firehose stream. A stream of this app gets the tag `LogDeliveryEnabled=true`, which log delivery asks for; give it to
   * any other yourself.
   *
   * @param stream it must be there before the cluster
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

  /** To several places at once, one of each kind. */
  public static all(...places: BrokerLogs[]): BrokerLogs {
    return new BrokerLogs(places.flatMap((place) => place.targets));
  }

  /** Nowhere. What went wrong on a broker is then known to nobody. */
  public static none(): BrokerLogs {
    return new BrokerLogs([]);
  }

  private constructor(private readonly targets: readonly Target[]) {}

  /** @internal */
  public _render(scope: Construct, source: LogSource): RenderedLogs | undefined {
    if (this.targets.length === 0) return undefined;
    const rendered = this.targets.map((target) => target(scope, source));
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
 * The prefix spares the account's resource policy of CloudWatch Logs, which every other group that MSK writes to
 * makes longer until it is full.
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
