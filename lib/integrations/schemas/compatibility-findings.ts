import { isKnown } from '../../internal/validation';
import { errorsOf, type Finding, finding } from '../../model/finding';
import { compareSchemas, type SchemaPair, type SchemaVerdict, type SchemaVersion } from './checker';
import { SchemaCompatibility } from './schema-compatibility';
import { SchemaDefinition } from './schema-definition';
import type { SchemaVersions } from './schema-versions';

/** What a mode compares: who must be able to read what, and with how many earlier versions. */
interface Mode {
  readonly isBackward: boolean;
  readonly isForward: boolean;
  readonly all: boolean;
}

const mode = (isBackward: boolean, isForward: boolean, all: boolean): Mode => ({ isBackward, isForward, all });

/** @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility */
const MODES: Readonly<Partial<Record<SchemaCompatibility, Mode>>> = {
  BACKWARD: mode(true, false, false),
  BACKWARD_ALL: mode(true, false, true),
  FORWARD: mode(false, true, false),
  FORWARD_ALL: mode(false, true, true),
  FULL: mode(true, true, false),
  FULL_ALL: mode(true, true, true),
};

/** A new version of a schema, and what it is judged by. */
export interface Evolution {
  readonly definition: SchemaDefinition;
  readonly compatibility: SchemaCompatibility;
  readonly versions: SchemaVersions;
}

/** What a new version breaks for those who use the versions before it. */
export function compatibilityFindings(evolution: Evolution): Finding[] {
  const { compatibility, definition, versions } = evolution;
  if (!isKnown(definition.text) || !isKnown(compatibility)) return [];
  if (versions._format !== definition._format) {
    const message = `'versions' are in ${versions._format}, but 'definition' is in ${definition._format}`;
    return [finding('SchemaVersionFiles', message)];
  }
  const all = versions._versions;
  const isLatest = isSame(all.at(-1)!, definition);
  const invalid = invalidFindings(evolution);
  if (invalid.length > 0) return invalid;
  if (compatibility === SchemaCompatibility.DISABLED) return isLatest ? [] : [frozen(all.at(-1)!)];
  const earlier = isLatest ? all.slice(0, -1) : all;
  const rules = MODES[compatibility];
  return rules ? judged(earlier, rules, evolution) : [];
}

/** Line ends, and space around it, differ between machines and editors. */
const normal = ({ text }: { readonly text: string }) => text.replaceAll('\r\n', '\n').trim();
const isSame = (version: SchemaVersion, definition: SchemaDefinition) => normal(version) === normal(definition);

const frozen = ({ name }: SchemaVersion): Finding => {
  const message =
    `'definition' differs from '${name}', but the compatibility DISABLED accepts no further version; ` +
    `restore '${name}', ${WAY_OUT}`;
  return finding('SchemaIncompatible', message);
};

const WAY_OUT = "or choose another 'compatibility' or 'schemaName'";

/** Only valid schemas can be compared. */
function invalidFindings({ versions }: Evolution): Finding[] {
  return versions._versions.flatMap(({ name, text }) =>
    errorsOf(SchemaDefinition._of(versions._format, text)._findings(`'${name}' of 'versions'`)),
  );
}

function judged(earlier: readonly SchemaVersion[], rules: Mode, evolution: Evolution): Finding[] {
  const others = earlier.filter((version) => !isSame(version, evolution.definition));
  const found = firstOf(rules.all ? others : others.slice(-1), (version) => breaksWith(version, rules, evolution));
  const isDecided = rules.all || errorsOf(found).length > 0;
  return isDecided ? found : [...found, ...checkpointFindings(others, rules, evolution)];
}

/** Errors of the first version that has some, else warnings of the first that has some. */
function firstOf(versions: readonly SchemaVersion[], findingsOf: (version: SchemaVersion) => Finding[]): Finding[] {
  const found = versions.map(findingsOf);
  return found.map(errorsOf).find(({ length }) => length > 0) ?? found.find(({ length }) => length > 0) ?? [];
}

function breaksWith(version: SchemaVersion, rules: Mode, { compatibility, definition }: Evolution): Finding[] {
  const messages = differences(version, rules, definition).map(({ fix, severity, text }) =>
    severity === 'error'
      ? finding('SchemaIncompatible', `${is(compatibility, version)}: ${text}; ${fix}, ${WAY_OUT}`)
      : finding('SchemaCompatibilityDoubtful', `${may(compatibility, version)}: ${text}; ${fix}, or acknowledge this`),
  );
  return [...new Map(messages.map((one) => [one.message, one])).values()];
}

const is = (compatibility: string, { name }: SchemaVersion) =>
  `'definition' is not ${compatibility} compatible with '${name}'`;
const may = (compatibility: string, { name }: SchemaVersion) =>
  `'definition' may not be ${compatibility} compatible with '${name}'`;

interface Difference extends SchemaVerdict {
  readonly fix: string;
}

function differences({ name, text }: SchemaVersion, rules: Mode, definition: SchemaDefinition): Difference[] {
  const [before, after] = [
    { name: `'${name}'`, text },
    { name: "'definition'", text: definition.text },
  ];
  const compare = (pair: SchemaPair, side: keyof SchemaPair) =>
    compareSchemas(definition._format, pair).map((one) => ({ ...one, fix: one.fix[side] }));
  return [
    ...(rules.isBackward ? compare({ reader: after, writer: before }, 'reader') : []),
    ...(rules.isForward ? compare({ reader: before, writer: after }, 'writer') : []),
  ];
}

/**
 * The registry compares with the version that is marked as the checkpoint.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility
 */
function checkpointFindings(others: readonly SchemaVersion[], rules: Mode, evolution: Evolution): Finding[] {
  const [first] = others;
  const broken = others.length > 1 && differences(first, rules, evolution.definition).find(isError);
  if (!broken) return [];
  const message =
    `${is(evolution.compatibility, first)}, and the registry compares with the first version until another one is the checkpoint: ` +
    `${broken.text}; ${broken.fix}, or make a later version the checkpoint with 'aws glue update-schema' and acknowledge this`;
  return [finding('SchemaCompatibilityDoubtful', message)];
}

const isError = ({ severity }: SchemaVerdict) => severity === 'error';
