/** A topic as the template, the worker and the command line know it. */
export interface TopicSpec {
  readonly topicName: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** Kafka's own keys and texts: a 64-bit number does not survive as a JavaScript number. */
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

/** Where the topic is and who reaches it. */
export interface TopicPlace {
  readonly clusterArn: string;
  /** ARN of the function that talks to the brokers. */
  readonly worker: string;
  readonly authentication: AuthenticationKind;
  /** ARN of what the worker authenticates with, unless that is its role; never the secret itself. */
  readonly secret?: string;
  readonly clusterKind: ClusterKind;
}

/** As whom a client comes to the brokers. */
export type AuthenticationKind = (typeof AUTHENTICATIONS)[number];
const AUTHENTICATIONS = ['iam', 'scram', 'tls', 'none'] as const;

/** Kinds differ in what may be set on a topic. */
export type ClusterKind = (typeof CLUSTER_KINDS)[number];
const CLUSTER_KINDS = ['standard', 'express', 'serverless'] as const;

export interface TopicRequest {
  readonly spec: TopicSpec;
  readonly place: TopicPlace;
}

export const TOPIC_RESOURCE_TYPE = 'Custom::KafkaTopic';

/** Grows when old properties could not be read by new code any more; never for an added property. */
export const SCHEMA_VERSION = '1';

/** A value that is not what the wire says, or a property that the wire does not have. */
export interface WireProblem {
  readonly code: 'UnknownProperty' | 'InvalidProperty';
  readonly message: string;
}

interface Field {
  readonly property: string;
  readonly part: 'spec' | 'place';
  readonly key: keyof TopicSpec | keyof TopicPlace;
  /** Undefined: not such a value. */
  readonly parse: (value: unknown) => unknown;
  readonly expects: string;
  readonly otherwise?: unknown;
}

/** A text, or a number or boolean as text; nothing else can be told apart once it is text. */
const scalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const arn = (value: unknown) => (/^arn:[\w-]+:[\w-]+:\S{1,400}$/.test(scalar(value) ?? '') ? value : undefined);
const integer = (value: unknown) => (/^-?\d{1,15}$/.test(scalar(value) ?? '') ? Number(value) : undefined);
const boolean = (value: unknown) =>
  new Map([
    ['true', true],
    ['false', false],
  ]).get(scalar(value) ?? '');
const oneOf =
  <T extends string>(...allowed: T[]) =>
  (value: unknown) =>
    allowed.find((one) => one === value);
function texts(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([key, entry]) => [key, scalar(entry)] as const);
  return entries.every(([, entry]) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

const choice = (
  property: string,
  key: Field['key'],
  allowed: readonly string[],
  part: Field['part'] = 'spec',
): Field => ({
  property,
  part,
  key,
  parse: oneOf(...allowed),
  expects: allowed.join(' or '),
  otherwise: allowed[0],
});

/** Both directions of the wire: CloudFormation hands numbers and booleans over as text. */
const FIELDS: readonly Field[] = [
  { property: 'ClusterArn', part: 'place', key: 'clusterArn', parse: arn, expects: 'an ARN' },
  { property: 'Worker', part: 'place', key: 'worker', parse: arn, expects: 'the ARN of a function' },
  choice('Authentication', 'authentication', AUTHENTICATIONS, 'place'),
  {
    property: 'Secret',
    part: 'place',
    key: 'secret',
    parse: arn,
    expects: 'the ARN of a secret',
    otherwise: undefined,
  },
  choice('ClusterKind', 'clusterKind', CLUSTER_KINDS, 'place'),
  { property: 'TopicName', part: 'spec', key: 'topicName', parse: text, expects: 'a name' },
  { property: 'PartitionCount', part: 'spec', key: 'partitionCount', parse: integer, expects: 'a whole number' },
  { property: 'ReplicationFactor', part: 'spec', key: 'replicationFactor', parse: integer, expects: 'a whole number' },
  { property: 'Configs', part: 'spec', key: 'configs', parse: texts, expects: 'a map of texts', otherwise: {} },
  choice('OnExisting', 'onExisting', ['fail', 'adopt']),
  choice('ConfigDrift', 'configDrift', ['declared', 'exact']),
  choice('OnPartitionDecrease', 'onPartitionDecrease', ['fail', 'keep']),
  choice('OnUnreachable', 'onUnreachable', ['fail', 'retain']),
  choice('OnReplace', 'onReplace', ['retain', 'delete']),
  {
    property: 'AllowDataLoss',
    part: 'spec',
    key: 'allowDataLoss',
    parse: boolean,
    expects: 'true or false',
    otherwise: false,
  },
  {
    property: 'PermissionGracePeriod',
    part: 'spec',
    key: 'permissionGraceSeconds',
    parse: integer,
    expects: 'seconds, a whole number',
    otherwise: 120,
  },
  { property: 'Nonce', part: 'spec', key: 'nonce', parse: scalar, expects: 'text', otherwise: undefined },
];

/** CloudFormation's own keys inside ResourceProperties. */
const NOT_OURS = ['ServiceToken', 'ServiceTimeout', 'SchemaVersion'];

export function toProperties({ spec, place }: TopicRequest): Record<string, unknown> {
  const parts = { spec, place } as unknown as Record<Field['part'], Record<string, unknown>>;
  const properties = FIELDS.map(({ property, part, key }) => [property, parts[part][key]] as const);
  return {
    SchemaVersion: SCHEMA_VERSION,
    ...Object.fromEntries(properties.filter(([, value]) => value !== undefined)),
  };
}

/** Reads the new properties of an event: every one must be known, and a value of its kind. */
export function fromProperties(properties: Readonly<Record<string, unknown>>): {
  request: TopicRequest;
  problems: WireProblem[];
} {
  const problems = unknownProperties(properties ?? {});
  const request = read(properties, (field, delivered) => problems.push(invalid(field, delivered)));
  return { request: request as TopicRequest, problems };
}

/**
 * Reads the old properties of an event. Another version of the library may have written them, so what is unknown
 * there is passed over, and what is missing or unreadable is not there.
 */
export function fromOldProperties(properties: Readonly<Record<string, unknown>>): OldTopicRequest {
  return read(properties, () => undefined);
}

/** What can still be read of the properties that a resource had before. */
export interface OldTopicRequest {
  readonly spec: Partial<TopicSpec>;
  readonly place: Partial<TopicPlace>;
}

function read(
  properties: Readonly<Record<string, unknown>> | null | undefined,
  report: (field: Field, delivered: unknown) => void,
): OldTopicRequest {
  const parts: Record<Field['part'], Record<string, unknown>> = { spec: {}, place: {} };
  for (const field of FIELDS) {
    const delivered = properties?.[field.property];
    const parsed = delivered === undefined ? undefined : field.parse(delivered);
    if (parsed === undefined && (delivered !== undefined || !('otherwise' in field))) report(field, delivered);
    parts[field.part][field.key] = parsed ?? field.otherwise;
  }
  return parts;
}

function invalid({ property, expects }: Field, delivered: unknown): WireProblem {
  const shown = property === 'Secret' ? 'something else' : JSON.stringify(delivered)?.slice(0, 100);
  const got = delivered === undefined ? 'nothing' : shown;
  return { code: 'InvalidProperty', message: `'${property}' must be ${expects}, got ${got}` };
}

function unknownProperties(properties: Readonly<Record<string, unknown>>): WireProblem[] {
  const names = FIELDS.map(({ property }) => property);
  return Object.keys(properties)
    .filter((name) => !names.includes(name) && !NOT_OURS.includes(name))
    .map((name) => ({
      code: 'UnknownProperty',
      message: `'${name.slice(0, 60)}' is no property of a topic; did you mean '${nearest(name, names)}'?`,
    }));
}

function nearest(name: string, names: readonly string[]): string {
  const distances = names.map((candidate) => [editDistance(name.slice(0, 60), candidate), candidate] as const);
  return distances.sort(([a], [b]) => a - b)[0][1];
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = from[i - 1].toLowerCase() === to[j - 1].toLowerCase() ? 0 : 1;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + swap));
    }
    row = next;
  }
  return row[to.length];
}
