import * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { partArn } from '../internal/cluster-arns';
import { type Finding, finding } from '../model/finding';
import type { ClusterPart } from '../model/arns';
import { isKnown, refuse, refused } from '../internal/validation';
import type { GrantRow, GrantStatement } from './grant-table';
import { reportIneffective } from './grantee';

/** What the braces in a row of the table are filled with: `topic`, `consumerGroup` and the like. */
export type GrantNames = Readonly<Record<string, string>>;

/** The cluster that a grant is about. */
export interface GrantTarget {
  readonly clusterArn: string;
  /** Construct that reports what is refused. */
  readonly scope: IConstruct;
}

export const targetOf = (cluster: msk.IClusterRef): GrantTarget => ({
  clusterArn: cluster.clusterRef.clusterArn,
  scope: cluster,
});

/** Allows an identity complete action names on resources, for services that connect to a cluster. */
export function grantActions(grantee: iam.IGrantable, actions: string[], ...resourceArns: string[]): iam.Grant {
  const grant = iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
  reportIneffective(grantee.grantPrincipal, grant);
  return grant;
}

/** Allows an identity what a row of the table lists, on this cluster and these names. */
export function applyGrant(
  { clusterArn, scope }: GrantTarget,
  row: GrantRow,
  grantee: iam.IGrantable,
  names: GrantNames = {},
): iam.Grant {
  refuse(
    scope,
    Object.entries(names).flatMap(([name, value]) => nameFindings(name, value)),
  );
  const grants = row.statements.map(({ actions, on }) =>
    grantActions(grantee, actions.map(inFull), arnOf(clusterArn, on, names)),
  );
  const grant = grants.reduce((all, one) => all.combine(one));
  if (!grant.success) throw refused(scope, WITHOUT_POLICY);
  return grant;
}

const WITHOUT_POLICY = finding(
  'GranteeWithoutPolicy',
  'the grantee cannot have a policy attached, so the grant would have no effect; grant to a role or a user, ' +
    'or wrap a principal of another account in new CrossAccountClient({ principal })',
);

const inFull = (action: string) => (action.includes(':') ? action : `kafka-cluster:${action}`);

function arnOf(clusterArn: string, on: GrantStatement['on'], names: GrantNames): string {
  const [, part, name] = /^([\w-]+)\/(.*)$/.exec(on) ?? [];
  if (!part) return clusterArn;
  const filled = name.replace(/\{(\w+)\}/, (_, of: string) => names[of]);
  return partArn(clusterArn, part as ClusterPart, filled);
}

/** A policy reads some characters of a name as a pattern, which would allow more than was meant. */
function nameFindings(name: string, value: string): Finding[] {
  if (!isKnown(value) || /^(?!$)[^*?$]*\*?$/.test(value)) return [];
  const message = `'${name}' of a grant must not be empty or contain '?' or '$', and may contain '*' only as its last character, got '${value}'`;
  return [finding('GrantName', message)];
}
