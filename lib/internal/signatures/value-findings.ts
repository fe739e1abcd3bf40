import { createRequire } from 'node:module';
import { type Finding, finding } from '../../model/finding';
import { nearest } from '../../model/nearest';
import { limitFindings } from '../../model/rules/property-limits';
import { clusterReferenceFinding } from '../cluster-reference';
import { isKnown, isPlain, isToken } from '../validation';
import { BRAND } from './brand';
import { type Member, type Members, membersOf, TYPES, type TypeSignature } from './signature-table';

/** Where a value stands: the property by which the caller knows it, and whether unknown properties beside it are mistakes. */
export interface Place {
  readonly property: string;
  /** The struct or method that the property belongs to. */
  readonly owner: string;
  /** False where a subclass or a caller may have properties of its own. */
  readonly isClosed: boolean;
  /** Whether it is a parameter: what stands in an object of properties is known without the name of its parameter. */
  readonly isParameter?: boolean;
}

type Check = (value: unknown, place: Place) => Finding[];

/** Judges a value by the name of its type, such as `number`, `array<string>`, `map<string>` or `TopicProps`. */
export function valueFindings(type: string, value: unknown, place: Place): Finding[] {
  const [, collection, element] = /^(array|map)<(.*)>$/.exec(type) ?? [];
  if (collection === 'array') return listFindings(element, value, place);
  if (collection === 'map') return mapFindings(element, value, place);
  const check = PRIMITIVES[type] ?? namedCheck(type, TYPES[type]);
  return check(value, place);
}

const wrong = ({ property }: Place, expected: string, got: string): Finding[] => [
  finding('PropertyType', `'${property}' must be ${expected}, got ${got}`),
];

function primitive(type: string, fits: (value: unknown) => boolean): Check {
  const encoder =
    type === 'string' || type === 'number'
      ? ` (of a token, use Token.as${type === 'string' ? 'String' : 'Number'}(…))`
      : '';
  return (value, place) =>
    fits(value) ? [] : wrong(place, `${EXPECTED[type]}${isTokenObject(value) ? encoder : ''}`, shown(value));
}

const isTokenText = (value: unknown) => typeof value === 'string' && isToken(value);

const isTokenObject = (value: unknown) => typeof value === 'object' && isToken(value);

const EXPECTED: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  date: 'a valid Date',
  number: 'a finite number',
  string: 'a string',
  IClusterRef: "a cluster of this library, an L1, or another construct with 'clusterRef'",
};

const PRIMITIVES: Readonly<Record<string, Check>> = {
  any: () => [],
  boolean: primitive('boolean', (value) => typeof value === 'boolean'),
  date: primitive('date', (value) => value instanceof Date && !Number.isNaN(value.getTime())),
  json: () => [],
  number: primitive('number', (value) => typeof value === 'number' && Number.isFinite(value)),
  string: primitive('string', (value) => typeof value === 'string'),
};

function listFindings(element: string, value: unknown, place: Place): Finding[] {
  if (!Array.isArray(value)) return wrong(place, `a list of ${element}`, shown(value));
  return Array.from(value as unknown[]).flatMap((one, index) =>
    valueFindings(element, one, { ...place, property: `${place.property}[${index}]` }),
  );
}

