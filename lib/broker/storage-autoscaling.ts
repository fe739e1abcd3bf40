import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Construct } from 'constructs';
import { checked } from '../internal/signatures/checked';

/** Options of storage autoscaling. */
export interface StorageAutoscalingOptions {
  /**
   * Utilization at which the volumes grow, in percent, from 10 to 80. AWS recommends 50 to 60.
   *
   * @default 60
   */
  readonly targetUtilizationPercent?: number;
}

/**
 * Automatic growth of the volumes of Standard brokers. Each time they grow by 10 % or 10 GiB, whichever is more, and at
 * most once in six hours.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html
 */
@checked('StorageAutoscaling')
export class StorageAutoscaling {
  /**
   * Grows the volumes automatically, up to a maximum size.
   *
   * @param maximum maximum size of one broker's volume, larger than in `storage` and at most 16384 GiB
   * @param options when the volumes grow
   */
  public static upTo(maximum: Size, options: StorageAutoscalingOptions = {}): StorageAutoscaling {
    return new StorageAutoscaling(maximum, options.targetUtilizationPercent ?? 60);
  }

  private constructor(
    private readonly maximum: Size,
    private readonly targetPercent: number,
  ) {}

  /**
   * The values that rules check.
   *
   * @internal
   */
  public get _ruleInputs(): { autoscaling: boolean; autoscalingMaxGiB: number; autoscalingTarget: number } {
    return { autoscaling: true, autoscalingMaxGiB: this.gibibytes, autoscalingTarget: this.targetPercent };
  }

  /**
   * No role is defined, since Application Auto Scaling creates its service-linked role for MSK on first use.
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
