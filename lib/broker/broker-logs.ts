import type { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { stackSuffix } from '../private/names';

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
}

/** Where the brokers write what happens to them, at level INFO. */
export class BrokerLogs {
  /** To CloudWatch Logs. */
  public static cloudWatch(options: CloudWatchBrokerLogs = {}): BrokerLogs {
    return new BrokerLogs(options);
  }

  /** Nowhere. What went wrong on a broker is then known to nobody. */
  public static none(): BrokerLogs {
    return new BrokerLogs();
  }

  private constructor(private readonly cloudWatch?: CloudWatchBrokerLogs) {}

  /** @internal */
  public _render(
    scope: Construct,
    clusterName: string,
    removalPolicy: RemovalPolicy,
  ): CfnCluster.LoggingInfoProperty | undefined {
    if (!this.cloudWatch) return undefined;
    const { logGroup = this.define(scope, clusterName, removalPolicy) } = this.cloudWatch;
    return { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupRef.logGroupName } } };
  }

  /**
   * The prefix spares the account's resource policy of CloudWatch Logs, which every other group that MSK writes to
   * makes longer until it is full.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
   */
  private define(scope: Construct, clusterName: string, removalPolicy: RemovalPolicy): logs.LogGroup {
    return new logs.LogGroup(scope, 'BrokerLogs', {
      logGroupName: `/aws/vendedlogs/msk/${clusterName}-${stackSuffix(scope)}`,
      retention: this.cloudWatch?.retention ?? logs.RetentionDays.ONE_MONTH,
      removalPolicy,
    });
  }
}
