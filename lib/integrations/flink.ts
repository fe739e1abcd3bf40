import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesisanalytics from 'aws-cdk-lib/aws-kinesisanalyticsv2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { giveOn } from '../access/give';
import { acknowledgeFlink } from '../internal/acknowledge';
import facts from '../model/facts/iam.json';
import { finding } from '../model/finding';
import { refused } from '../internal/validation';
import type { ITopic } from '../topics/topic';
import { type ClientNetwork, configurationOf, placeClients } from './client-network';

/** Which application comes to which cluster. */
export interface FlinkAccessProps {
  /** The cluster: one of ours, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;

  /** The role that the application runs with. */
  readonly role: iam.IRole;

  /**
   * How the application says who it is.
   *
   * @default - by what the cluster has: IAM, else SCRAM, else a certificate, else nothing; IAM on a bare reference
   */
  readonly authentication?: ClientAuthentication;

  /**
   * The VPC of the application.
   *
   * @default - the cluster's; a bare reference has none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * In which subnets the application stands.
   *
   * @default - the brokers', or where `vpc` is set its default selection
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the application.
   *
   * @default - one is defined for you, which lets everything out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The security groups of the brokers.
   *
   * @default - those of the cluster; a bare reference has none
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];
}

/**
 * What an application of Amazon Managed Service for Apache Flink needs to come to a cluster, whatever construct makes the
 * application: permissions for its role, a place in the VPC with the rules to the brokers, and properties for the connector.
 *
 * @see https://docs.aws.amazon.com/managed-flink/latest/java/vpc-permissions.html
 */
export class FlinkAccess extends Construct implements ec2.IConnectable {
  public readonly connections: ec2.Connections;

  private readonly network: ClientNetwork;
  private readonly granted: iam.Grant[];
  private readonly values: Record<string, string>;

  private readonly role: iam.IRole;

  public constructor(scope: Construct, id: string, props: FlinkAccessProps) {
    super(scope, id);
    const { authentication, cluster, role } = props;
    this.role = role;
    this.network = placeClients(this, 'Flink application that comes to Kafka brokers', props);
    this.connections = this.network.connections;
    this.values = configurationOf(cluster, authentication).java.values;
    this.granted = [giveOn(role, facts.consumers.flinkNetwork, '*')];
    acknowledgeFlink(role);
  }

  /** Where the application stands, for `vpcConfigurations` of `CfnApplication`. */
  public get vpcConfiguration(): kinesisanalytics.CfnApplication.VpcConfigurationProperty {
    return {
      subnetIds: this.network.subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: this.network.securityGroups.map(({ securityGroupId }) => securityGroupId),
    };
  }

  /**
   * What the connector needs to come to the brokers, by the names of Kafka's Java client: `bootstrap.servers`,
   * `security.protocol` and `sasl.*`. With IAM the application brings `software.amazon.msk:aws-msk-iam-auth`; what is secret is
   * not here.
   */
  public get properties(): Record<string, string> {
    return { ...this.values };
  }

  /**
   * The properties as a group, for `environmentProperties` of `CfnApplication`. The application reads them by
   * `KinesisAnalyticsRuntime.getApplicationProperties().get(groupId)`.
   *
   * @param groupId name of the group; `Kafka` unless it is said
   */
  public propertyGroup(groupId = 'Kafka'): kinesisanalytics.CfnApplication.PropertyGroupProperty {
    return { propertyGroupId: groupId, propertyMap: this.properties };
  }

  /** Let the application read a topic as a member of a consumer group, and commit its offsets. */
  public consume(topic: ITopic, consumerGroup: string): iam.Grant {
    return this.noted(topic.grants.consume(this.byIam, consumerGroup));
  }

  /** Let the application write to a topic: the sink's `AT_LEAST_ONCE`. */
  public produce(topic: ITopic): iam.Grant {
    return this.noted(topic.grants.produce(this.byIam));
  }

  /**
   * Let the application write to a topic in transactions: the sink's `EXACTLY_ONCE`.
   *
   * @param topic the topic
   * @param transactionalIdPrefix what `setTransactionalIdPrefix` of the sink is given
   */
  public produceTransactionally(topic: ITopic, transactionalIdPrefix: string): iam.Grant {
    return this.noted(topic.grants.produceTransactionally(this.byIam, `${transactionalIdPrefix}*`));
  }

  /** The application is made after its permissions, and after its security group. Call it when all is granted. */
  public applyBefore(application: IConstruct): void {
    for (const grant of this.granted) grant.applyBefore(application);
    application.node.addDependency(this);
  }

  /** Policies are nothing to brokers that a client of another kind comes to. */
  private get byIam(): iam.IRole {
    if (this.values['sasl.mechanism'] === 'AWS_MSK_IAM') return this.role;
    const message =
      'the application does not authenticate with IAM, so IAM permissions would have no effect; use ClientAuthentication.iam(), ' +
      'or grant access to its user with Kafka ACLs';
    throw refused(this, finding('FlinkGrantWithoutIam', message));
  }

  private noted(grant: iam.Grant): iam.Grant {
    this.granted.push(grant);
    return grant;
  }
}
