import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { knownText } from './validation';

/** A Region and an account, as far as they are known at synthesis. */
export interface KnownEnvironment {
  readonly region?: string;
  readonly account?: string;
}

/** The CDK does not promise an environment for constructs of other libraries. */
type Placed = IConstruct & { readonly env?: KnownEnvironment };

const knownOf = ({ account, region }: KnownEnvironment): KnownEnvironment => ({
  account: knownText(account),
  region: knownText(region),
});

/** Where a resource is, which its ARN says if it is imported. */
export const environmentOf = (resource: Placed): KnownEnvironment => knownOf(resource.env ?? Stack.of(resource));

/** Where the resources of a scope are. */
export const ownEnvironment = (scope: IConstruct): KnownEnvironment => knownOf(Stack.of(scope));

const PARTS = [
  ['region', 'Region'],
  ['account', 'account'],
] as const;

/** A part in which two environments cannot be the same: its key, and how messages write both sides. */
export interface Difference {
  readonly part: keyof KnownEnvironment;
  readonly one: string;
  readonly other: string;
}

export function differenceOf(one: KnownEnvironment, other: KnownEnvironment): Difference | undefined {
  const found = PARTS.find(
    ([part]) => one[part] !== undefined && other[part] !== undefined && one[part] !== other[part],
  );
  if (!found) return undefined;
  const [part, name] = found;
  return { part, one: `${name} ${one[part]}`, other: `${name} ${other[part]}` };
}

/** Something that must be defined next to a resource. */
export interface Neighbor {
  /** What is defined, as the subject of a sentence in the singular. */
  readonly what: string;
  /** The property that names the resource. */
  readonly property: string;
  /** Whether it works across accounts, within a Region. */
  readonly acrossAccounts?: boolean;
}

/** Refuses what is in another Region or account than the resource that it needs, if both are known: it would be deployed, and not work. */
export function elsewhereFindings(scope: IConstruct, resource: Placed, neighbor: Neighbor): Finding[] {
  const [env, stack] = [resource.env, Stack.of(scope)];
  if (env?.region === stack.region && env.account === stack.account) return []; // also if both are the same token
  const difference = differenceOf(environmentOf(resource), ownEnvironment(scope));
  if (difference === undefined || (difference.part === 'account' && neighbor.acrossAccounts)) return [];
  const { one: place, other: own } = difference;
  const message =
    `'${neighbor.property}' is in ${place}, but ${neighbor.what} would be in ${own}, where it cannot work; ` +
    `define it in a stack whose 'env' has ${place}`;
  return [finding('OtherEnvironment', message)];
}
