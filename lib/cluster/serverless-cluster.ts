import { RemovalPolicy } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClusterAlarms } from '../monitoring/alarms/cluster-alarms';
import { clientAccess } from '../model/listeners';
import { serverlessFindings } from '../model/rules/cluster/serverless';
import { tagFindings } from '../model/rules/tags';
import { ownGroupsFindings } from '../network/security-group-rules';
import { selectSubnets } from '../network/selected-subnets';
import { renderedProperties } from '../internal/rendered';
import { known, refuse, refuseWhenWritten } from '../internal/validation';
import { declareTraits } from '../internal/cluster-traits';
import { brokerConnections } from '../network/client-access';
import { ClusterBase, clusterNameFor } from './cluster-base';
import { checked } from '../internal/signatures/checked';

/** A VPC from which clients connect to a Serverless cluster. */
export interface ServerlessVpc {
  /** The VPC of the clients. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets through which clients connect, at least two.
   *
   * @default - the VPC's default selection: private subnets if there are any, else isolated, else public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the cluster in this VPC.
   *
   * @default - a security group without inbound rules is created for you
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the security group that is created for the cluster allows all outbound traffic. Brokers answer their clients
   * without it. The rules of on-demand pollers of Lambda are added in either case.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;
}

/**
 * Properties of a Serverless cluster. Every setting is immutable: any change, even of a tag, requires a new cluster.
 */
export interface ServerlessClusterProps extends ServerlessVpc {
  /**
   * Other VPCs from which clients connect, at most four. Topics are managed from the first VPC, `vpc`.
   *
   * @default - clients connect from `vpc` only
   */
  readonly otherVpcs?: ServerlessVpc[];

  /**
   * Name of the cluster, 1 to 64 characters.
   *
   * @default - a name generated from the construct path
   */
  readonly clusterName?: string;

  /**
   * Whether alarms monitor the cluster.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Actions of the alarms.
   *
   * @default - alarms only change their state
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens to the cluster, and to the security groups created for it, when it leaves the stack. If the first
   * deployment fails, nothing is left behind. While a retained cluster exists, deploying the stack again fails with "This
   * cluster name already exists", until `cdk import` brings it back. The guide about moving has the steps.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines a Serverless Kafka cluster. It has no brokers to manage, and clients authenticate with IAM. Server
 * properties, ACLs, broker logs and open monitoring are not available.
 *
 * **The cluster is immutable.** If a VPC, subnet, security group or tag changes, CloudFormation tries to create a new
 * cluster of the same name, which MSK rejects, and nothing is changed. With a new name, the new cluster is empty.
 * Therefore, exclude the cluster from tags that change with each release:
 * `Tags.of(app).add('release', …, { excludeResourceTypes: ['AWS::MSK::ServerlessCluster'] })`.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html
 */
@checked('ServerlessCluster')
export class ServerlessCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  /** The network connections of the cluster in the first VPC. */
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: ServerlessClusterProps) {
    super(scope, id, { physicalName: props.clusterName });
    this.clusterName = clusterNameFor(this, props.clusterName);
    const selected = [props, ...(props.otherVpcs ?? [])].map(({ vpc, vpcSubnets }) => selectSubnets(vpc, vpcSubnets));
    const subnets = selected.map((one) => one.subnets);
    const subnetCounts = selected.map((one) => (one.isPending ? undefined : one.subnets.length));
    const groupFindings = [props, ...(props.otherVpcs ?? [])].flatMap(ownGroupsFindings);
    refuse(this, [
      ...groupFindings,
      ...serverlessFindings({ ...known({ clusterName: this.clusterName }), subnets: subnetCounts }),
    ]);

    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const [groups, ...others] = this.defineSecurityGroups(props, removalPolicy);
    const access = clientAccess(['iam'], 'TLS');
    this.connections = brokerConnections(access, groups);
    const resource = this.defineCluster(subnets, [groups, ...others]);
    resource.applyRemovalPolicy(removalPolicy);
    this.clusterArn = resource.attrArn;
    refuseWhenWritten(this, () => tagFindings(renderedProperties(resource)));
    declareTraits(this, {
      clusterName: this.clusterName,
      kind: 'serverless',
      access,
      network: { vpc: props.vpc, vpcSubnets: { subnets: subnets[0] }, securityGroups: groups },
    });
    if (props.alarms ?? true) new ClusterAlarms(this, 'Alarms', { cluster: this, actions: props.alarmActions });
  }

  private defineSecurityGroups(
    props: ServerlessClusterProps,
    removalPolicy: RemovalPolicy,
  ): [ec2.ISecurityGroup[], ...ec2.ISecurityGroup[][]] {
    const groupsOf = ({ allowAllOutbound, securityGroups, vpc }: ServerlessVpc, suffix: string) => {
      if (securityGroups) return securityGroups;
      const groupProps = { vpc, description: 'Kafka cluster', allowAllOutbound };
      const group = new ec2.SecurityGroup(this, `SecurityGroup${suffix}`, groupProps);
      group.applyRemovalPolicy(removalPolicy);
      return [group];
    };
    const others = (props.otherVpcs ?? []).map((other, index) => groupsOf(other, String(index + 2)));
    return [groupsOf(props, ''), ...others];
  }

  private defineCluster(subnets: ec2.ISubnet[][], groups: ec2.ISecurityGroup[][]): msk.CfnServerlessCluster {
    return new msk.CfnServerlessCluster(this, 'Resource', {
      clusterName: this.clusterName,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: subnets.map((inVpc, index) => ({
        subnetIds: inVpc.map(({ subnetId }) => subnetId),
        securityGroups: groups[index].map(({ securityGroupId }) => securityGroupId),
      })),
    });
  }
}
