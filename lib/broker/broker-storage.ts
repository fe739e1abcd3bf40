import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';

/**
 * The volume of each Standard broker. It can grow later, never shrink, and once in six hours.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/manually-expand-storage.html
 */
export class BrokerStorage {
  /**
   * All data on the brokers' own volumes.
   *
   * @param volume size of one broker's volume, 1 GiB to 16384 GiB
   */
  public static local(volume: Size): BrokerStorage {
    return new BrokerStorage(volume);
  }

  private constructor(private readonly volume: Size) {}

  /** @internal */
  public get _gibibytes(): number {
    return this.volume.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  }

  /** @internal */
  public _render(): CfnCluster.StorageInfoProperty {
    return { ebsStorageInfo: { volumeSize: this._gibibytes } };
  }
}
