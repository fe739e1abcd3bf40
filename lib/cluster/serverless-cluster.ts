import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClusterAlarms } from '../monitoring/alarms/cluster-alarms';
import { clientAccess } from '../model/listeners';
import { serverlessFindings } from '../model/rules/cluster/serverless';
import { known, refuse } from '../internal/validation';
import { declareTraits } from '../internal/cluster-traits';
import { brokerConnections } from '../network/client-access';
import { ClusterBase } from './cluster-base';

/** Where clients of a Serverless cluster are. */
export interface ServerlessVpc {
  /** The VPC that gets a way to the cluster. */
  readonly vpc: ec2.IVpc;

  /**
   * In which of its subnets, two at least.
   *
   * @default - the VPC's default selection: private subnets if there are any, else isolated, else public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the way to the cluster.
   *
   * @default - one is defined for you, without an inbound rule
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** A Serverless cluster. All of it is for good: any change, also of a tag, is another cluster. */
export interface ServerlessClusterProps extends ServerlessVpc {
  /**
   * More VPCs with clients, four at most. Topics are managed from the first one, `vpc`.
   *
   * @default - none
   */
  readonly otherVpcs?: ServerlessVpc[];

  /**
   * Name of the cluster, 1 to 64 characters.
   *
   * @default - a name is made from the construct's path
   */
  readonly clusterName?: string;

  /**
   * Whether alarms watch the cluster.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * What happens when an alarm goes off.
   *
   * @default - nothing but the alarm's state in the console
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens to the cluster, and to its security groups, when it leaves the stack. A first deployment that fails
   * leaves nothing behind.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A Kafka cluster without brokers to care for. Clients come by IAM; there are no server properties, ACLs, broker logs or
 * open monitoring.
 *
 * **Nothing of it can change.** Another VPC, subnet, security group or tag asks CloudFormation for a new cluster of the same
 * name, which MSK refuses, and nothing is changed; with a new name the new cluster is empty. So keep tags that change with
 * each release off it: `Tags.of(app).add('release', …, { excludeResourceTypes: ['AWS::MSK::ServerlessCluster'] })`.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html
 */
export class ServerlessCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  /** The security groups in the first VPC. */
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: ServerlessClusterProps) {
    super(scope, id, { physicalName: props.clusterName });
    this.clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const ways = [props, ...(props.otherVpcs ?? [])].map(
      ({ vpc, vpcSubnets }) => vpc.selectSubnets(vpcSubnets).subnets,
    );
    refuse(
      this,
      serverlessFindings({ ...known({ clusterName: this.clusterName }), subnets: ways.map((way) => way.length) }),
    );

    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const [groups, ...others] = this.defineSecurityGroups(props, removalPolicy);
    const access = clientAccess(['iam'], 'TLS');
    this.connections = brokerConnections(access, groups);
    const resource = this.defineCluster(ways, [groups, ...others]);
    resource.applyRemovalPolicy(removalPolicy);
    this.clusterArn = resource.attrArn;
    declareTraits(this, {
      clusterName: this.clusterName,
      kind: 'serverless',
      access,
      network: { vpc: props.vpc, vpcSubnets: { subnets: ways[0] }, securityGroups: groups },
    });
    if (props.alarms ?? true) new ClusterAlarms(this, 'Alarms', { cluster: this, actions: props.alarmActions });
  }

  private defineSecurityGroups(
    props: ServerlessClusterProps,
    removalPolicy: RemovalPolicy,
  ): [ec2.ISecurityGroup[], ...ec2.ISecurityGroup[][]] {
    const groupsOf = ({ securityGroups, vpc }: ServerlessVpc, suffix: string) => {
      if (securityGroups) return securityGroups;
      const group = new ec2.SecurityGroup(this, `SecurityGroup${suffix}`, { vpc, description: 'Kafka cluster' });
      group.applyRemovalPolicy(removalPolicy);
      return [group];
    };
    const others = (props.otherVpcs ?? []).map((way, index) => groupsOf(way, String(index + 2)));
    return [groupsOf(props, ''), ...others];
  }

  private defineCluster(ways: ec2.ISubnet[][], groups: ec2.ISecurityGroup[][]): msk.CfnServerlessCluster {
    return new msk.CfnServerlessCluster(this, 'Resource', {
      clusterName: this.clusterName,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: ways.map((subnets, index) => ({
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        securityGroups: groups[index].map(({ securityGroupId }) => securityGroupId),
      })),
    });
  }
}
