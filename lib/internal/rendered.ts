import type { CfnResource } from 'aws-cdk-lib';
import { isPendingValue } from './validation';

/**
 * The properties of a resource as they are written to the template, with what escape hatches and tags changed. Expressions are
 * not evaluated. What `cdk` has not looked up yet is an expression here, too.
 */
export function renderedProperties(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { Resources } = resource._toCloudFormation() as { Resources: Record<string, unknown> };
  const [rendered] = Object.values(resource.stack.resolve(Resources) as Record<string, { Properties?: object }>);
  return { ...(withoutPending(rendered.Properties) as object | undefined) };
}

function withoutPending(value: unknown): unknown {
  if (isPendingValue(value)) return { Pending: value };
  if (Array.isArray(value)) return value.map(withoutPending);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutPending(one)]));
}
