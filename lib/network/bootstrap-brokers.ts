import type * as msk from 'aws-cdk-lib/aws-msk';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { BootstrapBrokerList } from './bootstrap-broker-list';
import { BootstrapReader } from './bootstrap-reader';
import { parameterNameOf } from './parameter-name';
import { checked } from '../internal/signatures/checked';

/** Options of a parameter that stores a list of brokers. */
export interface BootstrapParameterOptions {
  /**
   * Name of the parameter, such as `/kafka/events/brokers`.
   *
   * @default - CloudFormation generates a name
   */
  readonly parameterName?: string;

  /**
   * The list of brokers to store. Each list can have one parameter.
   *
   * @default BootstrapBrokerList.SASL_IAM
   */
  readonly list?: BootstrapBrokerList;
}

/**
 * The addresses that clients connect to first, in the form `host:port,host:port`. CloudFormation does not provide them,
 * so they are read from MSK once the cluster is active, and again when its brokers or its connectivity change. Each
 * list is sorted, so its text changes only when an address does. Asking for a list that the cluster does not have fails
 * the deployment.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
@checked('BootstrapBrokers')
export class BootstrapBrokers {
  /**
   * Returns the bootstrap brokers of any cluster, whether it is defined with this library, imported or an L1. They are
   * read by one resource in the cluster's stack, even if this is called several times.
   */
  public static fromCluster(cluster: msk.IClusterRef): BootstrapBrokers {
    return new BootstrapBrokers(cluster);
  }

  private constructor(private readonly cluster: msk.IClusterRef) {}

  /** Brokers for clients in the VPC, without authentication or encryption (port 9092). */
  public get plaintext(): string {
    return this.read(BootstrapBrokerList.PLAINTEXT);
  }

  /** Brokers for clients in the VPC that use mutual TLS, or TLS without authentication (port 9094). */
  public get tls(): string {
    return this.read(BootstrapBrokerList.TLS);
  }

  /** Brokers for clients in the VPC that use SCRAM (port 9096). */
  public get saslScram(): string {
    return this.read(BootstrapBrokerList.SASL_SCRAM);
  }

  /** Brokers for clients in the VPC that use IAM (port 9098). */
  public get saslIam(): string {
    return this.read(BootstrapBrokerList.SASL_IAM);
  }

  /** Brokers for clients on the internet that use mutual TLS (port 9194). */
  public get publicTls(): string {
    return this.read(BootstrapBrokerList.PUBLIC_TLS);
  }

  /** Brokers for clients on the internet that use SCRAM (port 9196). */
  public get publicSaslScram(): string {
    return this.read(BootstrapBrokerList.PUBLIC_SASL_SCRAM);
  }

  /** Brokers for clients on the internet that use IAM (port 9198). */
  public get publicSaslIam(): string {
    return this.read(BootstrapBrokerList.PUBLIC_SASL_IAM);
  }

  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and mutual TLS (ports 14001 and up). */
  public get vpcConnectivityTls(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_TLS);
  }

  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and SCRAM (ports 14001 and up). */
  public get vpcConnectivitySaslScram(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_SASL_SCRAM);
  }

  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and IAM (ports 14001 and up). */
  public get vpcConnectivitySaslIam(): string {
    return this.read(BootstrapBrokerList.VPC_CONNECTIVITY_SASL_IAM);
  }

  /** Brokers for clients over IPv6, without authentication or encryption (port 20092). */
  public get plaintextIpv6(): string {
    return this.read(BootstrapBrokerList.PLAINTEXT_IPV6);
  }

  /** Brokers for clients over IPv6 that use mutual TLS, or TLS without authentication (port 20094). */
  public get tlsIpv6(): string {
    return this.read(BootstrapBrokerList.TLS_IPV6);
  }

  /** Brokers for clients over IPv6 that use SCRAM (port 20096). */
  public get saslScramIpv6(): string {
    return this.read(BootstrapBrokerList.SASL_SCRAM_IPV6);
  }

  /** Brokers for clients over IPv6 that use IAM (port 20098). */
  public get saslIamIpv6(): string {
    return this.read(BootstrapBrokerList.SASL_IAM_IPV6);
  }

  /** Returns one of the lists. Use it in code that chooses the list by a setting. */
  public read(list: BootstrapBrokerList): string {
    return BootstrapReader.of(this.cluster).read(list);
  }

  /**
   * Reads the addresses again when a text changes, such as a release number. A cluster that is defined in this app does
   * not need this. A cluster that was created elsewhere can change without any change in this stack.
   */
  public refreshOn(text: string): void {
    BootstrapReader.of(this.cluster).refreshOn(text);
  }

  /** Stores a list in Parameter Store, where other stacks and programs can read it. */
  public toParameter(options: BootstrapParameterOptions = {}): ssm.StringParameter {
    const { list = BootstrapBrokerList.SASL_IAM } = options;
    const reader = BootstrapReader.of(this.cluster);
    return new ssm.StringParameter(reader, `${list}Parameter`, {
      parameterName: parameterNameOf(reader, options.parameterName),
      stringValue: this.read(list),
      description: `Bootstrap brokers of a Kafka cluster: ${list}`,
    });
  }
}