function mapFindings(element: string, value: unknown, place: Place): Finding[] {
  if (!isRecord(value) || !isWritten(value))
    return wrong(place, `an object with values of type ${element}`, shown(value));
  return Object.entries(value).flatMap(([key, one]) =>
    valueFindings(element, one, { ...place, property: `${place.property}.${key.slice(0, 60)}` }),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isTokenObject(value);

function namedCheck(name: string, type: TypeSignature): Check {
  if (type.enum) return (value, place) => enumFindings(name, type, { value, place });
  if (type.struct) return (value, place) => structFindings(name, value, place);
  return (value, place) => {
    if (isInstance(name, type, value)) return [];
    if (name === 'IClusterRef') return [clusterReferenceFinding(place.property, value)];
    const mayBeSecret = name === 'SecretValue' && typeof value === 'string';
    return wrong(place, described(name), mayBeSecret ? 'a string' : shown(value));
  };
}

function isInstance(name: string, { isBranded, members = [] }: TypeSignature, value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return isBranded ? (value as Branded)[BRAND] === name : members.every((member) => member in value);
}

interface Branded {
  readonly [BRAND]?: string;
}

/** Enums of this library that decide about the template, so that a token cannot stand for them. */
const DECIDING = new Set(['BootstrapBrokerList', 'ClusterKind', 'FirehoseConnectivity']);

function enumFindings(
  name: string,
  type: TypeSignature,
  { value, place }: { value: unknown; place: Place },
): Finding[] {
  const values = type.enum ?? {};
  const isOwnToken = type.from === undefined && !DECIDING.has(name) && isTokenText(value);
  if (isOwnToken || Object.values(values).includes(value as string) || isLaterValue(name, type, value)) return [];
  const names = Object.keys(values);
  const close = typeof value === 'string' ? [nearest(value, names).candidate] : names.slice(0, 3);
  const examples = close.map((one) => `${name}.${one}`).join(', ');
  return wrong(place, `a value of ${name}, such as ${examples}`, shown(value));
}

/** Whether the user's version of the CDK has the value. Bundled apps have no modules to ask, and are believed. */
function isLaterValue(name: string, { from }: TypeSignature, value: unknown): boolean {
  if (!from || (typeof value !== 'string' && typeof value !== 'number')) return false;
  try {
    const loaded = createRequire(__filename)(from) as Record<string, Readonly<Record<string, unknown>>>;
    return Object.values(loaded[name]).includes(value);
  } catch {
    return true;
  }
}

function structFindings(name: string, value: unknown, place: Place): Finding[] {
  const { isOwn, struct = {} } = TYPES[name];
  if (!isRecord(value) || !hasAny(value, struct)) return wrong(place, `an object (${name})`, shown(value));
  const below = { ...place, isParameter: false, property: place.isParameter ? '' : `${place.property}.` };
  const members = membersFindings(struct, ({ key }) => value[key], { ...below, owner: name });
  return isOwn ? [...members, ...unknownFindings(name, value, below)] : members;
}

/** Whether a value can be meant as the struct: an object that was written down, or an instance of a class with one of its properties. */
const hasAny = (value: object, struct: Members) =>
  isWritten(value) || membersOf(struct).some(({ key }) => key in value);

const isWritten = (value: object) => isPlain(value) || Object.getPrototypeOf(value) === null;

/** Judges each parameter or property, in the order of the declaration. `place.property` is what stands before its name. */
export function membersFindings(members: Members, valueOf: (member: Member, index: number) => unknown, place: Place) {
  const findings: Finding[] = [];
  for (const [index, member] of membersOf(members).entries()) {
    const value = valueOf(member, index);
    if (value === undefined && member.isOptional) continue;
    findings.push(...memberFindings(member, value, { ...place, property: `${place.property}${member.key}` }));
  }
  return findings;
}

function memberFindings({ isOptional, key, type }: Member, value: unknown, place: Place): Finding[] {
  const { property } = place;
  if (value === undefined) return [missing(property, type)];
  if (value === null && isOptional) return [finding('PropertyType', `'${property}' must not be null; leave it out`)];
  const findings = valueFindings(type, value, place);
  return findings.length > 0 || !isKnown(value) ? findings : limitFindings({ ...place, key }, value);
}

function missing(property: string, type: string): Finding {
  const required = membersOf(TYPES[type]?.struct ?? {}).filter(({ isOptional }) => !isOptional);
  const keys = required.map(({ key }) => `'${key}'`).join(', ');
  return finding(
    'PropertyMissing',
    `'${property}' is required; set it to ${described(type)}${keys ? ` with ${keys}` : ''}`,
  );
}

/** A type in a sentence. */
function described(type: string): string {
  const [, collection, element] = /^(array|map)<(.*)>$/.exec(type) ?? [];
  if (collection) return collection === 'array' ? `a list of ${element}` : `an object with values of type ${element}`;
  const { example } = TYPES[type] ?? {};
  return EXPECTED[type] ?? `${article(type)} ${type}${example ? `, such as ${example}` : ''}`;
}

/** A misspelt property is refused. Any other unknown one may belong to the caller, and is ignored with a warning. */
function unknownFindings(name: string, value: Readonly<Record<string, unknown>>, place: Place): Finding[] {
  if (!place.isClosed) return [];
  const known = membersOf(TYPES[name].struct ?? {}).map(({ key }) => key);
  const unknown = Object.keys(value).filter((key) => !known.includes(key) && value[key] !== undefined);
  return unknown.map((key) => {
    const property = `${place.property}${key.slice(0, 60)}`;
    const { candidate, distance } = nearest(bare(key), known);
    const isMisspelt = distance <= Math.min(2, Math.floor(candidate.length / 4)) && value[candidate] === undefined;
    return isMisspelt
      ? finding('PropertyMisspelt', `'${property}' is not a property of ${name}; did you mean '${candidate}'?`)
      : finding('PropertyIgnored', `'${property}' is not a property of ${name} and is ignored; remove it`);
  });
}

/** The name without what other languages put between words. */
const bare = (key: string) => key.replace(/[-_]/g, '');

const article = (name: string) => (/^([aeio]|I[A-Z])/i.test(name) ? 'an' : 'a');

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const name =
    (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name ?? 'Object';
  return name === 'Object' ? 'an object' : `${article(name)} ${name}`;
}
