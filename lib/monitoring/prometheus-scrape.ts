import * as ec2 from 'aws-cdk-lib/aws-ec2';
import facts from '../private/facts/ports.json';

/** Which brokers a Prometheus server asks. */
export interface PrometheusScrapeProps {
  /**
   * What follows `b-1.` in the names of the brokers, such as `events.abc123.c2.kafka.eu-west-1.amazonaws.com`. It is a part
   * of the cluster's bootstrap brokers.
   */
  readonly brokerDomain: string;

  /** How many brokers the cluster has in all zones together. */
  readonly numberOfBrokerNodes: number;

  /**
   * How often brokers are asked, in seconds.
   *
   * @default 60
   */
  readonly intervalSeconds?: number;
}

/**
 * Open monitoring: brokers answer a Prometheus server, on one port for Kafka and on another one for the machine.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html
 */
export class PrometheusScrape {
  /** The part `scrape_configs` of the server's configuration. */
  public static configuration(props: PrometheusScrapeProps): string {
    const { intervalSeconds = 60 } = props;
    const jobs = [
      { name: 'msk-jmx', port: facts.openMonitoring.jmxExporter },
      { name: 'msk-node', port: facts.openMonitoring.nodeExporter },
    ];
    const lines = jobs.flatMap(({ name, port }) => [
      `  - job_name: ${name}`,
      `    scrape_interval: ${intervalSeconds}s`,
      '    static_configs:',
      '      - targets:',
      ...brokersOf(props).map((broker) => `          - '${broker}:${port}'`),
    ]);
    return ['scrape_configs:', ...lines, ''].join('\n');
  }

  /** Let a Prometheus server reach both ports of the brokers. */
  public static allow(cluster: ec2.IConnectable, server: ec2.IConnectable): void {
    const { jmxExporter, nodeExporter } = facts.openMonitoring;
    cluster.connections.allowFrom(server, ec2.Port.tcp(jmxExporter), 'Prometheus asks Kafka');
    cluster.connections.allowFrom(server, ec2.Port.tcp(nodeExporter), 'Prometheus asks the machine');
  }

  private constructor() {}
}

const brokersOf = ({ brokerDomain, numberOfBrokerNodes }: PrometheusScrapeProps) =>
  Array.from({ length: numberOfBrokerNodes }, (_, index) => `b-${index + 1}.${brokerDomain}`);
