import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { BrokerAccess } from '../handlers/worker';
import { traitsOf } from '../internal/cluster-traits';
import { ClientCredentials } from '../access/client-credentials';

/** How to reach the brokers of a cluster. A cluster of this library knows all of it by itself. */
export interface DataPlaneProps {
  /**
   * The VPC of the brokers.
   *
   * @default - the one of the cluster; a bare reference has none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets for the function that manages topics. They need no way to the internet.
   *
   * @default - those of the brokers; for a bare reference the VPC's default selection
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the brokers; each gets a rule that lets the function in.
   *
   * @default - those of the cluster; a bare reference has none
   */
  readonly clusterSecurityGroups?: ec2.ISecurityGroup[];

  /**
   * As whom the function comes to the brokers.
   *
   * @default ClientCredentials.iam()
   */
  readonly authentication?: ClientCredentials;
}

/** Who creates, changes and deletes a topic. */
export class TopicBackend {
  /** A function in the cluster's VPC that speaks Kafka. */
  public static dataPlane(props: DataPlaneProps = {}): TopicBackend {
    return new TopicBackend(props);
  }

  /**
   * Amazon MSK itself, by CloudFormation's own `AWS::MSK::Topic`: no function, and no network of yours. It takes a
   * provisioned cluster with Kafka 3.6 or later, and refuses a topic that is there already. Who deploys needs the
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
   * The way to the brokers of a cluster; nothing when something of it is not known.
   *
   * @internal
   */
  public _accessTo(cluster: msk.IClusterRef): BrokerAccess | undefined {
    const { credentials, network } = traitsOf(cluster);
    const vpc = this.props.vpc ?? network?.vpc;
    const securityGroups = this.props.clusterSecurityGroups ?? network?.securityGroups;
    if (!vpc || !securityGroups) return undefined;
    return {
      vpc,
      vpcSubnets: this.props.vpcSubnets ?? network?.vpcSubnets,
      securityGroups,
      credentials: this.props.authentication ?? credentials ?? ClientCredentials.iam(),
    };
  }
}
