import type { IConstruct } from 'constructs';
import { Carried } from './carried';

const SERVER_PROPERTIES = new Carried<Readonly<Record<string, string>>>('ServerProperties');

/** Declares the server properties of a configuration, by Kafka's names. */
export const declareServerProperties = (
  configuration: IConstruct,
  properties: Readonly<Record<string, string>>,
): void => SERVER_PROPERTIES.set(configuration, properties);

/** The server properties that a configuration declared: each cluster checks them by its own type and version. */
export const serverPropertiesOf = (configuration: IConstruct): Readonly<Record<string, string>> =>
  SERVER_PROPERTIES.of(configuration) ?? {};
