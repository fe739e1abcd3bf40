import type * as iam from 'aws-cdk-lib/aws-iam';

/** The principal, with its statements added elsewhere. */
export function principalWith(
  principal: iam.IPrincipal,
  addToPrincipalPolicy: iam.IPrincipal['addToPrincipalPolicy'],
): iam.IPrincipal {
  const { assumeRoleAction, policyFragment, principalAccount } = principal;
  return { assumeRoleAction, policyFragment, principalAccount, grantPrincipal: principal, addToPrincipalPolicy };
}

/** Whether a role ignores every policy that is added to it. The CDK does not export the class of such roles, but names it. */
export function isImmutable(principal: iam.IPrincipal): boolean {
  const { PROPERTY_INJECTION_ID: name } = principal.constructor as { PROPERTY_INJECTION_ID?: string };
  return name === 'aws-cdk-lib.aws-iam.ImmutableRole';
}
