import { Resource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { ClusterGrants } from '../access/cluster-grants';
import { BootstrapBrokers } from '../network/bootstrap-brokers';
import { ClientConfiguration } from '../network/client-configuration';
import { portsOf } from '../private/ports';
import type { DataPlane } from '../topics/data-plane';
import { Topic, type TopicOptions } from '../topics/topic';
import type { ICluster } from './cluster';

const [IAM_PORT] = portsOf('iam');

/**
 * What all clusters share, whatever their kind and whoever made them.
 *
 * @internal
 */
export abstract class ClusterBase extends Resource implements ICluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName: string;
  public abstract readonly connections: ec2.Connections;

  /** @internal */
  public abstract readonly _dataPlane: DataPlane;

  public get clusterRef(): msk.ClusterReference {
    return { clusterArn: this.clusterArn };
  }

  public get grants(): ClusterGrants {
    return ClusterGrants.fromCluster(this);
  }

  public get bootstrapBrokers(): BootstrapBrokers {
    return BootstrapBrokers._of(this, { clusterArn: this.clusterArn, refresh: () => this._access });
  }

  public clientConfiguration(): ClientConfiguration {
    return ClientConfiguration.iam(this.bootstrapBrokers.saslIam);
  }

  public addTopic(id: string, options: TopicOptions = {}): Topic {
    const topics = this.node.tryFindChild('Topics') ?? new Construct(this, 'Topics');
    return new Topic(topics, id, { cluster: this, ...options });
  }

  public allowClients(client: ec2.IConnectable): void {
    for (const brokers of this.brokersSeenBy(client)) brokers.allowFrom(client, IAM_PORT, 'Kafka clients with IAM');
  }

  /**
   * The brokers' connections, for rules that land in the stack of the client: in the cluster's own stack they would make it
   * depend on its clients.
   */
  private brokersSeenBy(client: ec2.IConnectable): ec2.Connections[] {
    const [own] = client.connections.securityGroups;
    if (!own || Stack.of(own) === this.stack) return [this.connections];
    const id = `Brokers${this.node.addr.slice(-12)}`;
    const stack = Stack.of(own);
    const scope = stack.node.tryFindChild(id) ?? new Construct(stack, id);
    return this.connections.securityGroups.map(({ securityGroupId }, index) => {
      const seen = scope.node.tryFindChild(`Group${index}`) as ec2.ISecurityGroup | undefined;
      return (seen ?? ec2.SecurityGroup.fromSecurityGroupId(scope, `Group${index}`, securityGroupId)).connections;
    });
  }

  /**
   * What decides about the brokers' addresses; nothing where this app does not make the cluster.
   *
   * @internal
   */
  protected get _access(): unknown {
    return undefined;
  }

  /** @internal */
  protected _connectionsOf(securityGroups: ec2.ISecurityGroup[]): ec2.Connections {
    return new ec2.Connections({ securityGroups, defaultPort: IAM_PORT });
  }
}
