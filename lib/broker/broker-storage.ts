import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';

/** What goes with the brokers' volumes. */
export interface BrokerStorageOptions {
  /**
   * Throughput of one broker's volume, in MiB per second: 250 up to what the instance type takes. Raise the server property
   * `num.replica.fetchers` with it.
   *
   * @default - what the volume has without
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput.html
   */
  readonly provisionedThroughputMiBps?: number;
}

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
   * @param options what goes with the volume
   */
  public static local(volume: Size, options: BrokerStorageOptions = {}): BrokerStorage {
    return new BrokerStorage('LOCAL', volume, options);
  }

  /**
   * Old data of topics with `remote.storage.enable` goes to a tier that has no size. A cluster that has it keeps it.
   *
   * @param volume size of one broker's volume, 1 GiB to 16384 GiB
   * @param options what goes with the volume
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
   * The parts that rules judge.
   *
   * @internal
   */
  public get _judged(): { volumeGiB: number; tiered: boolean; throughputMiBps?: number } {
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
