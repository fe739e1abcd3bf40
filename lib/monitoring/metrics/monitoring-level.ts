/**
 * How much a cluster tells CloudWatch. Each level sends what the ones before it send, and more; all but the first are
 * billed by metric.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class MonitoringLevel {
  /** By cluster and broker, as far as it costs nothing. */
  public static readonly DEFAULT = MonitoringLevel.of('DEFAULT');
  /** More of each broker: request times, throttling, volumes. */
  public static readonly PER_BROKER = MonitoringLevel.of('PER_BROKER');
  /** Also of each topic on each broker. */
  public static readonly PER_TOPIC_PER_BROKER = MonitoringLevel.of('PER_TOPIC_PER_BROKER');
  /** Also of each partition: lag of consumer groups. */
  public static readonly PER_TOPIC_PER_PARTITION = MonitoringLevel.of('PER_TOPIC_PER_PARTITION');

  /** Any other level, by the name that MSK's API takes. */
  public static of(name: string): MonitoringLevel {
    return new MonitoringLevel(name);
  }

  private constructor(
    /** The name that MSK's API takes. */
    public readonly name: string,
  ) {}
}
