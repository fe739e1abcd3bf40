import type { IResource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { ClusterGrants } from '../access/cluster-grants';
import type { BootstrapBrokers } from '../network/bootstrap-brokers';
import type { ClientConfiguration } from '../network/client-configuration';
import { clusterNameOf } from '../private/arns';
import type { DataPlane } from '../topics/data-plane';
import { TopicAuthentication } from '../topics/topic-authentication';
import type { Topic, TopicOptions } from '../topics/topic';
import { ClusterBase } from './cluster-base';

/** A Kafka cluster on Amazon MSK, made here or elsewhere. */
export interface ICluster extends IResource, ec2.IConnectable, msk.IClusterRef {
  /**
   * ARN of the cluster.
   *
   * @attribute
   */
  readonly clusterArn: string;

  /** Name of the cluster, which is also the dimension of its metrics. */
  readonly clusterName: string;

  /** What identities may do with the cluster. */
  readonly grants: ClusterGrants;

  /** The addresses that clients connect to first. */
  readonly bootstrapBrokers: BootstrapBrokers;

  /** Ready properties for clients that authenticate by IAM. */
  clientConfiguration(): ClientConfiguration;

  /** Define a topic; its name is the ID unless the options say another. */
  addTopic(id: string, options?: TopicOptions): Topic;

  /** Let a client reach the brokers' port; the rule lands in the client's stack. */
  allowClients(client: ec2.IConnectable): void;
}

/** What is needed of a cluster that exists. */
export interface ClusterAttributes {
  /** ARN of the cluster, with its UUID. */
  readonly clusterArn: string;

  /** The VPC of the brokers. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets for the function that manages topics; the brokers' own are right.
   *
   * @default - the VPC's default selection: private subnets if there are any
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** The security groups of the brokers. */
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** Clusters that exist already. */
export class Cluster {
  /** A cluster that was made elsewhere; topics, grants and bootstrap brokers work on it. */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  private constructor() {}
}

class ImportedCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  public readonly connections: ec2.Connections;
  /** @internal */
  public readonly _dataPlane: DataPlane;

  public constructor(scope: Construct, id: string, props: ClusterAttributes) {
    super(scope, id, { environmentFromArn: props.clusterArn });
    this.clusterArn = props.clusterArn;
    this.clusterName = clusterNameOf(props.clusterArn);
    this.connections = this._connectionsOf(props.securityGroups);
    this._dataPlane = { ...props, kind: 'standard', authentication: TopicAuthentication.iam() };
  }
}
