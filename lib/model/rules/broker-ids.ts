import { MOST_BROKERS } from '../fact-lookups';
import { type Finding, finding } from '../finding';

/** A token is a text here. */
type BrokerIds = readonly (number | string)[];

const isPositive = (value?: number | string) => Number.isInteger(value) && Number(value) >= 1;

/** The brokers that Prometheus scrapes are listed one by one, so their IDs or their number must be known. */
export function scrapedBrokerFindings(brokerIds?: BrokerIds, numberOfBrokers?: number | string): Finding[] {
  if (brokerIds !== undefined) return brokerIdFindings(brokerIds);
  if (isPositive(numberOfBrokers) && Number(numberOfBrokers) <= MOST_BROKERS) return [];
  const message = `'numberOfBrokerNodes' must be a whole number from 1 to ${MOST_BROKERS.toLocaleString('en')} that is known at synthesis, got ${numberOfBrokers ?? 'none'}; set it, or 'brokerIds'`;
  return [finding('BrokerIds', message)];
}

export function brokerIdFindings(brokerIds: BrokerIds): Finding[] {
  const isGood = brokerIds.length > 0 && brokerIds.every(isPositive) && new Set(brokerIds).size === brokerIds.length;
  if (isGood) return [];
  const message = `'brokerIds' must contain each broker's ID once, which is a whole number of 1 or more and known at synthesis, got ${JSON.stringify(brokerIds)}; take them from 'aws kafka list-nodes'`;
  return [finding('BrokerIds', message)];
}
