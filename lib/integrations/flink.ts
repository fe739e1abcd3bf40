import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesisanalytics from 'aws-cdk-lib/aws-kinesisanalyticsv2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import type { ClientAuthentication } from '../access/client-authentication';
import { grantActions } from '../access/apply-grant';
import { ownPolicy } from '../access/own-policy';
import { acknowledgeFlink } from '../internal/acknowledge';
import facts from '../model/facts/iam.json';
import { finding } from '../model/finding';
import { refused } from '../internal/validation';
import type { ITopic } from '../topics/topic-options';
import { clientConfigurationOf } from '../network/client-access';
import { type ClientNetwork, defineClientNetwork } from './client-network';
import { checked } from '../internal/signatures/checked';

/** Properties of the access of a Flink application to a cluster. */
export interface FlinkAccessProps {
  /** The cluster to connect to. It can be defined with this library, imported or an L1. */
  readonly cluster: msk.IClusterRef;

  /** The role of the application. */
  readonly role: iam.IRole;

  /**
   * How the application authenticates.
   *
   * @default - the first method that the cluster has enabled: IAM, SCRAM, mutual TLS, none; IAM if the methods are not
   * known
   */
  readonly authentication?: ClientAuthentication;

  /**
   * The VPC of the application.
   *
   * @default - the VPC of the cluster; required if the network of the cluster is not known, as for an L1
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the application.
   *
   * @default - the subnets of the brokers, or the default selection of `vpc` if it is set
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the application.
   *
   * @default - a security group that allows all outbound traffic is created for you
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The security groups of the brokers.
   *
   * @default - the security groups of the cluster; required if the network of the cluster is not known, as for an L1
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether security group rules are added to the groups of the brokers and the application. EC2 refuses a rule that exists
   * already, so set this to false if another app, tool or person has added them.
   *
   * @default true
   */
  readonly addSecurityGroupRules?: boolean;

  /**
   * Whether the security group that is created for you allows all outbound traffic. If it does not, only the brokers
   * can be reached, and `connections` adds what else is needed.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;
}

/** How a Flink sink names its transactions. */
export interface FlinkTransactionOptions {
  /**
   * Whether the sink uses `TransactionNamingStrategy.POOLING`. When it starts, it asks for the active producers of the topic,
   * which takes permission to read the topic.
   *
   * @default false, for `TransactionNamingStrategy.INCREMENTING`
   */
  readonly pooling?: boolean;
}

/**
 * Connects an application of Amazon Managed Service for Apache Flink to a cluster. It defines the permissions of the
 * application's role, its network configuration with the security group rules to the brokers, and the properties of the
 * connector. The application itself can be defined with any construct.
 *
 * @see https://docs.aws.amazon.com/managed-flink/latest/java/vpc-permissions.html
 */
@checked('FlinkAccess')
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
    this.network = defineClientNetwork(this, 'Flink application that comes to Kafka brokers', props);
    this.connections = this.network.connections;
    this.values = clientConfigurationOf(cluster, authentication).java.values;
    const policy = ownPolicy(this, 'Policy', role);
    acknowledgeFlink(policy.scope);
    this.granted = [grantActions(policy, facts.consumers.flinkNetwork, '*')];
  }

  /** The network of the application, for `vpcConfigurations` of `CfnApplication`. */
  public get vpcConfiguration(): kinesisanalytics.CfnApplication.VpcConfigurationProperty {
    return {
      subnetIds: this.network.subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: this.network.securityGroups.map(({ securityGroupId }) => securityGroupId),
    };
  }

  /**
   * Connection properties of the connector, by the names of Kafka's Java client: `bootstrap.servers`,
   * `security.protocol` and `sasl.*`. They never contain secrets. With IAM, the application must bundle
   * `software.amazon.msk:aws-msk-iam-auth`.
   */
  public get properties(): Record<string, string> {
    return { ...this.values };
  }

  /**
   * Returns the properties as a group, for `environmentProperties` of `CfnApplication`. The application reads them with
   * `KinesisAnalyticsRuntime.getApplicationProperties().get(groupId)`.
   *
   * @param groupId name of the group, `Kafka` by default
   */
  public propertyGroup(groupId = 'Kafka'): kinesisanalytics.CfnApplication.PropertyGroupProperty {
    return { propertyGroupId: groupId, propertyMap: this.properties };
  }

  /** Allows the application to read a topic as a member of a consumer group, and to commit its offsets. */
  public consume(topic: ITopic, consumerGroup: string): iam.Grant {
    return this.recorded(topic.grants.consume(this.iamRole, consumerGroup));
  }

  /** Allows the application to write to a topic, with the sink's `AT_LEAST_ONCE` guarantee. */
  public produce(topic: ITopic): iam.Grant {
    return this.recorded(topic.grants.produce(this.iamRole));
  }

  /**
   * Allows the application to write to a topic in transactions, with the sink's `EXACTLY_ONCE` guarantee.
   *
   * @param topic the topic
   * @param transactionalIdPrefix the prefix that is passed to `setTransactionalIdPrefix` of the sink
   * @param options how the sink names its transactions
   */
  public produceTransactionally(
    topic: ITopic,
    transactionalIdPrefix: string,
    options: FlinkTransactionOptions = {},
  ): iam.Grant {
    const grant = topic.grants.produceTransactionally(this.iamRole, `${transactionalIdPrefix}-*`);
    if (!options.pooling) return this.recorded(grant);
    return this.recorded(grant.combine(grantActions(this.iamRole, ['kafka-cluster:ReadData'], topic.topicArn)));
  }

  /** Makes the application depend on its permissions and its security group. Call this after all grants. */
  public applyBefore(application: IConstruct): void {
    for (const grant of this.granted) grant.applyBefore(application);
    application.node.addDependency(this);
  }

  /** The role of the application, if it authenticates with IAM: policies have no effect on clients of other methods. */
  private get iamRole(): iam.IRole {
    if (this.values['sasl.mechanism'] === 'AWS_MSK_IAM') return this.role;
    const message =
      'the application does not authenticate with IAM, so IAM permissions would have no effect; use ClientAuthentication.iam(), ' +
      'or grant access to its user with Kafka ACLs';
    throw refused(this, finding('FlinkGrantWithoutIam', message));
  }

  private recorded(grant: iam.Grant): iam.Grant {
    this.granted.push(grant);
    return grant;
  }
}
