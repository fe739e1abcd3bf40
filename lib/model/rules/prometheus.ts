import { type Finding, finding } from '../finding';

/** More brokers than any cluster has; the default quota is 60. */
const MOST_BROKERS = 1000;

/** What a scrape configuration is made from. */
export interface PrometheusScrapeFacts {
  readonly brokerDomain?: string;
  readonly intervalSeconds?: number;
  readonly numberOfBrokerNodes?: number;
}

/** @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
export function scrapeFindings({
  brokerDomain,
  intervalSeconds,
  numberOfBrokerNodes,
}: PrometheusScrapeFacts): Finding[] {
  return [
    ...wholeFindings('intervalSeconds', { value: intervalSeconds, most: 86_400 }),
    ...wholeFindings('numberOfBrokerNodes', { value: numberOfBrokerNodes, most: MOST_BROKERS }),
    ...domainFindings(brokerDomain),
  ];
}

function wholeFindings(property: string, { most, value }: { most: number; value?: number }): Finding[] {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return [];
  const range = `1 to ${most.toLocaleString('en')}`;
  return [finding('PrometheusScrapeRange', `'${property}' must be a whole number from ${range}, got ${value}`)];
}

function domainFindings(domain?: string): Finding[] {
  if (domain === undefined || /^[\w-]+(\.[\w-]+)+$/.test(domain)) return [];
  const message = `'brokerDomain' must be a domain such as 'events.abc123.c2.kafka.eu-west-1.amazonaws.com', got '${domain.slice(0, 60)}'`;
  return [finding('BrokerDomainForm', message)];
}

/** Judges the addresses from which the domain is taken. */
export function bootstrapBrokersFindings(addresses?: string): Finding[] {
  if (addresses === undefined || /^[\w-]+(\.[\w-]+){3}\.kafka\.[\w.-]+:\d+(,|$)/.test(addresses)) return [];
  const form = 'b-1.CLUSTER.ID.NUMBER.kafka.REGION.amazonaws.com:PORT,…';
  return [
    finding('BrokerDomainForm', `'bootstrapBrokers' must have the form ${form}, got '${addresses.slice(0, 60)}'`),
  ];
}
