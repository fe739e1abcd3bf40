import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Construct } from 'constructs';

/** When volumes grow. */
export interface StorageAutoscalingOptions {
  /**
   * From which share of use on the volumes grow, in percent: 10 to 80; AWS advises 50 to 60.
   *
   * @default 60
   */
  readonly targetUtilizationPercent?: number;
}

/**
 * How the volumes of Standard brokers grow by themselves: by a tenth or 10 GiB, whichever is more, once in six hours.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html
 */
export class StorageAutoscaling {
  /**
   * They grow until they have a size.
   *
   * @param maximum of one broker's volume: more than `storage` says, 16384 GiB at most
   * @param options when they grow
   */
  public static upTo(maximum: Size, options: StorageAutoscalingOptions = {}): StorageAutoscaling {
    return new StorageAutoscaling(maximum, options.targetUtilizationPercent ?? 60);
  }

  private constructor(
    private readonly maximum: Size,
    private readonly targetPercent: number,
  ) {}

  /**
   * The parts that rules judge.
   *
   * @internal
   */
  public get _judged(): { autoscaling: boolean; autoscalingMaxGiB: number; autoscalingTarget: number } {
    return { autoscaling: true, autoscalingMaxGiB: this.gibibytes, autoscalingTarget: this.targetPercent };
  }

  /**
   * They have no role of their own: the service has one for MSK, and makes it on first use.
   *
   * @internal
   */
  public _define(scope: Construct, clusterArn: string): void {
    const target = new scaling.CfnScalableTarget(scope, 'StorageTarget', {
      serviceNamespace: 'kafka',
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: clusterArn,
      minCapacity: 1,
      maxCapacity: this.gibibytes,
    });
    new scaling.CfnScalingPolicy(scope, 'StoragePolicy', {
      policyName: 'KafkaBrokerStorage',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        disableScaleIn: true, // volumes never shrink
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
        targetValue: this.targetPercent,
      },
    });
  }

  private get gibibytes(): number {
    return this.maximum.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  }
}
