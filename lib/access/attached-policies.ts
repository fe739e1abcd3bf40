import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Carried } from '../internal/carried';
import { refuseWhenWritten } from '../internal/validation';
import { type Finding, finding } from '../model/finding';
import facts from '../model/facts/limits.json';

const WATCHED = new Carried<true>('AttachedPolicies');

/** Warns of a role whose grants need more managed policies than IAM attaches to a role. The CDK adds them when the template is written. */
export function watchAttachedPolicies(principal: iam.IPrincipal): void {
  if (!Construct.isConstruct(principal) || WATCHED.of(principal)) return;
  const resource = principal.node.defaultChild;
  if (!(resource instanceof iam.CfnRole)) return;
  WATCHED.set(principal, true);
  refuseWhenWritten(principal, () => attachedFindings(principal, resource));
}

function attachedFindings({ node }: Construct, resource: iam.CfnRole): Finding[] {
  const split = node.children.filter((child) => child instanceof iam.ManagedPolicy).length;
  const own = (Stack.of(resource).resolve(resource.managedPolicyArns) ?? []) as unknown[];
  const { default: quota, max } = facts.managedPoliciesPerRole;
  const attached = split + own.length;
  if (split === 0 || attached <= quota) return [];
  const message = `the permissions of the role fill ${attached} managed policies, but IAM attaches ${quota} to a role by default, and ${max} at most; grant on many topics at once, with cluster.grants.topicsWithPrefix('…') or cluster.grants.allTopics`;
  return [finding('GrantsFillPolicies', message)];
}
