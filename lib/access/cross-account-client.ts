import type * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';
import { refused } from '../internal/validation';
import { finding } from '../model/finding';
import { principalWith } from './grantee';
import { checked } from '../internal/signatures/checked';

/** Properties of a client in another account. */
export interface CrossAccountClientProps {
  /**
   * The other account, or a role or user in it. Everyone (`AnyPrincipal`, `StarPrincipal`) is refused without a condition, such as
   * that of `OrganizationPrincipal`.
   */
  readonly principal: iam.IPrincipal;
}

/**
 * Collects the permissions of a client in another account. It can be used as the grantee of every grant of this library. The
 * permissions have to be added both to the cluster's policy and to a policy in the client's own account.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cross-account-permissions.html
 */
@checked('CrossAccountClient')
export class CrossAccountClient implements iam.IGrantable {
  public readonly grantPrincipal: iam.IPrincipal;
  private readonly granted: iam.PolicyStatement[] = [];

  public constructor(private readonly props: CrossAccountClientProps) {
    if (isAnyone(props.principal)) throw refused('CrossAccountClient', ANYONE);
    this.grantPrincipal = principalWith(props.principal, (statement) => {
      this.granted.push(statement);
      return { statementAdded: true, policyDependable: new DependencyGroup() }; // there is no policy in this app to depend on
    });
  }

  /** Statements for the cluster's policy: what has been granted so far, with the principal. */
  public get clusterPolicyStatements(): iam.PolicyStatement[] {
    return this.granted.map((statement) => this.withPrincipal(statement));
  }

  /** Statements for the client's policy in its own account: what has been granted so far. */
  public get identityPolicyStatements(): iam.PolicyStatement[] {
    return this.granted.map((statement) => statement.copy());
  }

  private withPrincipal(statement: iam.PolicyStatement): iam.PolicyStatement {
    return statement.copy({ principals: [this.props.principal] });
  }
}

function isAnyone({ policyFragment: { conditions, principalJson } }: iam.IPrincipal): boolean {
  return Object.values(principalJson).flat().includes('*') && Object.keys(conditions).length === 0;
}

const ANYONE = finding(
  'CrossAccountAnyone',
  "'principal' is everyone, so the cluster's policy would allow every AWS account; name an account, a role or an organization, or " +
    'restrict the principal with .withConditions(...)',
);
