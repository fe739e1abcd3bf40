import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isToken } from './validation';

/**
 * Eight characters that are unique to a stack, now and later. A name that contains them does not collide with resources
 * that a destroyed stack of the same name has left. Only CloudFormation knows the characters, so the template is the
 * same on every machine.
 */
export function stackSuffix(scope: IConstruct): string {
  const uuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return Fn.select(0, Fn.split('-', uuid));
}

const ADDRESSES = new WeakMap<IConstruct['node'], string>();

/** The end of a construct's address, which is a hash of its path. It is cached, since computing it is slow. */
export function shortAddress({ node }: IConstruct): string {
  const address = ADDRESSES.get(node) ?? node.addr.slice(-12);
  ADDRESSES.set(node, address);
  return address;
}

/** A physical name from the construct's path, for resources to which CloudFormation does not give a name. */
export function nameFor(scope: IConstruct): string {
  const readable = Names.uniqueResourceName(scope, { maxLength: 50, separator: '-' });
  return `${readable}-${stackSuffix(scope)}`;
}

/** The name of the stack, cut to a length. A nested stack has no name before deployment. */
export function stackLabel(scope: IConstruct, length: number): string {
  const { stackName } = Stack.of(scope);
  return isToken(stackName) ? 'nested' : stackName.slice(0, length);
}
