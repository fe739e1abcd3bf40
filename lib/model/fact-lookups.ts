import instances from './facts/instance-types.json';
import versions from './facts/kafka-versions.json';
import type { ClusterKind } from './wire/topic';

/** What messages call the brokers of each kind of cluster. */
export const KIND_NAMES: Readonly<Record<ClusterKind, string>> = {
  standard: 'Standard brokers',
  express: 'Express brokers',
  serverless: 'Serverless clusters',
};

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
