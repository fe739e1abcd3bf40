import { checked } from '../../internal/signatures/checked';

/**
 * Which metrics a cluster sends to CloudWatch. Each level includes the ones before it. All but the first are charged per
 * metric.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
@checked('MonitoringLevel')
export class MonitoringLevel {
  /** The metrics of the cluster and its brokers that are free of charge. */
  public static readonly DEFAULT = MonitoringLevel.of('DEFAULT');
  /** Adds more metrics of each broker: request times, throttling, volumes. */
  public static readonly PER_BROKER = MonitoringLevel.of('PER_BROKER');
  /** Adds metrics of each topic on each broker. */
  public static readonly PER_TOPIC_PER_BROKER = MonitoringLevel.of('PER_TOPIC_PER_BROKER');
  /** Adds metrics of each partition, such as the lag of consumer groups. */
  public static readonly PER_TOPIC_PER_PARTITION = MonitoringLevel.of('PER_TOPIC_PER_PARTITION');

  /**
   * Uses a level that is not listed here.
   *
   * @param name name in the MSK API
   */
  public static of(name: string): MonitoringLevel {
    return new MonitoringLevel(name);
  }

  private constructor(
    /** Name in the MSK API. */
    public readonly name: string,
  ) {}
}
