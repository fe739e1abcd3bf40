import type { Construct } from 'constructs';
import { refuse } from '../internal/validation';
import { emptyGroupsFindings } from '../network/security-group-rules';
import type { ClusterAttributes, ICluster } from './cluster-interface';
import { foundCluster, ImportedCluster, traitsFrom } from './imported-cluster';
import { checked } from '../internal/signatures/checked';

/** Options for looking up a cluster, by its name or by its ARN. */
export interface ClusterLookupOptions {
  /**
   * Name of the cluster. Set either this or `clusterArn`.
   *
   * @default - the cluster is found by its ARN
   */
  readonly clusterName?: string;

  /**
   * ARN of the cluster, including its UUID. It finds the cluster with one query less than the name, and does not depend on what
   * AWS lists.
   *
   * @default - the cluster is found by its name
   */
  readonly clusterArn?: string;
}

/** Imports clusters that already exist. To define a new one, use `ProvisionedCluster`, `ExpressCluster` or `ServerlessCluster`. */
@checked('Cluster')
export class Cluster {
  /**
   * Imports a cluster of which only the ARN is known. Grants, metrics and bootstrap brokers work, but topics need the network of
   * the brokers: `backend: TopicBackend.dataPlane({ vpc, clusterSecurityGroups })`.
   *
   * @param scope scope of the construct
   * @param id ID of the construct
   * @param clusterArn ARN of the cluster, including its UUID
   */
  public static fromClusterArn(scope: Construct, id: string, clusterArn: string): ICluster {
    return new ImportedCluster(scope, id, { clusterArn });
  }

  /**
   * Imports a cluster with its network. Topics, grants, metrics, network rules and bootstrap brokers work.
   *
   * @param scope scope of the construct
   * @param id ID of the construct
   * @param attributes what is known of the cluster
   */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    const { clusterArn, securityGroups } = attributes;
    refuse(scope, emptyGroupsFindings({ securityGroups }));
    return new ImportedCluster(scope, id, { clusterArn, traits: traitsFrom(attributes) });
  }

  /**
   * Finds a provisioned cluster in the stack's account and Region by its name or ARN, at synthesis. Topics, grants, metrics, network
   * rules and bootstrap brokers work. The result is cached in `cdk.context.json`, so that every later synthesis gives the same
   * template; commit that file. The stack needs an explicit environment.
   *
   * @param scope scope of the construct
   * @param id ID of the construct
   * @param options which cluster to look up
   */
  public static fromLookup(scope: Construct, id: string, options: ClusterLookupOptions): ICluster {
    return new ImportedCluster(scope, id, foundCluster(scope, id, options));
  }

  private constructor() {}
}
