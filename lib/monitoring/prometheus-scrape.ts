import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { OpenMonitoring } from '../broker/open-monitoring';
import facts from '../model/facts/ports.json';

/** How a Prometheus server reads brokers. */
export interface PrometheusScrapeOptions {
  /**
   * How often brokers are asked, in seconds. MSK advises 60.
   *
   * @default 60
   */
  readonly intervalSeconds?: number;
}

/** Which brokers a Prometheus server asks. */
export interface PrometheusScrapeProps extends PrometheusScrapeOptions {
  /**
   * What follows `b-1.` in the names of the brokers, such as `events.abc123.c2.kafka.eu-west-1.amazonaws.com`; see
   * `PrometheusScrape.brokerDomain`.
   */
  readonly brokerDomain: string;

  /** How many brokers the cluster has in all zones together; their IDs count from 1 on. */
  readonly numberOfBrokerNodes: number;

  /**
   * What the brokers offer.
   *
   * @default OpenMonitoring.ALL
   */
  readonly openMonitoring?: OpenMonitoring;
}

/**
 * Open monitoring: brokers answer a Prometheus server, on one port for Kafka and on another one for the machine.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html
 */
export class PrometheusScrape {
  /**
   * The part `scrape_configs` of the server's configuration. A cluster of ours has it ready, by `prometheusScrape`.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/set-up-prometheus-host.html
   */
  public static configuration(props: PrometheusScrapeProps): string {
    const { intervalSeconds = 60, openMonitoring = OpenMonitoring.ALL } = props;
    const { jmxExporter, nodeExporter } = openMonitoring._exporters;
    const jobs = [
      ...(jmxExporter ? [{ name: 'msk-jmx', port: facts.openMonitoring.jmxExporter }] : []),
      ...(nodeExporter ? [{ name: 'msk-node', port: facts.openMonitoring.nodeExporter }] : []),
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

  /**
   * What the names of a cluster's brokers end with.
   *
   * @param bootstrapBrokers addresses inside the VPC, of whatever authentication; CloudFormation may know them only at deployment
   */
  public static brokerDomain(bootstrapBrokers: string): string {
    // b-2.events.abc123.c2.kafka.eu-west-1.amazonaws.com:9098,b-1.… and no function takes a first part off
    const labels = [1, 2, 3].map((label) => Fn.select(label, Fn.split('.', bootstrapBrokers)));
    const region = Fn.select(0, Fn.split(':', Fn.select(1, Fn.split('.kafka.', bootstrapBrokers))));
    return [...labels, 'kafka', region].join('.');
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
