import { AUTHENTICATION_METHODS, type AuthenticationMethod } from '../listeners';
import {
  comparedProperties,
  type Field,
  type FieldTable,
  type FieldUser,
  invalidProperty,
  readFields,
  toProperties as writeFields,
  unknownProperties,
  type WireProblem,
} from './fields';
import { arnOf, boolean, integer, oneOf, scalar, seconds, text, texts } from './parse';

/** A declared topic, as the template, the worker and the command line use it. */
export interface TopicSpec {
  readonly topicName: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /**
   * Topic configs by Kafka's names. All values are text, since a 64-bit number loses precision as a JavaScript number.
   */
  readonly configs: Readonly<Record<string, string>>;
  readonly onExisting: 'fail' | 'adopt';
  readonly configDrift: 'declared' | 'exact';
  readonly onPartitionDecrease: 'fail' | 'keep';
  readonly onUnreachable: 'fail' | 'retain';
  readonly onReplace: 'retain' | 'delete';
  readonly allowDataLoss: boolean;
  readonly permissionGraceSeconds: number;
  readonly nonce?: string;
}

/** The cluster of a topic, and how to connect to it. */
export interface TopicPlace {
  readonly clusterArn: string;
  /** ARN of the function that connects to the brokers. */
  readonly worker: string;
  readonly authentication: AuthenticationMethod;
  /** ARN of the secret that the worker authenticates with, never the secret itself. With IAM there is none. */
  readonly secret?: string;
  readonly clusterKind: ClusterKind;
}

/** The cluster types of MSK, which differ in the settings that a topic may have. */
export type ClusterKind = (typeof CLUSTER_KINDS)[number];
const CLUSTER_KINDS = ['standard', 'express', 'serverless'] as const;

export interface TopicRequest {
  readonly spec: TopicSpec;
  readonly place: TopicPlace;
}

export const TOPIC_RESOURCE_TYPE = 'Custom::KafkaTopic';

/** Increases when new code can no longer read old properties, but not when a property is added. */
export const SCHEMA_VERSION = '1';

/** The defaults of a topic, at synthesis and for a property that is missing in an event. */
export const TOPIC_DEFAULTS = {
  partitionCount: 3,
  /** If the zones of the cluster are not known. */
  replicationFactor: 3,
  onExisting: 'fail',
  configDrift: 'declared',
  onPartitionDecrease: 'fail',
  onUnreachable: 'fail',
  onReplace: 'retain',
  allowDataLoss: false,
  /** With IAM, since policies take up to a minute to reach the brokers. */
  permissionGraceSeconds: 120,
} as const satisfies Partial<TopicSpec>;

/** A property with a fixed set of values, the first of which is the default. */
function choice<T extends string>(
  property: string,
  allowed: readonly T[],
  compared: boolean,
  usedBy: FieldUser,
): Field<T> {
  const expects = allowed.join(' or ');
  return { property, parse: oneOf(allowed), expects, default: { value: allowed[0] }, compared, usedBy };
}

const required = { compared: true, usedBy: 'plan' } as const;

/** The properties of a topic's place. */
export const PLACE_FIELDS: FieldTable<TopicPlace> = {
  clusterArn: {
    property: 'ClusterArn',
    parse: arnOf('kafka'),
    expects: 'the ARN of a cluster',
    compared: true,
    usedBy: 'dispatcher',
  },
  worker: {
    property: 'Worker',
    parse: arnOf('lambda'),
    expects: 'the ARN of a function',
    compared: true,
    usedBy: 'dispatcher',
  },
  authentication: choice('Authentication', AUTHENTICATION_METHODS, true, 'dispatcher'),
  secret: {
    property: 'Secret',
    parse: arnOf('secretsmanager'),
    expects: 'the ARN of a secret',
    default: { value: undefined },
    compared: true,
    usedBy: 'dispatcher',
    hidden: true,
  },
  clusterKind: choice('ClusterKind', CLUSTER_KINDS, true, 'worker'),
};

/** The properties of the topic itself. A new option of a topic does not compile until it has a row here. */
export const SPEC_FIELDS: FieldTable<TopicSpec> = {
  topicName: { property: 'TopicName', parse: text, expects: 'a name', ...required },
  partitionCount: { property: 'PartitionCount', parse: integer, expects: 'a whole number', ...required },
  replicationFactor: { property: 'ReplicationFactor', parse: integer, expects: 'a whole number', ...required },
  configs: {
    property: 'Configs',
    parse: texts,
    expects: 'a map of strings',
    default: { value: {} },
    compared: true,
    usedBy: 'plan',
  },
  onExisting: choice('OnExisting', [TOPIC_DEFAULTS.onExisting, 'adopt'], false, 'plan'),
  configDrift: choice('ConfigDrift', [TOPIC_DEFAULTS.configDrift, 'exact'], true, 'plan'),
  onPartitionDecrease: choice('OnPartitionDecrease', [TOPIC_DEFAULTS.onPartitionDecrease, 'keep'], false, 'plan'),
  onUnreachable: choice('OnUnreachable', [TOPIC_DEFAULTS.onUnreachable, 'retain'], false, 'dispatcher'),
  onReplace: choice('OnReplace', [TOPIC_DEFAULTS.onReplace, 'delete'], false, 'plan'),
  allowDataLoss: {
    property: 'AllowDataLoss',
    parse: boolean,
    expects: 'true or false',
    default: { value: TOPIC_DEFAULTS.allowDataLoss },
    compared: false,
    usedBy: 'plan',
  },
  permissionGraceSeconds: {
    property: 'PermissionGracePeriod',
    parse: seconds,
    expects: 'a whole number of seconds from 0 to 86400',
    default: { value: TOPIC_DEFAULTS.permissionGraceSeconds },
    compared: false,
    usedBy: 'retry',
  },
  nonce: {
    property: 'Nonce',
    parse: scalar,
    expects: 'text',
    default: { value: undefined },
    compared: false,
    usedBy: 'CloudFormation',
  },
};

export function toProperties({ place, spec }: TopicRequest): Record<string, unknown> {
  return { SchemaVersion: SCHEMA_VERSION, ...writeFields(PLACE_FIELDS, place), ...writeFields(SPEC_FIELDS, spec) };
}

/** Reads the new properties of an event. Every property must be known and have a valid value. */
export function fromProperties(properties: Readonly<Record<string, unknown>>): {
  request: TopicRequest;
  problems: WireProblem[];
} {
  const problems = unknownProperties([PLACE_FIELDS, SPEC_FIELDS], properties ?? {}, 'a topic');
  const report = (field: Field<unknown>, delivered: unknown) => problems.push(invalidProperty(field, delivered));
  const place = readFields(PLACE_FIELDS, properties, report) as TopicPlace;
  const spec = readFields(SPEC_FIELDS, properties, report) as TopicSpec;
  return { request: { place, spec }, problems };
}

/**
 * Reads the old properties of an event. Another version of the library may have written them, so unknown properties are
 * ignored, and missing or invalid ones are undefined.
 */
export function fromOldProperties(properties: Readonly<Record<string, unknown>>): OldTopicRequest {
  return { place: readFields(PLACE_FIELDS, properties), spec: readFields(SPEC_FIELDS, properties) };
}

/** What can still be read from the properties that a resource had before. */
export interface OldTopicRequest {
  readonly spec: Partial<TopicSpec>;
  readonly place: Partial<TopicPlace>;
}

/** The properties that are compared to find out whether a topic differs from its declaration. */
export const COMPARED_PROPERTIES: readonly string[] = [
  ...comparedProperties(PLACE_FIELDS),
  ...comparedProperties(SPEC_FIELDS),
];
