import type * as msk from 'aws-cdk-lib/aws-msk';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { BootstrapBrokerList } from './bootstrap-broker-list';
import { BootstrapReader } from './bootstrap-reader';

/** How a list of brokers is kept in Parameter Store. */
export interface BootstrapParameterOptions {
  /**
   * Name of the parameter, such as `/kafka/events/brokers`.
   *
   * @default - CloudFormation makes one up
   */
  readonly parameterName?: string;

  /**
   * Which brokers it holds. There is one parameter for a list.
   *
   * @default BootstrapBrokerList.SASL_IAM
   */
  readonly list?: BootstrapBrokerList;
}

/**
 * The addresses that clients connect to first, as `host:port,host:port`, sorted, so that they change only when they
 * really do. CloudFormation does not know them; they are read from MSK when the cluster is up, and again when its
 * brokers or its access change. The deployment refuses a list that the cluster does not have.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
export class BootstrapBrokers {
  /**
   * The brokers of any cluster: one of ours, an imported one, or an L1. They are read in the stack that holds the
   * cluster, by one resource, however often this is called.
   */
  public static fromCluster(cluster: msk.IClusterRef): BootstrapBrokers {
    return new BootstrapBrokers(cluster);
  }

  private constructor(private readonly cluster: msk.IClusterRef) {}

  /** In the VPC, without authentication, not encrypted (port 9092). */
  public get plaintext(): string {
    return this.read(BootstrapBrokerList.PLAINTEXT);
  }

  /** In the VPC, by a certificate, or encrypted without authentication (port 9094). */
  public get tls(): string {
    return this.read(BootstrapBrokerList.TLS);
  }

  /** In the VPC, by SCRAM (port 9096). */
  public get saslScram(): string {
    return this.read(BootstrapBrokerList.SASL_SCRAM);
  }

  /** In the VPC, by IAM (port 9098). */
  public get saslIam(): string {
    return this.read(BootstrapBrokerList.SASL_IAM);
  }

  /** From the internet, by a certificate (port 9194). */
  public get publicTls(): string {
    return this.read(BootstrapBrokerList.PUBLIC_TLS);
  }

  /** From the internet, by SCRAM (port 9196). */
  public get publicSaslScram(): string {
    return this.read(BootstrapBrokerList.PUBLIC_SASL_SCRAM);
  }

  /** From the internet, by IAM (port 9198). */
  public get publicSaslIam(): string {
    return this.read(BootstrapBrokerList.PUBLIC_SASL_IAM);
  }

  /** From other VPCs by private connectivity, by a certificate (ports from 14001 on). */
  public get vpcConnectivityTls(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_TLS);
  }

  /** From other VPCs by private connectivity, by SCRAM (ports from 14001 on). */
  public get vpcConnectivitySaslScram(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_SASL_SCRAM);
  }

  /** From other VPCs by private connectivity, by IAM (ports from 14001 on). */
  public get vpcConnectivitySaslIam(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_SASL_IAM);
  }

  /** By IPv6, without authentication, not encrypted (port 20092). */
  public get plaintextIpv6(): string {
    return this.read(BootstrapBrokerList.PLAINTEXT_IPV6);
  }

  /** By IPv6, by a certificate, or encrypted without authentication (port 20094). */
  public get tlsIpv6(): string {
    return this.read(BootstrapBrokerList.TLS_IPV6);
  }

  /** By IPv6, by SCRAM (port 20096). */
  public get saslScramIpv6(): string {
    return this.read(BootstrapBrokerList.SASL_SCRAM_IPV6);
  }

  /** By IPv6, by IAM (port 20098). */
  public get saslIamIpv6(): string {
    return this.read(BootstrapBrokerList.SASL_IAM_IPV6);
  }

  /** The list of any kind, where the kind comes from a setting. */
  public read(list: BootstrapBrokerList): string {
    return BootstrapReader.of(this.cluster).read(list);
  }

  /**
   * Read the addresses again when a text changes, such as a release number. Not needed for a cluster of this app; one
   * that was made elsewhere may change without this stack hearing of it.
   */
  public refreshOn(text: string): void {
    BootstrapReader.of(this.cluster).refreshOn(text);
  }

  /** Keep a list in Parameter Store, where other stacks and programs find it. */
  public toParameter(options: BootstrapParameterOptions = {}): ssm.StringParameter {
    const { list = BootstrapBrokerList.SASL_IAM, parameterName } = options;
    return new ssm.StringParameter(BootstrapReader.of(this.cluster), `${list}Parameter`, {
      parameterName,
      stringValue: this.read(list),
      description: `Bootstrap brokers of a Kafka cluster: ${list}`,
    });
  }
}
