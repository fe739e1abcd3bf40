import { standardFact } from '../model/fact-lookups';
import { checked } from '../internal/signatures/checked';

/**
 * The instance type of a Standard broker. It limits how many partitions a broker should have, and above which number
 * MSK refuses to update the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html
 */
@checked('BrokerInstanceType')
export class BrokerInstanceType {
  /** 2 vCPU, 2 GiB, for tests. The type earns CPU credits and does not support KRaft. */
  public static readonly T3_SMALL = BrokerInstanceType.of('kafka.t3.small');
  /** 2 vCPU, 8 GiB. */
  public static readonly M5_LARGE = BrokerInstanceType.of('kafka.m5.large');
  /** 4 vCPU, 16 GiB. */
  public static readonly M5_XLARGE = BrokerInstanceType.of('kafka.m5.xlarge');
  /** 8 vCPU, 32 GiB. */
  public static readonly M5_2XLARGE = BrokerInstanceType.of('kafka.m5.2xlarge');
  /** 16 vCPU, 64 GiB. */
  public static readonly M5_4XLARGE = BrokerInstanceType.of('kafka.m5.4xlarge');
  /** 32 vCPU, 128 GiB. */
  public static readonly M5_8XLARGE = BrokerInstanceType.of('kafka.m5.8xlarge');
  /** 48 vCPU, 192 GiB. */
  public static readonly M5_12XLARGE = BrokerInstanceType.of('kafka.m5.12xlarge');
  /** 64 vCPU, 256 GiB. */
  public static readonly M5_16XLARGE = BrokerInstanceType.of('kafka.m5.16xlarge');
  /** 96 vCPU, 384 GiB. */
  public static readonly M5_24XLARGE = BrokerInstanceType.of('kafka.m5.24xlarge');
  /** 2 vCPU, 8 GiB, Graviton. */
  public static readonly M7G_LARGE = BrokerInstanceType.of('kafka.m7g.large');
  /** 4 vCPU, 16 GiB, Graviton. */
  public static readonly M7G_XLARGE = BrokerInstanceType.of('kafka.m7g.xlarge');
  /** 8 vCPU, 32 GiB, Graviton. */
  public static readonly M7G_2XLARGE = BrokerInstanceType.of('kafka.m7g.2xlarge');
  /** 16 vCPU, 64 GiB, Graviton. */
  public static readonly M7G_4XLARGE = BrokerInstanceType.of('kafka.m7g.4xlarge');
  /** 32 vCPU, 128 GiB, Graviton. */
  public static readonly M7G_8XLARGE = BrokerInstanceType.of('kafka.m7g.8xlarge');
  /** 48 vCPU, 192 GiB, Graviton. */
  public static readonly M7G_12XLARGE = BrokerInstanceType.of('kafka.m7g.12xlarge');
  /** 64 vCPU, 256 GiB, Graviton. */
  public static readonly M7G_16XLARGE = BrokerInstanceType.of('kafka.m7g.16xlarge');

  /**
   * Uses any other instance type, by its name in MSK's API. A type that this library does not know causes the warning
   * `InstanceTypeUnknown`, since nothing about it can be checked. This includes M8g: AWS names the family among Standard brokers
   * but lists none of its sizes.
   *
   * @param name such as `kafka.m7g.large`
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html
   */
  public static of(name: string): BrokerInstanceType {
    return new BrokerInstanceType(name);
  }

  /**
   * Maximum number of partitions, replicas included, that AWS recommends for one broker. It is undefined for a type
   * that this version of the library does not know.
   */
  public readonly recommendedPartitions?: number;
  /** Whether the type runs on CPU credits. */
  public readonly isBurstable: boolean;

  private constructor(
    /** Name of the type in MSK's API. */
    public readonly name: string,
  ) {
    this.recommendedPartitions = standardFact(name)?.recommendedPartitions;
    this.isBurstable = name.startsWith('kafka.t');
  }
}
