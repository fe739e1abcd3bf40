import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { OpenMonitoring } from '../broker/open-monitoring';
import { known, knownText, refuseIn, shown } from '../internal/validation';
import facts from '../model/facts/ports.json';
import { scrapedBrokerFindings } from '../model/rules/broker-ids';
import { bootstrapBrokersFindings, scrapeFindings } from '../model/rules/prometheus';
import { checked } from '../internal/signatures/checked';

/** Options of the scrape configuration of a Prometheus server. */
export interface PrometheusScrapeOptions {
  /**
   * Interval between scrapes of a broker, in seconds. AWS recommends 60.
   *
   * @default 60
   */
  readonly intervalSeconds?: number;

  /**
   * IDs of the brokers, which are whole numbers from 1 on. Set them once brokers have been removed, or the cluster has been
   * upgraded to Express brokers in place: the IDs have gaps then, and brokers that are added get new ones. `aws kafka list-nodes`
   * lists them.
   *
   * @default - from 1 to the number of brokers, as in a new cluster
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-remove-broker.html
   */
  readonly brokerIds?: number[];
}

/** Properties of the scrape configuration of a Prometheus server. */
export interface PrometheusScrapeProps extends PrometheusScrapeOptions {
  /**
   * Part of the brokers' host names that follows `b-1.`, such as `events.abc123.c2.kafka.eu-west-1.amazonaws.com`. See
   * `PrometheusScrape.brokerDomain`.
   */
  readonly brokerDomain: string;

  /**
   * Number of brokers in all zones together, whose IDs start at 1. It is required unless `brokerIds` is set.
   *
   * @default - the number of `brokerIds`
   */
  readonly numberOfBrokerNodes?: number;

  /**
   * Exporters that the brokers run.
   *
   * @default OpenMonitoring.ALL
   */
  readonly openMonitoring?: OpenMonitoring;
}

/**
 * Configures a Prometheus server for the open monitoring of MSK. Brokers expose metrics of Kafka on one port and metrics of the
 * host on another.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html
 */
@checked('PrometheusScrape')
export class PrometheusScrape {
  /**
   * Renders the `scrape_configs` section of the server's configuration. For a cluster defined with this library, use
   * `cluster.prometheusScrape()`.
   *
   * @param props which brokers are scraped, and how
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/set-up-prometheus-host.html
   */
  public static configuration(props: PrometheusScrapeProps): string {
    refuseIn('PrometheusScrape', scrapeFindings(known(props)));
    const brokers = brokersOf(props);
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
      ...brokers.map((broker) => `          - '${broker}:${port}'`),
    ]);
    return ['scrape_configs:', ...lines, ''].join('\n');
  }

  /**
   * Returns the part that the host names of all brokers of a cluster share.
   *
   * @param bootstrapBrokers addresses inside the VPC, of any authentication method; they may be a token
   */
  public static brokerDomain(bootstrapBrokers: string): string {
    refuseIn('PrometheusScrape', bootstrapBrokersFindings(knownText(bootstrapBrokers)));
    // b-2.events.abc123.c2.kafka.eu-west-1.amazonaws.com:9098,b-1.… and CloudFormation has no function that drops the first part
    const labels = [1, 2, 3].map((label) => Fn.select(label, Fn.split('.', bootstrapBrokers)));
    const region = Fn.select(0, Fn.split(':', Fn.select(1, Fn.split('.kafka.', bootstrapBrokers))));
    return [...labels, 'kafka', region].join('.');
  }

  /**
   * Opens both ports of the brokers to a Prometheus server.
   *
   * @param cluster the brokers
   * @param server the Prometheus server
   */
  public static allow(cluster: ec2.IConnectable, server: ec2.IConnectable): void {
    const { jmxExporter, nodeExporter } = facts.openMonitoring;
    cluster.connections.allowFrom(server, ec2.Port.tcp(jmxExporter), 'Prometheus asks Kafka');
    cluster.connections.allowFrom(server, ec2.Port.tcp(nodeExporter), 'Prometheus asks the machine');
  }

  private constructor() {}
}

function brokersOf({ brokerDomain, brokerIds, numberOfBrokerNodes }: PrometheusScrapeProps): string[] {
  refuseIn('PrometheusScrape', scrapedBrokerFindings(brokerIds?.map(shown), shown(numberOfBrokerNodes)));
  const ids = brokerIds ?? Array.from({ length: numberOfBrokerNodes ?? 0 }, (_, index) => index + 1);
  return ids.map((id) => `b-${id}.${brokerDomain}`);
}
