import { isFrom } from '../fact-lookups';
import { type Finding, finding } from '../finding';
import { expectation, type ValueFact } from './values';

/** A topic config or a server property, and the release lines of Kafka in which it exists. */
export interface VersionedFact extends ValueFact {
  readonly since?: string;
  readonly removedIn?: string;
  /** The lower limit from a release line on. */
  readonly minFrom?: Readonly<Record<string, string>>;
}

/** Brokers refuse a config that their version does not know. */
export function versionFindings({ name, removedIn, since }: VersionedFact, kafkaVersion?: string): Finding[] {
  if (kafkaVersion === undefined) return [];
  if (since && !isFrom(since, kafkaVersion)) {
    const message = `'${name}' requires Kafka ${since} or later, but the cluster has ${kafkaVersion}; remove it`;
    return [finding('ConfigOfOtherVersion', message)];
  }
  if (!removedIn || !isFrom(removedIn, kafkaVersion)) return [];
  const message = `'${name}' was removed in Kafka ${removedIn}, and the cluster has ${kafkaVersion}; remove it`;
  return [finding('ConfigOfOtherVersion', message)];
}

/** The lower limit of a version, where it differs. */
export function limitOf({ minFrom = {} }: VersionedFact, kafkaVersion?: string): Pick<ValueFact, 'min'> {
  const limits = Object.entries(minFrom).filter(([line]) => kafkaVersion !== undefined && isFrom(line, kafkaVersion));
  return limits.length > 0 ? { min: limits[limits.length - 1][1] } : {};
}

/** A value that a later version refuses. Brokers of that version do not start with it, even if only one topic has it. */
export function upgradeFindings(fact: VersionedFact, value: string): Finding[] {
  const blocked = Object.entries(fact.minFrom ?? {}).find(([, min]) => expectation({ ...fact, min }, value));
  if (!blocked) return [];
  const [line, min] = blocked;
  const message = `'${fact.name}' is below ${min}: brokers of Kafka ${line} and later do not start with such a value; raise it before you upgrade the cluster`;
  return [finding('ConfigBlocksUpgrade', message)];
}
