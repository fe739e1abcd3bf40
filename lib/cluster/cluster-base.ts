import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { ClusterGrants } from '../access/cluster-grants';
import { ClusterMetrics } from '../monitoring/metrics/cluster-metrics';
import { MeasuredCluster } from '../monitoring/metrics/measured';
import { BootstrapBrokers } from '../network/bootstrap-brokers';
import { ClientConfiguration } from '../network/client-configuration';
import { finding } from '../model/finding';
import { AUTHENTICATION_NAMES, type Listeners } from '../model/listeners';
import { portsOf } from '../network/ports';
import type { AuthenticationKind } from '../model/wire/topic';
import { refused } from '../internal/validation';
import type { DataPlane } from '../internal/cluster-traits';
import { Topic, type TopicOptions } from '../topics/topic';
import { DriftReports, type TopicDriftOptions } from '../handlers/schedule';
import type { ICluster } from './cluster';
import type { Told } from '../monitoring/metrics/watched-cluster';

/**
 * What all clusters share, whatever their kind and whoever made them.
 *
 * @internal
 */
export abstract class ClusterBase extends MeasuredCluster implements ICluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName: string;
  public abstract readonly connections: ec2.Connections;

  /** @internal */
  public abstract readonly _dataPlane?: DataPlane;

  /** @internal */
  public readonly _driftReports = new DriftReports();

  /** @internal */
  protected abstract readonly _listeners: Listeners;

  /**
   * What watching needs to know, as far as it is known here.
   *
   * @internal
   */
  public get _watched(): Told {
    return { clusterName: this.clusterName, kind: this._dataPlane?.kind };
  }

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
    const kind = this.wayOf(authentication);
    const brokers = this.bootstrapBrokers;
    if (kind === 'iam') return ClientConfiguration.iam(brokers.saslIam);
    if (kind === 'scram') return ClientConfiguration.scram(brokers.saslScram);
    const isPlain = kind === 'none' && this._listeners.clientBroker === 'PLAINTEXT';
    return isPlain ? ClientConfiguration.plaintext(brokers.plaintext) : ClientConfiguration.tls(brokers.tls);
  }

  public addTopic(id: string, options: TopicOptions = {}): Topic {
    const topics = this.node.tryFindChild('Topics') ?? new Construct(this, 'Topics');
    return new Topic(topics, id, { cluster: this, ...options });
  }

  public reportTopicDrift(options: TopicDriftOptions = {}): void {
    if (this._driftReports.start(options)) return;
    const message =
      'this cluster already has a TopicDriftReport, which covers the topics of all stacks; remove one of the two';
    throw refused(this, finding('DriftReportTwice', message));
  }

  public allowClients(client: ec2.IConnectable, authentication?: ClientAuthentication): void {
    const kind = this.wayOf(authentication);
    this._open(client, portsOf(kind, this._listeners.clientBroker), `Kafka clients with ${AUTHENTICATION_NAMES[kind]}`);
  }

  /** The way that is asked for, or the one that is taken without a word. */
  private wayOf(authentication?: ClientAuthentication): AuthenticationKind {
    const { kinds } = this._listeners;
    const kind = authentication?._kind ?? kinds[0];
    if (kinds.includes(kind)) return kind;
    const message = `'authentication' is ${AUTHENTICATION_NAMES[kind]}, which the cluster does not have enabled; add it to the cluster's 'authentication'`;
    throw refused(this, finding('AuthenticationOff', message));
  }

  /** @internal */
  protected _open(client: ec2.IConnectable, ports: ec2.Port[], description: string): void {
    for (const brokers of this.brokersSeenBy(client))
      for (const port of ports) brokers.allowFrom(client, port, description);
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

  /** @internal */
  protected get _metrics(): ClusterMetrics {
    return ClusterMetrics.fromCluster(this, { cluster: this });
  }

  /** @internal */
  protected _connectionsOf(securityGroups: ec2.ISecurityGroup[]): ec2.Connections {
    const { clientBroker, kinds } = this._listeners;
    const [defaultPort] = kinds.length === 0 ? [] : portsOf(kinds[0], clientBroker);
    return new ec2.Connections({ securityGroups, defaultPort });
  }
}
