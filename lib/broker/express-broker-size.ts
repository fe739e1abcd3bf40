import facts from '../model/facts/instance-types.json';

/**
 * The size of an Express broker. Limits come with it: how much it takes and gives in a second, and how many partitions it
 * may have at most.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html
 */
export class ExpressBrokerSize {
  /** 2 vCPU, 8 GiB; takes 15.6 MB/s and gives 31.2. */
  public static readonly M7G_LARGE = ExpressBrokerSize.of('express.m7g.large');
  /** 4 vCPU, 16 GiB; takes 31.2 MB/s and gives 62.5. */
  public static readonly M7G_XLARGE = ExpressBrokerSize.of('express.m7g.xlarge');
  /** 8 vCPU, 32 GiB; takes 62.5 MB/s and gives 125. */
  public static readonly M7G_2XLARGE = ExpressBrokerSize.of('express.m7g.2xlarge');
  /** 16 vCPU, 64 GiB; takes 124.9 MB/s and gives 249.8. */
  public static readonly M7G_4XLARGE = ExpressBrokerSize.of('express.m7g.4xlarge');
  /** 32 vCPU, 128 GiB; takes 250 MB/s and gives 500. */
  public static readonly M7G_8XLARGE = ExpressBrokerSize.of('express.m7g.8xlarge');
  /** 48 vCPU, 192 GiB; takes 375 MB/s and gives 750. */
  public static readonly M7G_12XLARGE = ExpressBrokerSize.of('express.m7g.12xlarge');
  /** 64 vCPU, 256 GiB; takes 500 MB/s and gives 1000. */
  public static readonly M7G_16XLARGE = ExpressBrokerSize.of('express.m7g.16xlarge');

  /** Any other size, by the name that MSK's API takes, such as `express.m7g.large`. */
  public static of(name: string): ExpressBrokerSize {
    return new ExpressBrokerSize(name);
  }

  /** Partitions with their replicas that one broker should have at most; undefined for a size that is new here. */
  public readonly recommendedPartitions?: number;
  /** Partitions with their replicas from which on a broker takes no more; undefined for a size that is new here. */
  public readonly maxPartitions?: number;

  private constructor(
    /** The name that MSK's API takes. */
    public readonly name: string,
  ) {
    const fact = facts.express.find((one) => one.type === name);
    this.recommendedPartitions = fact?.recommendedPartitions;
    this.maxPartitions = fact?.maxPartitions;
  }
}
