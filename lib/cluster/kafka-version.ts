import { checked } from '../internal/signatures/checked';
import { isKraftVersion } from '../model/fact-lookups';

/**
 * A version of Apache Kafka, by its name in Amazon MSK. The suffix `.x` means that AWS applies patch releases of the
 * minor version automatically. The suffix `.kraft` means that Kafka itself stores the metadata (KRaft). Other versions
 * use ZooKeeper.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 */
@checked('KafkaVersion')
export class KafkaVersion {
  /** Kafka 3.8 with ZooKeeper. */
  public static readonly V3_8_X = KafkaVersion.of('3.8.x');
  /** Kafka 3.8 with KRaft. */
  public static readonly V3_8_X_KRAFT = KafkaVersion.of('3.8.x.kraft');
  /** Kafka 3.9 with ZooKeeper. Later versions do not support ZooKeeper. */
  public static readonly V3_9_X = KafkaVersion.of('3.9.x');
  /** Kafka 3.9 with KRaft, the version that AWS recommends. */
  public static readonly V3_9_X_KRAFT = KafkaVersion.of('3.9.x.kraft');
  /** Kafka 4.0 with KRaft. */
  public static readonly V4_0_X_KRAFT = KafkaVersion.of('4.0.x.kraft');
  /** Kafka 4.1 with KRaft. */
  public static readonly V4_1_X_KRAFT = KafkaVersion.of('4.1.x.kraft');
  /** Kafka 4.2 with KRaft, for Express brokers only. */
  public static readonly V4_2_X_KRAFT = KafkaVersion.of('4.2.x.kraft');

  /**
   * Uses any other version, by its name in MSK's API. A version that this library does not know causes the warning
   * `KafkaVersionUnknown`.
   *
   * @param version such as `3.9.x.kraft`
   */
  public static of(version: string): KafkaVersion {
    return new KafkaVersion(version);
  }

  /** Whether Kafka stores its metadata itself (KRaft) rather than in ZooKeeper. */
  public readonly isKraft: boolean;

  private constructor(
    /** Name of the version in MSK's API, such as `3.9.x.kraft`. */
    public readonly version: string,
  ) {
    this.isKraft = isKraftVersion(version);
  }
}
