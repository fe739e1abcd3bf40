import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { BrokerAccess } from '../handlers/worker';
import { traitsOf } from '../internal/cluster-traits';
import { refuse } from '../internal/validation';
import { emptyGroupsFindings } from '../network/security-group-rules';
import { DEFAULT_LANES } from '../model/lanes';
import { ClientCredentials } from '../access/client-credentials';
import { checked } from '../internal/signatures/checked';

/** Options for managing topics through the brokers. A cluster defined with this library provides all of them. */
export interface DataPlaneProps {
  /**
   * The VPC of the brokers.
   *
   * @default - the VPC of the cluster, which a bare reference does not have
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets for the function that manages topics. No internet access is needed.
   *
   * @default - the subnets of the brokers, or the VPC's default selection for a bare reference
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the brokers. Each gets a rule that allows the function to connect.
   *
   * @default - the security groups of the cluster, which a bare reference does not have
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];

  /**
   * How the function authenticates to the brokers.
   *
   * @default ClientCredentials.iam()
   */
  readonly authentication?: ClientCredentials;

  /**
   * Limits the function to topics whose names start with a prefix. Its IAM policy covers no other topic, and a topic with another
   * name is refused at synthesis. Topics with the same prefix share a function, and each prefix has a function of its own. End it
   * with a separator, since `orders` also matches `orders2`. It requires IAM authentication.
   *
   * @default - the function may create, change and delete every topic of the cluster
   */
  readonly topicNamePrefix?: string;

  /**
   * Maximum number of topics that the function creates, changes or deletes at the same time, at least 1. The other topics wait,
   * by `DependsOn` in the template. Each topic in progress takes three concurrent Lambda executions of the account, so an account
   * that has only 10 of them, as new accounts do, needs 3 or fewer here, shared among the stacks that are deployed at the same
   * time. A stack has one function for each cluster and authentication method. If its topics ask for different numbers, the
   * smallest one applies to all of them.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  readonly maxConcurrentTopics?: number;
}

/** What creates, changes and deletes a topic: a Lambda function of this library, or Amazon MSK itself. */
@checked('TopicBackend')
export class TopicBackend {
  /**
   * Manages topics with a Lambda function in the cluster's VPC that speaks the Kafka protocol. Each stack has one function
   * for a cluster, so all topics of the cluster in a stack must name the same network.
   *
   * @param props network of the brokers, for a bare reference, and authentication and limits of the function
   */
  public static dataPlane(props: DataPlaneProps = {}): TopicBackend {
    return new TopicBackend(props);
  }

  /**
   * Manages topics with CloudFormation's own `AWS::MSK::Topic`, without a Lambda function or network access. It requires a
   * provisioned cluster with Kafka 3.6 or later, fails if the topic already exists, and whoever deploys needs the
   * `kafka-cluster` actions on topics.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html
   */
  public static mskApi(): TopicBackend {
    return new TopicBackend({}, true);
  }

  private constructor(
    private readonly props: DataPlaneProps,
    /** @internal */
    public readonly _isMskApi = false,
  ) {}

  /**
   * How to reach the brokers of a cluster, or undefined if its network is not known.
   *
   * @internal
   */
  public _accessTo(cluster: msk.IClusterRef): BrokerAccess | undefined {
    const { credentials, network } = traitsOf(cluster);
    const { clusterSecurityGroups } = this.props;
    refuse(cluster, emptyGroupsFindings({ clusterSecurityGroups }));
    const vpc = this.props.vpc ?? network?.vpc;
    const securityGroups = clusterSecurityGroups ?? network?.securityGroups;
    if (!vpc || !securityGroups) return undefined;
    return {
      vpc,
      vpcSubnets: this.props.vpcSubnets ?? network?.vpcSubnets,
      securityGroups,
      credentials: this.props.authentication ?? credentials ?? ClientCredentials.iam(),
      topicNamePrefix: this.props.topicNamePrefix,
      maxConcurrentTopics: this.props.maxConcurrentTopics ?? DEFAULT_LANES,
    };
  }
}
