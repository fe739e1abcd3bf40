import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { checked } from '../internal/signatures/checked';

/**
 * The metrics that Prometheus can scrape from the brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html
 */
@checked('OpenMonitoring')
export class OpenMonitoring {
  /** Kafka's own metrics, from the JMX exporter (port 11001). */
  public static readonly JMX = new OpenMonitoring(true, false);
  /** Metrics of CPU, disk and network, from the node exporter (port 11002). */
  public static readonly NODE = new OpenMonitoring(false, true);
  /** The metrics of both exporters. */
  public static readonly ALL = new OpenMonitoring(true, true);

  private constructor(
    private readonly jmx: boolean,
    private readonly node: boolean,
  ) {}

  /** @internal */
  public _render(): CfnCluster.OpenMonitoringProperty {
    return {
      prometheus: { jmxExporter: { enabledInBroker: this.jmx }, nodeExporter: { enabledInBroker: this.node } },
    };
  }

  /** @internal */
  public get _exporters(): { jmxExporter: boolean; nodeExporter: boolean } {
    return { jmxExporter: this.jmx, nodeExporter: this.node };
  }
}
