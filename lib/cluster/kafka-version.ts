import facts from '../model/facts/kafka-versions.json';

/**
 * A version of Apache Kafka as Amazon MSK names it. An `.x` means that AWS patches the cluster within the minor
 * version; `.kraft` means metadata in Kafka itself (KRaft), without it in ZooKeeper.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 */
export class KafkaVersion {
  /** Kafka 3.8 with ZooKeeper. */
  public static readonly V3_8_X = KafkaVersion.of('3.8.x');
  /** Kafka 3.8 with KRaft. */
  public static readonly V3_8_X_KRAFT = KafkaVersion.of('3.8.x.kraft');
  /** Kafka 3.9 with ZooKeeper; the last version that has it. */
  public static readonly V3_9_X = KafkaVersion.of('3.9.x');
  /** Kafka 3.9 with KRaft; the version that AWS recommends. */
  public static readonly V3_9_X_KRAFT = KafkaVersion.of('3.9.x.kraft');
  /** Kafka 4.0, KRaft only. */
  public static readonly V4_0_X_KRAFT = KafkaVersion.of('4.0.x.kraft');
  /** Kafka 4.1, KRaft only. */
  public static readonly V4_1_X_KRAFT = KafkaVersion.of('4.1.x.kraft');

  /** Any other version, by the name that MSK's API takes. */
  public static of(version: string): KafkaVersion {
    return new KafkaVersion(version);
  }

  /** Whether the metadata is kept by Kafka itself and not by ZooKeeper. */
  public readonly isKraft: boolean;

  private constructor(
    /** The name that MSK's API takes, such as `3.9.x.kraft`. */
    public readonly version: string,
  ) {
    const fact = facts.list.find((one) => one.version === version);
    this.isKraft = fact ? fact.metadata === 'kraft' : version.endsWith('.kraft');
  }
}
