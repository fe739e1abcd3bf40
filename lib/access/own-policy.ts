import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { principalWith } from './grantee';

/** A policy of this library for a role that may be the user's. */
export interface OwnPolicy extends iam.IGrantable {
  /** Construct on which findings about the statements are acknowledged. */
  readonly scope: Construct;
}

/** A policy that knows whether a role has taken it, since an immutable role and one that is made elsewhere do not. */
class SeparatePolicy extends iam.Policy {
  public isTaken = false;

  public override attachToRole(role: iam.IRole): void {
    this.isTaken = true;
    super.attachToRole(role);
  }
}

/**
 * Returns the policy of a construct for a role, which the first call creates. Statements whose findings this library
 * acknowledges are in this policy and not in the role's own, where findings on the user's statements would be acknowledged
 * too. A role that takes no policy gets the statements itself, and reports or records them.
 */
export function ownPolicy(scope: Construct, id: string, { grantPrincipal }: iam.IGrantable): OwnPolicy {
  const policy = (scope.node.tryFindChild(id) as SeparatePolicy | undefined) ?? new SeparatePolicy(scope, id);
  const role = grantPrincipal as Partial<iam.IRole>;
  role.attachInlinePolicy?.(policy);
  if (!policy.isTaken) return { grantPrincipal, scope: policy };
  const add: iam.IPrincipal['addToPrincipalPolicy'] = (statement) =>
    policy.grantPrincipal.addToPrincipalPolicy(statement);
  return { grantPrincipal: principalWith(grantPrincipal, add), scope: policy };
}
