import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { isImmutable, principalWith } from './grantee';

/** A policy of this library for a role that may be the user's. */
export interface OwnPolicy extends iam.IGrantable {
  /** Construct on which findings about the statements are acknowledged. */
  readonly scope: Construct;
}

/**
 * Returns the policy of a construct for a role, which the first call creates. Statements whose findings this library
 * acknowledges are in this policy and not in the role's own, where findings on the user's statements would be acknowledged
 * too. A role without one, such as that of an imported function, reports itself what must be added to it.
 */
export function ownPolicy(scope: Construct, id: string, { grantPrincipal }: iam.IGrantable): OwnPolicy {
  const policy = (scope.node.tryFindChild(id) as iam.Policy | undefined) ?? new iam.Policy(scope, id);
  const role = grantPrincipal as iam.IRole;
  if (!('attachInlinePolicy' in role) || isImmutable(role)) return { grantPrincipal, scope: policy };
  role.attachInlinePolicy(policy);
  const add: iam.IPrincipal['addToPrincipalPolicy'] = (statement) =>
    policy.grantPrincipal.addToPrincipalPolicy(statement);
  return { grantPrincipal: principalWith(role, add), scope: policy };
}
