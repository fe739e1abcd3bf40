import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isPendingValue, isToken } from './validation';

/** The end of the ARN that stands for one that `cdk` has not looked up yet. It is never deployed. */
const RESOURCE = 'dummy/00000000-0000-0000-0000-000000000000-0';

/** An ARN of the right form that stands for the ARN of a cluster or configuration until it has been looked up. */
export function pendingArn(scope: IConstruct, resourceType = 'cluster'): string {
  const { account, partition, region } = Stack.of(scope);
  return `arn:${isToken(partition) ? 'aws' : partition}:kafka:${region}:${account}:${resourceType}/${RESOURCE}`;
}

/** The ARN itself, unless a parameter that holds it has not been looked up yet: the CDK's own check would end the synthesis. */
export const arnOrPending = (scope: IConstruct, arn: string, resourceType?: string): string =>
  isPendingValue(arn) ? pendingArn(scope, resourceType) : arn;

export const isPendingArn = (arn: string): boolean => arn.endsWith(RESOURCE);
