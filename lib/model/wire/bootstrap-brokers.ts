import { type FieldTable, readFields, toProperties as writeFields } from './fields';
import { scalar } from './parse';

export const BOOTSTRAP_BROKERS_RESOURCE_TYPE = 'Custom::KafkaBootstrapBrokers';

/** Which lists of brokers are read, of which cluster. */
export interface BootstrapBrokersSpec {
  readonly clusterArn: string;
  /** Lists by the names of `BootstrapBrokerList`. */
  readonly lists: readonly string[];
  /** What decides about the brokers' addresses; CloudFormation sends an Update when it changes, and nothing reads it. */
  readonly refresh?: unknown;
  /** Texts whose change makes CloudFormation send an Update; nothing reads them. */
  readonly triggers?: readonly string[];
}

const listOfTexts = (value: unknown) => [value].flat().map(String);
const unread = { compared: false, usedBy: 'CloudFormation', otherwise: { value: undefined } } as const;
const read = { compared: false, usedBy: 'dispatcher' } as const;

const FIELDS: FieldTable<BootstrapBrokersSpec> = {
  clusterArn: { property: 'ClusterArn', parse: scalar, expects: 'an ARN', otherwise: { value: '' }, ...read },
  lists: { property: 'Lists', parse: listOfTexts, expects: 'names of lists', otherwise: { value: [] }, ...read },
  refresh: { property: 'Refresh', parse: (value) => value, expects: 'anything', ...unread },
  triggers: { property: 'Triggers', parse: listOfTexts, expects: 'texts', ...unread },
};

export const toProperties = (spec: BootstrapBrokersSpec): Record<string, unknown> => writeFields(FIELDS, spec);

export const fromProperties = (properties: Readonly<Record<string, unknown>>): BootstrapBrokersSpec =>
  readFields(FIELDS, properties) as BootstrapBrokersSpec;

/** The physical ID never changes, so that a changed list is never a replacement. */
export const physicalIdOf = (clusterArn: string): string => `kb1:${clusterArn}`;

/** MSK's field `BootstrapBrokerStringSaslIam` is the list `SaslIam`; its name of the plaintext list does not say so. */
export function listOfField(field: string): string {
  const rest = field.replace('BootstrapBrokerString', '');
  return rest === '' || rest === 'Ipv6' ? `Plaintext${rest}` : rest;
}
