import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isToken } from './validation';

/**
 * Eight characters that no other stack has, now or later. A name that carries them can be made again after a stack was
 * destroyed and its data kept; the template stays the same on every machine, since only CloudFormation knows them.
 */
export function stackSuffix(scope: IConstruct): string {
  const uuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return Fn.select(0, Fn.split('-', uuid));
}

const ADDRESSES = new WeakMap<IConstruct['node'], string>();

/** The end of a construct's address, which is a hash of its path: computed once, however many ask. */
export function shortAddress({ node }: IConstruct): string {
  const address = ADDRESSES.get(node) ?? node.addr.slice(-12);
  ADDRESSES.set(node, address);
  return address;
}

/** A physical name from the construct's path, for what CloudFormation does not name by itself. */
export function nameFor(scope: IConstruct): string {
  const readable = Names.uniqueResourceName(scope, { maxLength: 50, separator: '-' });
  return `${readable}-${stackSuffix(scope)}`;
}

/** The stack's name where it is known, cut to a length; a nested stack has none before deployment. */
export function stackLabel(scope: IConstruct, length: number): string {
  const { stackName } = Stack.of(scope);
  return isToken(stackName) ? 'nested' : stackName.slice(0, length);
}
