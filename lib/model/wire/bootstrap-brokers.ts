import {
  type Field,
  type FieldTable,
  invalidProperty,
  readFields,
  toProperties as writeFields,
  type WireProblem,
} from './fields';
import { arnOf } from './parse';

export const BOOTSTRAP_BROKERS_RESOURCE_TYPE = 'Custom::KafkaBootstrapBrokers';

/** The lists of brokers to read, and their cluster. */
export interface BootstrapBrokersSpec {
  readonly clusterArn: string;
  /** Lists by the names of `BootstrapBrokerList`. */
  readonly lists: readonly string[];
  /**
   * The settings that determine the brokers' addresses. A change makes CloudFormation send an Update, and the value is
   * not read.
   */
  readonly refresh?: unknown;
  /** Texts whose change makes CloudFormation send an Update. They are not read. */
  readonly triggers?: readonly string[];
}

const listOfTexts = (value: unknown) => [value].flat().map(String);
const unread = { compared: false, usedBy: 'CloudFormation', default: { value: undefined } } as const;
const read = { compared: false, usedBy: 'dispatcher' } as const;

const FIELDS: FieldTable<BootstrapBrokersSpec> = {
  clusterArn: { property: 'ClusterArn', parse: arnOf('kafka'), expects: 'the ARN of a cluster', ...read },
  lists: { property: 'Lists', parse: listOfTexts, expects: 'names of lists', ...read },
  refresh: { property: 'Refresh', parse: (value) => value, expects: 'anything', ...unread },
  triggers: { property: 'Triggers', parse: listOfTexts, expects: 'strings', ...unread },
};

export const toProperties = (spec: BootstrapBrokersSpec): Record<string, unknown> => writeFields(FIELDS, spec);

/** Reads the properties of an event, and reports what is missing or wrong. */
export function fromProperties(properties: Readonly<Record<string, unknown>>) {
  const problems: WireProblem[] = [];
  const report = (field: Field<unknown>, delivered: unknown) => problems.push(invalidProperty(field, delivered));
  return { request: readFields(FIELDS, properties, report) as BootstrapBrokersSpec, problems };
}

/** The physical ID does not depend on the lists, so that a change of them is never a replacement. */
export const physicalIdOf = (clusterArn: string): string => `kb1:${clusterArn}`;

/**
 * The list that a field of MSK contains: `BootstrapBrokerStringSaslIam` is `SaslIam`, `BootstrapBrokerString` is
 * `Plaintext`.
 */
export function listOfField(field: string): string {
  const suffix = field.replace('BootstrapBrokerString', '');
  return suffix === '' || suffix === 'Ipv6' ? `Plaintext${suffix}` : suffix;
}
