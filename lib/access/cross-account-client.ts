import type * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

/** Whose statements they are. */
export interface CrossAccountClientProps {
  /** The other account, or a role or user in it. */
  readonly principal: iam.IPrincipal;
}

/**
 * A client in another account: a grantee for every grant of this library. What it is granted has to stand in the policy of
 * the cluster, beside the same in the client's own account.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cross-account-permissions.html
 */
export class CrossAccountClient implements iam.IGrantable {
  public readonly grantPrincipal: iam.IPrincipal;
  private readonly granted: iam.PolicyStatement[] = [];

  public constructor(private readonly props: CrossAccountClientProps) {
    const { assumeRoleAction, policyFragment, principalAccount } = props.principal;
    this.grantPrincipal = {
      assumeRoleAction,
      policyFragment,
      principalAccount,
      grantPrincipal: props.principal,
      addToPrincipalPolicy: (statement) => {
        this.granted.push(statement);
        return { statementAdded: true, policyDependable: new DependencyGroup() }; // no policy here to wait for
      },
    };
  }

  /** What was granted until now, with the principal, for the cluster's policy. */
  public get clusterPolicyStatements(): iam.PolicyStatement[] {
    return this.granted.map((statement) => this.forCluster(statement));
  }

  /** What was granted until now, for a policy of the client in its own account. */
  public get identityPolicyStatements(): iam.PolicyStatement[] {
    return this.granted.map((statement) => statement.copy());
  }

  private forCluster(statement: iam.PolicyStatement): iam.PolicyStatement {
    return statement.copy({ principals: [this.props.principal] });
  }
}
