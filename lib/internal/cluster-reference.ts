import { CfnResource } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';

/** For what stands in place of a cluster and carries no reference to one, such as a cluster of another library. */
export function clusterReferenceFinding(property: string, got: unknown): Finding {
  const shown = Construct.isConstruct(got) ? `a ${got.constructor.name} at '${got.node.path}'` : kindOf(got);
  const message = `'${property}' must be a cluster of this library, an L1, or another construct with 'clusterRef', got ${shown}; ${wayOutOf(got)}`;
  return finding('ClusterReference', message);
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
