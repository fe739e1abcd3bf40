import { Aspects, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { grantActions } from '../access/apply-grant';
import { reportIneffective } from '../access/grantee';
import facts from '../model/facts/iam.json';
import { type Finding, finding } from '../model/finding';
import { nameFor } from '../internal/names';
import { refuse, refused } from '../internal/validation';
import { clientConfigurationOf, isDefinedElsewhere } from '../network/client-access';
import { immutableFindings, rememberRules } from '../network/security-group-rules';
import { zoneOf } from '../network/selected-subnets';
import { type ClientNetwork, defineClientNetwork, vpcEndpointServices } from './client-network';
import { GlueAuthentication } from './glue-authentication';
import { checked } from '../internal/signatures/checked';

/** Properties of a Glue connection to a cluster. */
export interface GlueConnectionProps {
  /** The cluster to connect to. It can be defined with this library, imported or an L1. */
  readonly cluster: msk.IClusterRef;

  /**
   * How jobs authenticate.
   *
   * @default GlueAuthentication.iam()
   */
  readonly authentication?: GlueAuthentication;

  /**
   * The VPC in which jobs run.
   *
   * @default - the VPC of the cluster; required if the network of the cluster is not known, as for an L1
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnet in which jobs run. Only the first subnet of the selection is used, since a connection has one subnet.
   *
   * @default - the subnets of the brokers, or the default selection of `vpc` if it is set
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the jobs. The first one gets the rule that Glue requires: inbound traffic from the group
   * itself on all TCP ports.
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
   * Whether security group rules are added, also the one that Glue requires. EC2 refuses a rule that exists
   * already, so set this to false if another app, tool or person has added them.
   *
   * @default true
   */
  readonly addSecurityGroupRules?: boolean;

  /**
   * Whether the security group that is created for you allows all outbound traffic. If it does not, only the brokers
   * can be reached, and the parts of a job each other, and `connections` adds what else is needed.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * Description of the connection.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * Connects Glue streaming jobs to a cluster over TLS. It defines an `AWS::Glue::Connection` and the network rules that
 * Glue requires. A job lists the connection in its `connections`. The role of the job needs `grantJob`, grants on the
 * topics, and `AWSGlueServiceRole` for the network interfaces.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/add-job-streaming.html
 * @see https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html
 */
@checked('GlueConnection')
export class GlueConnection extends Construct implements ec2.IConnectable {
  /** The security groups of the jobs. */
  public readonly connections: ec2.Connections;

  /** Name of the connection, for `connections` of a job and `connectionName` in its script. */
  public readonly connectionName: string;

  private readonly authentication: GlueAuthentication;

  public constructor(scope: Construct, id: string, props: GlueConnectionProps) {
    super(scope, id);
    this.authentication = props.authentication ?? GlueAuthentication.iam();
    const networkProps = { ...props, authentication: this.authentication._client };
    const network = defineClientNetwork(this, 'Jobs of Glue that come to Kafka brokers', networkProps);
    this.connections = network.connections;
    if (props.addSecurityGroupRules ?? true) allowInternally(network.securityGroups[0]);
    this.connectionName = nameFor(this);
    const resource = this.define(props, network, this.brokers(props.cluster));
    Aspects.of(resource).add({
      visit: (node: IConstruct) => node === resource && refuse(resource, s3Findings(resource, network)),
    });
  }

  /**
   * Allows a job to use the connection, and to read its secret or keystore. Permissions on topics are granted with
   * `topic.grants`.
   */
  public grantJob(job: iam.IGrantable): iam.Grant {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName?: string) =>
      stack.formatArn({ service: 'glue', resource, resourceName });
    const resourceArns = [arn('catalog'), arn('connection', this.connectionName)];
    const actions = facts.consumers.glueConnection;
    const read = grantActions(job, actions, ...resourceArns);
    const credentials = this.authentication._grantJob(job);
    if (!credentials) return read;
    reportIneffective(job.grantPrincipal, credentials);
    return read.combine(credentials);
  }

  /** The brokers that accept TLS, since Glue does not support plain text. */
  private brokers(cluster: msk.IClusterRef): string {
    const { java } = clientConfigurationOf(cluster, this.authentication._client);
    if (java.values['security.protocol'] !== 'PLAINTEXT') return java.values['bootstrap.servers'];
    const message =
      "Glue connects over TLS, but the cluster accepts only plaintext; set the cluster's 'encryptionInTransit' to " +
      'EncryptionInTransit.tlsOrPlaintext()';
    throw refused(this, finding('GluePlaintext', message));
  }

  private define(props: GlueConnectionProps, network: ClientNetwork, brokers: string): glue.CfnConnection {
    const { securityGroups } = network;
    return new glue.CfnConnection(this, 'Resource', {
      catalogId: Stack.of(this).account,
      connectionInput: {
        name: this.connectionName,
        description: props.description,
        connectionType: 'KAFKA',
        connectionProperties: {
          KAFKA_BOOTSTRAP_SERVERS: brokers,
          KAFKA_SSL_ENABLED: 'true',
          ...this.authentication._properties,
        },
        physicalConnectionRequirements: {
          ...placeOf(this, network),
          securityGroupIdList: securityGroups.map(({ securityGroupId }) => securityGroupId),
        },
      },
    });
  }
}

/** Glue demands the zone, although the subnet implies it. */
function placeOf(scope: IConstruct, { isPending, subnets: [subnet] }: ClientNetwork) {
  const zone = subnet && zoneOf(subnet);
  if (zone !== undefined) return { availabilityZone: zone, subnetId: subnet.subnetId };
  if (isPending) return {};
  const got = subnet ? `a subnet without its zone (${subnet.node.path})` : 'no subnet';
  const message =
    `'vpcSubnets' must select a subnet whose Availability Zone is known, got ${got}; select another one, or import it with ` +
    'Subnet.fromSubnetAttributes(scope, id, { subnetId, availabilityZone })';
  throw refused(scope, finding('GlueSubnet', message));
}

function allowInternally(group: ec2.ISecurityGroup): void {
  const description = 'Parts of a job among each other, as Glue demands';
  refuse(group, immutableFindings([group], 'inbound TCP from itself on all ports'));
  if (isDefinedElsewhere(group, group, ec2.Port.allTcp())) return;
  group.addIngressRule(group, ec2.Port.allTcp(), description);
  group.addEgressRule(group, ec2.Port.allTcp(), description, true); // no warning if the group allows all outbound traffic
  rememberRules(group.node.children);
}

/**
 * The network interfaces of jobs have no public IP address, so a public subnet gives them no internet access either.
 */
function s3Findings(scope: IConstruct, { isPending, subnets: [subnet], vpc }: ClientNetwork): Finding[] {
  if (isPending) return [];
  const isIn = (subnets: ec2.ISubnet[]) => subnets.some(({ subnetId }) => subnetId === subnet.subnetId);
  if (!isIn([...vpc.isolatedSubnets, ...vpc.publicSubnets])) return [];
  if (vpcEndpointServices(scope, vpc).some((name) => name.includes('.s3"'))) return [];
  return [
    finding(
      'GlueWithoutS3',
      'The subnet of the connection cannot reach S3, from which Glue loads its jobs. Add a gateway endpoint to the VPC: ' +
        "vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 })",
    ),
  ];
}
