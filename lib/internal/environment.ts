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

/** Where a resource is, which its ARN says if it is imported. */
export function environmentOf(resource: Placed): KnownEnvironment {
  const { account, region } = resource.env ?? Stack.of(resource);
  return { account: knownText(account), region: knownText(region) };
}

/** Where the resources of a scope are. */
export function ownEnvironment(scope: IConstruct): KnownEnvironment {
  const { account, region } = Stack.of(scope);
  return { account: knownText(account), region: knownText(region) };
}

const PARTS = ['region', 'account'] as const;

/** The part in which two environments cannot be the same. */
export const differenceOf = (one: KnownEnvironment, other: KnownEnvironment): (typeof PARTS)[number] | undefined =>
  PARTS.find((part) => one[part] !== undefined && other[part] !== undefined && one[part] !== other[part]);

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
  const [place, own] = [environmentOf(resource), ownEnvironment(scope)];
  const part = differenceOf(place, own);
  if (part === undefined || (part === 'account' && neighbor.acrossAccounts)) return [];
  const name = part === 'region' ? 'Region' : 'account';
  const message =
    `'${neighbor.property}' is in ${name} ${place[part]}, but ${neighbor.what} would be in ${name} ${own[part]}, where it cannot work; ` +
    `define it in a stack whose 'env' has ${name} ${place[part]}`;
  return [finding('OtherEnvironment', message)];
}
