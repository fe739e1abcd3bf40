import * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';

/**
 * What an identity may do with a cluster, by IAM.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export class ClusterGrants {
  /** Grants on any cluster: one of ours, an imported one, or an L1. */
  public static fromCluster(cluster: msk.IClusterRef): ClusterGrants {
    return new ClusterGrants(cluster.clusterRef.clusterArn);
  }

  private constructor(private readonly clusterArn: string) {}

  /** Connect and authenticate. Every other grant of a cluster or of its topics brings this along. */
  public connect(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['kafka-cluster:Connect'],
      resourceArns: [this.clusterArn],
    });
  }
}
