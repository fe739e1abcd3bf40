import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isKnown, refuse } from '../internal/validation';
import { type Finding, finding } from '../model/finding';
import { watchAttachedPolicies } from './attached-policies';

/** The principal, with its statements added elsewhere. */
export function principalWith(
  principal: iam.IPrincipal,
  addToPrincipalPolicy: iam.IPrincipal['addToPrincipalPolicy'],
): iam.IPrincipal {
  const { assumeRoleAction, policyFragment, principalAccount } = principal;
  return { assumeRoleAction, policyFragment, principalAccount, grantPrincipal: principal, addToPrincipalPolicy };
}

/** Whether a role ignores every policy that is added to it. The CDK does not export the class of such roles, but names it. */
function isImmutable(principal: iam.IPrincipal): boolean {
  const { PROPERTY_INJECTION_ID: name } = principal.constructor as { PROPERTY_INJECTION_ID?: string };
  return name === 'aws-cdk-lib.aws-iam.ImmutableRole';
}

/** Reports a grant that has no effect, although the CDK says that it succeeded. */
export function reportIneffective(principal: iam.IPrincipal, { principalStatement }: iam.Grant): void {
  if (!Construct.isConstruct(principal)) return; // roles and users are constructs; other principals have no policy
  const [elsewhere] = accountFindings(principal, principal.principalAccount);
  watchAttachedPolicies(principal);
  refuse(principal, elsewhere ? [elsewhere] : immutableFindings(principal, principalStatement));
}

function accountFindings(scope: Construct, granteeAccount: string | undefined): Finding[] {
  const { account } = Stack.of(scope);
  if (!isKnown(account) || !isKnown(granteeAccount) || account === granteeAccount) return [];
  const message =
    `the grantee is in account ${granteeAccount}, whose policies a stack in account ${account} cannot change, so the grant would ` +
    'have no effect; wrap it in new CrossAccountClient({ principal }), which collects the statements for both accounts';
  return [finding('GranteeInOtherAccount', message)];
}

function immutableFindings(role: iam.IPrincipal & Construct, statement?: iam.PolicyStatement): Finding[] {
  if (!isImmutable(role) || !statement) return [];
  const text = JSON.stringify(Stack.of(role).resolve(statement.toStatementJson()));
  const message = `the role is immutable in this app, so the grant has no effect; add this statement to its policy: ${text}`;
  return [finding('GranteeImmutable', message)];
}
