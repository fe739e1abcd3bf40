import { type Finding, finding } from '../finding';

/** A day, in seconds. */
const LONGEST_INTERVAL = 86_400;

/** What a scrape configuration is made from. */
export interface PrometheusScrapeFacts {
  readonly brokerDomain?: string;
  readonly intervalSeconds?: number;
}

/** @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
export function scrapeFindings({ brokerDomain, intervalSeconds }: PrometheusScrapeFacts): Finding[] {
  return [...intervalFindings(intervalSeconds), ...domainFindings(brokerDomain)];
}

function intervalFindings(seconds?: number): Finding[] {
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_INTERVAL)) return [];
  const range = `1 to ${LONGEST_INTERVAL.toLocaleString('en')}`;
  return [finding('PrometheusScrapeRange', `'intervalSeconds' must be a whole number from ${range}, got ${seconds}`)];
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
