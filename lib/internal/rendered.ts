import type { CfnResource } from 'aws-cdk-lib';

/**
 * The properties of a resource as they are written to the template, with what escape hatches and tags changed. Expressions are
 * not evaluated.
 */
export function renderedProperties(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { Resources } = resource._toCloudFormation() as { Resources: Record<string, unknown> };
  const [rendered] = Object.values(resource.stack.resolve(Resources) as Record<string, { Properties?: object }>);
  return { ...rendered.Properties };
}
