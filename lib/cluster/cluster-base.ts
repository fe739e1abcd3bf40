import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { ClusterGrants } from '../access/cluster-grants';
import { ClusterMetrics } from '../monitoring/metrics/cluster-metrics';
import { MeasuredCluster } from '../monitoring/metrics/measured';
import { BootstrapBrokers } from '../network/bootstrap-brokers';
import { allowClients, clientConfigurationOf } from '../network/client-access';
import type { ClientConfiguration } from '../network/client-configuration';
import { problem } from '../model/finding';
import { refused } from '../internal/validation';
import { Topic, type TopicOptions } from '../topics/topic';
import { driftReportsOf, type TopicDriftOptions } from '../handlers/schedule';
import type { ICluster } from './cluster';

/**
 * What all clusters have in common, whatever their type and whether they are defined here or imported.
 *
 * @internal
 */
export abstract class ClusterBase extends MeasuredCluster implements ICluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName: string;
  public abstract readonly connections: ec2.Connections;

  public get clusterRef(): msk.ClusterReference {
    return { clusterArn: this.clusterArn };
  }

  public get grants(): ClusterGrants {
    return ClusterGrants.fromCluster(this);
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

  public reportTopicDrift(options: TopicDriftOptions = {}): void {
    if (driftReportsOf(this).start(options)) return;
    const message =
      'reportTopicDrift has been called for this cluster before; call it once, for the topics of all stacks';
    throw refused(this, problem('DriftReportTwice', message));
  }

  public allowClients(client: ec2.IConnectable, authentication?: ClientAuthentication): void {
    allowClients(this, client, authentication);
  }

  /** @internal */
  protected get _metrics(): ClusterMetrics {
    return ClusterMetrics.fromCluster(this, { cluster: this });
  }
}
