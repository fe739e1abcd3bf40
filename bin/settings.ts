import { RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** Settings of the reference cluster: `cdk deploy -c brokersPerAz=2 -c topics=orders:12,payments`. */
export interface Settings {
  readonly stackName: string;
  readonly kafkaVersion?: string;
  readonly instanceType?: string;
  readonly brokersPerAz?: number;
  /** Size of each broker's volume. */
  readonly volumeGiB?: number;
  readonly topics: readonly { readonly name: string; readonly partitionCount?: number }[];
  readonly removalPolicy?: RemovalPolicy;
}

const text = (value: string) => value;

const wholeNumber = (value: string) => (/^\d+$/.test(value) ? Number(value) : undefined);

const removalPolicy = (value: string) =>
  ({ destroy: RemovalPolicy.DESTROY, retain: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE })[value];

function topics(value: string): Settings['topics'] | undefined {
  const parsed = value.split(',').map((topic) => {
    const [name, count] = topic.split(':');
    return { name, partitionCount: count === undefined ? undefined : wholeNumber(count) };
  });
  return value.split(',').every((topic) => /^[^:]+(:\d+)?$/.test(topic)) ? parsed : undefined;
}

/** Reads and validates the context. Anything that is not set uses the library's defaults. */
export function readSettings(node: Node): Settings {
  const read = <T>(name: string, parse: (value: string) => T | undefined, expected: string): T | undefined => {
    const value = node.tryGetContext(name) as string | number | undefined;
    if (value === undefined) return undefined;
    const parsed = parse(String(value));
    if (parsed === undefined) throw new Error(`context '${name}' must be ${expected}, got '${value}'`);
    return parsed;
  };
  return {
    stackName: read('stackName', text, 'a name') ?? 'Kafka',
    kafkaVersion: read('kafkaVersion', text, 'a version of MSK'),
    instanceType: read('instanceType', text, 'an instance type of MSK'),
    brokersPerAz: read('brokersPerAz', wholeNumber, 'a whole number'),
    volumeGiB: read('volumeGiB', wholeNumber, 'a whole number'),
    topics: read('topics', topics, 'names with partitions, such as orders:12,payments') ?? [{ name: 'orders' }],
    removalPolicy: read('removalPolicy', removalPolicy, 'destroy or retain'),
  };
}
