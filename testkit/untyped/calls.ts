import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as msk from '../../lib';
import { CLASSES, type Members, membersOf } from '../../lib/internal/signatures/signature-table';
import { sample, sampleOf } from './samples';

/** A constructor, static method or method that users can call. */
export interface Call {
  readonly name: string;
  readonly parameters: Members;
  readonly run: (stack: Stack, args: readonly unknown[]) => unknown;
}

type AnyClass = (new (...args: unknown[]) => unknown) & Record<string, (...args: unknown[]) => unknown>;

const classOf = (name: string) => (msk as unknown as Record<string, AnyClass>)[name];

/** All calls that the public classes and interfaces offer. */
export function allCalls(): Call[] {
  return Object.entries(CLASSES).flatMap(([name, { create, methods = {}, statics = {} } = {}]) => [
    ...(create
      ? [{ name, parameters: create, run: (_: Stack, args: readonly unknown[]) => new (classOf(name))(...args) }]
      : []),
    ...Object.entries(statics).map(([method, parameters]) => ({
      name: `${name}.${method}`,
      parameters,
      run: (_: Stack, args: readonly unknown[]) => classOf(name)[method](...args),
    })),
    ...Object.entries(methods).map(([method, parameters]) => ({
      name: `${name}.${method}`,
      parameters,
      run: (stack: Stack, args: readonly unknown[]) =>
        (instanceOf(name, stack, method) as Record<string, (...args: unknown[]) => unknown>)[method](...args),
    })),
  ]);
}

/** Arguments whose valid values no other parameter of the name has. */
const OF_CALL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ClusterMetrics.metric': { name: 'BytesInPerSec' },
  'SchemaVersions.fromDirectory': { directory: path.join(__dirname, 'versions') },
  'TopicMetrics.metric': { name: 'BytesInPerSec' },
};

/** Valid arguments of a call, by the name of the parameter. Optional ones are missing. */
export function validArguments({ name, parameters }: Call, stack: Stack): Record<string, unknown> {
  const needed = membersOf(parameters).filter(({ isOptional }) => !isOptional);
  const values = needed.map(({ key, type }) => [key, key === 'id' ? 'Tried' : sampleOf(key, type, stack)] as const);
  return { ...Object.fromEntries(values), ...OF_CALL[name] };
}

/** Calls with arguments by the name of the parameter. */
export function perform(call: Call, stack: Stack, args: Readonly<Record<string, unknown>>): unknown {
  const values = membersOf(call.parameters).map(({ isRest, key }) => (isRest ? args[key] : [args[key]]));
  return call.run(stack, values.flat());
}

/** Objects that the library hands out without a public constructor. */
const HANDED_OUT: Readonly<Record<string, (stack: Stack) => unknown>> = {
  BootstrapBrokers: (stack) => (sample('ICluster', stack) as msk.ICluster).bootstrapBrokers,
  ClientProperties: (stack) => (sample('ICluster', stack) as msk.ICluster).clientConfiguration().java,
  ClusterGrants: (stack) => (sample('ICluster', stack) as msk.ICluster).grants,
  ClusterMetrics: (stack) => (sample('ICluster', stack) as msk.ICluster).metrics,
  'ClusterMetrics.storageUsed': () =>
    msk.ClusterMetrics.fromClusterName(new Stack(), 'events', { kind: msk.ClusterKind.EXPRESS }),
  ICluster: (stack) => sample('ICluster', stack),
  SchemaGrants: (stack) => (instanceOf('TopicSchema', stack) as msk.TopicSchema).grants,
  TopicGrants: (stack) => (sample('ITopic', stack) as msk.ITopic).grants,
  TopicMetrics: (stack) => (sample('ITopic', stack) as msk.ITopic).metrics,
};

export function instanceOf(name: string, stack: Stack, method = ''): unknown {
  const handedOut = HANDED_OUT[`${name}.${method}`] ?? HANDED_OUT[name];
  if (handedOut) return handedOut(stack);
  const call = allCalls().find((one) => one.name === name);
  if (!call) throw new Error(`no instance of ${name}`);
  return perform(call, stack, { ...validArguments(call, stack), id: `Sample${name}` });
}
