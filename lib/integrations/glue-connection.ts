import { Aspects, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import facts from '../model/facts/iam.json';
import { type Finding, finding } from '../model/finding';
import { nameFor } from '../internal/names';
import { refuse, refused } from '../internal/validation';
import { type ClientNetwork, configurationOf, endpointsOf, placeClients } from './client-network';
import { GlueAuthentication } from './glue-authentication';

/** A connection of Glue to a cluster. */
export interface GlueConnectionProps {
  /** The cluster: one of ours, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;

  /**
   * How jobs say who they are.
   *
   * @default GlueAuthentication.iam()
   */
  readonly authentication?: GlueAuthentication;

  /**
   * The VPC that jobs run in.
   *
   * @default - the cluster's; a bare reference has none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnet that jobs run in: the first one of the selection, since a connection has one.
   *
   * @default - the brokers', or where `vpc` is set its default selection
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the jobs. The first one gets the rule that lets it in from itself on all TCP ports, which Glue demands.
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

  /**
   * What people should know of it.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * How streaming jobs of Glue come to a cluster: an `AWS::Glue::Connection` over TLS, with the network rules that Glue demands. A
 * job names it among its connections, and its role needs `grantJob`, grants on the topics, and `AWSGlueServiceRole` for the
 * network interfaces.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/add-job-streaming.html
 * @see https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html
 */
export class GlueConnection extends Construct implements ec2.IConnectable {
  /** The security groups of the jobs. */
  public readonly connections: ec2.Connections;

  /** Name of the connection, for `connections` of a job and `connectionName` in its script. */
  public readonly connectionName: string;

  private readonly authentication: GlueAuthentication;

  public constructor(scope: Construct, id: string, props: GlueConnectionProps) {
    super(scope, id);
    this.authentication = props.authentication ?? GlueAuthentication.iam();
    const wanted = { ...props, authentication: this.authentication._client };
    const network = placeClients(this, 'Jobs of Glue that come to Kafka brokers', wanted);
    this.connections = network.connections;
    const [first] = network.securityGroups;
    const description = 'Parts of a job among each other, as Glue demands';
    first.addIngressRule(first, ec2.Port.allTcp(), description);
    first.addEgressRule(first, ec2.Port.allTcp(), description, true); // without a word where all is let out
    this.connectionName = nameFor(this);
    const resource = this.define(props, network, this.brokers(props.cluster));
    Aspects.of(resource).add({
      visit: (node: IConstruct) => node === resource && refuse(resource, s3Findings(resource, network)),
    });
  }

  /** What a job needs of the connection itself, and of its secret or keystore; topics are granted by `topic.grants`. */
  public grantJob(job: iam.IGrantable): iam.Grant {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName?: string) =>
      stack.formatArn({ service: 'glue', resource, resourceName });
    const resourceArns = [arn('catalog'), arn('connection', this.connectionName)];
    const actions = facts.consumers.glueConnection;
    const read = iam.Grant.addToPrincipal({ grantee: job, actions, resourceArns });
    const more = this.authentication._grantJob(job);
    return more ? read.combine(more) : read;
  }

  /** Only addresses over TLS: Glue takes no others. */
  private brokers(cluster: msk.IClusterRef): string {
    const { java } = configurationOf(cluster, this.authentication._client);
    if (java.values['security.protocol'] !== 'PLAINTEXT') return java.values['bootstrap.servers'];
    const message =
      "Glue connects over TLS, but the cluster accepts only plaintext; set the cluster's 'encryptionInTransit' to " +
      'EncryptionInTransit.tlsOrPlaintext()';
    throw refused(this, finding('GluePlaintext', message));
  }

  private define(props: GlueConnectionProps, network: ClientNetwork, brokers: string): glue.CfnConnection {
    const [subnet] = network.subnets;
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
          availabilityZone: subnet.availabilityZone,
          subnetId: subnet.subnetId,
          securityGroupIdList: network.securityGroups.map(({ securityGroupId }) => securityGroupId),
        },
      },
    });
  }
}

/** Network interfaces of jobs have no public address, so that a public subnet is no way out either. */
function s3Findings(scope: IConstruct, { subnets: [subnet], vpc }: ClientNetwork): Finding[] {
  const isIn = (subnets: ec2.ISubnet[]) => subnets.some(({ subnetId }) => subnetId === subnet.subnetId);
  if (!isIn([...vpc.isolatedSubnets, ...vpc.publicSubnets])) return [];
  if (endpointsOf(scope, vpc).some((name) => name.includes('.s3"'))) return [];
  return [
    finding(
      'GlueWithoutS3',
      'The subnet of the connection cannot reach S3, from which Glue loads its jobs. Add a gateway endpoint to the VPC: ' +
        "vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 })",
    ),
  ];
}
