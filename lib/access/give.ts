import * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { partArn } from '../internal/cluster-arns';
import { type Finding, finding } from '../model/finding';
import type { ClusterPart } from '../model/arns';
import { isKnown, refuse, refused } from '../internal/validation';
import type { GrantRow, GrantStatement } from './grant-table';

/** What stands for the braces of a row: `topic`, `consumerGroup` and the like. */
export type GrantNames = Readonly<Record<string, string>>;

/** Actions in full on one resource, for services that come to a cluster. */
export const giveOn = (grantee: iam.IGrantable, actions: string[], resource: string): iam.Grant =>
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resource] });

/** Gives an identity what a row says, on this cluster and these names. */
export function give(
  cluster: msk.IClusterRef,
  row: GrantRow,
  grantee: iam.IGrantable,
  names: GrantNames = {},
): iam.Grant {
  refuse(
    cluster,
    Object.entries(names).flatMap(([name, value]) => nameFindings(name, value)),
  );
  const { clusterArn } = cluster.clusterRef;
  const grants = row.statements.map(({ actions, on }) =>
    giveOn(grantee, actions.map(inFull), arnOf(clusterArn, on, names)),
  );
  const grant = grants.reduce((all, one) => all.combine(one));
  if (!grant.success) throw refused(cluster, WITHOUT_POLICY);
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

/** A policy would read some characters of a name as a pattern, and open more than was meant. */
function nameFindings(name: string, value: string): Finding[] {
  if (!isKnown(value) || /^(?!$)[^*?$]*\*?$/.test(value)) return [];
  const message = `'${name}' of a grant must not be empty or contain '?' or '$', and may contain '*' only as its last character, got '${value}'`;
  return [finding('GrantName', message)];
}
