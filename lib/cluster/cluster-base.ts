import { Names, PhysicalName, Resource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { ClusterGrants } from '../access/cluster-grants';
import { ClusterMetrics } from '../monitoring/metrics/cluster-metrics';
import { BootstrapBrokers } from '../network/bootstrap-brokers';
import { allowClients, clientConfigurationOf } from '../network/client-access';
import type { ClientConfiguration } from '../network/client-configuration';
import { Topic } from '../topics/topic';
import type { TopicOptions } from '../topics/topic-options';
import type { ClusterBudgetOptions } from './budget/budget-options';
import { type ClusterBudget, defineBudget } from './budget/cluster-budget';
import type { ICluster } from './cluster-interface';

/** The name of a new cluster. A generated one can be used in other environments too, as `PhysicalName.GENERATE_IF_NEEDED` asks. */
export const clusterNameFor = (cluster: IConstruct, given: string = PhysicalName.GENERATE_IF_NEEDED): string =>
  given === PhysicalName.GENERATE_IF_NEEDED
    ? Names.uniqueResourceName(cluster, { maxLength: 64, separator: '-' })
    : given;

/**
 * What all clusters have in common, whatever their type and whether they are defined here or imported.
 *
 * @internal
 */
export abstract class ClusterBase extends Resource implements ICluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName: string;
  public abstract readonly connections: ec2.Connections;

  public get clusterRef(): msk.ClusterReference {
    return { clusterArn: this.clusterArn };
  }

  public get grants(): ClusterGrants {
    return ClusterGrants.fromCluster(this);
  }

  public get metrics(): ClusterMetrics {
    return ClusterMetrics.fromCluster(this);
  }

  public get bootstrapBrokers(): BootstrapBrokers {
    return BootstrapBrokers.fromCluster(this);
  }

  public clientConfiguration(authentication?: ClientAuthentication): ClientConfiguration {
    return clientConfigurationOf(this, authentication);
  }

  public addTopic(id: string, options: TopicOptions = {}): Topic {
    const topics = this.node.tryFindChild('Topics') ?? new Construct(this, 'Topics');
    return new Topic(topics, id, { cluster: this, ...options });
  }

  public allowClients(client: ec2.IConnectable, authentication?: ClientAuthentication): void {
    allowClients(this, client, authentication);
  }

  /**
   * Defines the budget of the cluster, which compares the traffic of its topics with its limits, and computes costs. It adds
   * nothing to the template. A cluster has at most one budget.
   *
   * @param options the traffic of the topics, and how to judge it
   */
  public budget(options: ClusterBudgetOptions): ClusterBudget {
    return defineBudget(this, options);
  }
}
