import { expressFact } from '../model/fact-lookups';
import { checked } from '../internal/signatures/checked';

/**
 * The size of an Express broker. It limits the broker's throughput in each direction and its number of partitions.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html
 */
@checked('ExpressBrokerSize')
export class ExpressBrokerSize {
  /** 2 vCPU, 8 GiB, with 15.6 MB/s in and 31.2 MB/s out. */
  public static readonly M7G_LARGE = ExpressBrokerSize.of('express.m7g.large');
  /** 4 vCPU, 16 GiB, with 31.2 MB/s in and 62.5 MB/s out. */
  public static readonly M7G_XLARGE = ExpressBrokerSize.of('express.m7g.xlarge');
  /** 8 vCPU, 32 GiB, with 62.5 MB/s in and 125 MB/s out. */
  public static readonly M7G_2XLARGE = ExpressBrokerSize.of('express.m7g.2xlarge');
  /** 16 vCPU, 64 GiB, with 124.9 MB/s in and 249.8 MB/s out. */
  public static readonly M7G_4XLARGE = ExpressBrokerSize.of('express.m7g.4xlarge');
  /** 32 vCPU, 128 GiB, with 250 MB/s in and 500 MB/s out. */
  public static readonly M7G_8XLARGE = ExpressBrokerSize.of('express.m7g.8xlarge');
  /** 48 vCPU, 192 GiB, with 375 MB/s in and 750 MB/s out. */
  public static readonly M7G_12XLARGE = ExpressBrokerSize.of('express.m7g.12xlarge');
  /** 64 vCPU, 256 GiB, with 500 MB/s in and 1000 MB/s out. */
  public static readonly M7G_16XLARGE = ExpressBrokerSize.of('express.m7g.16xlarge');

  /** Uses any other size, by its name in MSK's API, such as `express.m7g.large`. */
  public static of(name: string): ExpressBrokerSize {
    return new ExpressBrokerSize(name);
  }

  /**
   * Maximum number of partitions, replicas included, that AWS recommends for one broker. It is undefined for a size
   * that this version of the library does not know.
   */
  public readonly recommendedPartitions?: number;
  /**
   * Maximum number of partitions, replicas included, that one broker accepts. It is undefined for a size that this
   * version of the library does not know.
   */
  public readonly maxPartitions?: number;

  private constructor(
    /** Name of the size in MSK's API. */
    public readonly name: string,
  ) {
    const fact = expressFact(name);
    this.recommendedPartitions = fact?.recommendedPartitions;
    this.maxPartitions = fact?.maxPartitions;
  }
}
