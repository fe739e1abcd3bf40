import instances from './facts/instance-types.json';
import versions from './facts/kafka-versions.json';
import type { ClusterKind } from './wire/topic';

/** What messages call the brokers of each kind of cluster. */
export const KIND_NAMES: Readonly<Record<ClusterKind, string>> = {
  standard: 'Standard brokers',
  express: 'Express brokers',
  serverless: 'Serverless clusters',
};

/** More brokers than any quota allows; the default is 60 in a cluster. */
export const MOST_BROKERS = 1000;

/** Whether an instance type is one of Express brokers. */
export const isExpressType = (name: string): boolean => name.startsWith('express.');

/** What AWS documents about an instance type of Standard brokers. Undefined for a type that is newer than the facts. */
export const standardFact = (name?: string) => instances.standard.find(({ type }) => type === name);

/** The same for the size of an Express broker. */
export const expressFact = (name?: string) => instances.express.find(({ type }) => type === name);

/** The same for a version of Kafka. */
export const versionFact = (name?: string) => versions.list.find(({ version }) => version === name);

/** Whether a version of Kafka or MSK, such as `3.9.x.kraft`, belongs to a release line, such as `3.9`, or to a later one. */
export function isFrom(line: string, version: string): boolean {
  const [[firstMajor, firstMinor], [major, minor]] = [line, version].map((one) => one.split('.').map(Number));
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}

/** Whether an instance type of brokers, of either kind, is in the tables. */
export const isTypeKnown = (name: string): boolean =>
  standardFact(name) !== undefined || expressFact(name) !== undefined;

/** Whether Kafka itself stores the metadata in a version (KRaft), rather than ZooKeeper. */
export const isKraftVersion = (version: string): boolean =>
  (versionFact(version)?.metadata ?? (version.endsWith('.kraft') ? 'kraft' : '')) === 'kraft';

/** Whether a version of MSK is older than another one. An `.x` means the newest patch. */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined) return false;
  const [a, b] = [version, than].map((one) => one.split('.').map((part) => (part === 'x' ? Infinity : Number(part))));
  const index = a.findIndex((part, at) => part !== b[at]);
  return index >= 0 && a[index] < b[index];
}
