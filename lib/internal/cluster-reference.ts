import { CfnResource } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { finding } from '../model/finding';
import { refused } from './validation';

/**
 * Returns the cluster, or refuses what carries no reference to one. Typed code cannot pass it, but JavaScript and casts can, such as a
 * cluster of another library.
 */
export function referenced<T extends msk.IClusterRef>(cluster: T, place: IConstruct | string): T {
  if (typeof cluster === 'object' && (cluster as T | null) !== null && 'clusterRef' in cluster) return cluster;
  const got = cluster as unknown;
  const shown = Construct.isConstruct(got) ? `a ${got.constructor.name} at '${got.node.path}'` : kindOf(got);
  const message = `'cluster' must be a cluster of this library, an L1, or another construct with 'clusterRef', got ${shown}; ${wayOutOf(got)}`;
  throw refused(place, finding('ClusterReference', message));
}

const kindOf = (value: unknown) => (typeof value === 'string' ? 'a text' : value === null ? 'null' : typeof value);

function wayOutOf(got: unknown): string {
  if (!Construct.isConstruct(got)) return "pass the construct, or Cluster.fromClusterArn(this, 'Cluster', clusterArn)";
  const l1 = CfnResource.isCfnResource(got) ? got : got.node.defaultChild;
  if (CfnResource.isCfnResource(l1) && l1.cfnResourceType === msk.CfnCluster.CFN_RESOURCE_TYPE_NAME)
    return 'pass its L1: cluster.node.defaultChild as CfnCluster';
  const arn = CfnResource.isCfnResource(got) ? 'cluster.attrArn' : 'cluster.clusterArn';
  return `import it: Cluster.fromClusterArn(this, 'Cluster', ${arn})`;
}
