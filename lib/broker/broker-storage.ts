import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { checked } from '../internal/signatures/checked';

/** Options of the brokers' volumes. */
export interface BrokerStorageOptions {
  /**
   * Provisioned throughput of one broker's volume, in MiB per second. It ranges from 250 to the maximum of the instance
   * type. Raise the server property `num.replica.fetchers` together with it.
   *
   * @default - throughput is not provisioned, and volumes have their baseline
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput.html
   */
  readonly provisionedThroughputMiBps?: number;
}

/**
 * The storage of each Standard broker. Volumes can grow later, at most once in six hours, and can never shrink.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/manually-expand-storage.html
 */
@checked('BrokerStorage')
export class BrokerStorage {
  /**
   * Keeps all data on the brokers' volumes.
   *
   * @param volume size of one broker's volume, from 1 GiB to 16384 GiB
   * @param options options of the volume
   */
  public static local(volume: Size, options: BrokerStorageOptions = {}): BrokerStorage {
    return new BrokerStorage('LOCAL', volume, options);
  }

  /**
   * Moves older data of topics with `remote.storage.enable` to a storage tier of unlimited size. Tiered storage cannot
   * be turned off again.
   *
   * @param volume size of one broker's volume, from 1 GiB to 16384 GiB
   * @param options options of the volume
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage.html
   */
  public static tiered(volume: Size, options: BrokerStorageOptions = {}): BrokerStorage {
    return new BrokerStorage('TIERED', volume, options);
  }

  private constructor(
    private readonly mode: 'LOCAL' | 'TIERED',
    private readonly volume: Size,
    private readonly options: BrokerStorageOptions,
  ) {}

  /**
   * The values that rules check.
   *
   * @internal
   */
  public get _ruleInputs(): { volumeGiB: number; tiered: boolean; throughputMiBps?: number } {
    return {
      volumeGiB: this.gibibytes,
      tiered: this.mode === 'TIERED',
      throughputMiBps: this.options.provisionedThroughputMiBps,
    };
  }

  /** @internal */
  public _renderMode(): string | undefined {
    return this.mode === 'LOCAL' ? undefined : this.mode;
  }

  /** @internal */
  public _render(): CfnCluster.StorageInfoProperty {
    const { provisionedThroughputMiBps: volumeThroughput } = this.options;
    const provisionedThroughput = volumeThroughput === undefined ? undefined : { enabled: true, volumeThroughput };
    return { ebsStorageInfo: { volumeSize: this.gibibytes, provisionedThroughput } };
  }

  private get gibibytes(): number {
    return this.volume.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  }
}
