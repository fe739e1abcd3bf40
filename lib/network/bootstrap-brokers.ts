import { CustomResource, Duration, Lazy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KafkaProvider } from '../topics/kafka-provider';

const BOOTSTRAP_RESOURCE_TYPE = 'Custom::KafkaBootstrapBrokers';

/** What the reader needs to know of a cluster. */
interface BootstrapSource {
  readonly clusterArn: string;
  /** Whatever decides about the addresses of the brokers: when it changes, they are read again. */
  readonly refresh: () => unknown;
}

/**
 * The addresses that clients connect to first, as `host:port,host:port`, sorted, so that they change only when they
 * really do. CloudFormation does not know them; they are read from MSK when the cluster is up, and again when its
 * brokers or its access change.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
export class BootstrapBrokers {
  /** @internal */
  public static _of(scope: Construct, source: BootstrapSource): BootstrapBrokers {
    return new BootstrapBrokers(scope, source);
  }

  private constructor(
    private readonly scope: Construct,
    private readonly source: BootstrapSource,
  ) {}

  /** For clients inside the VPC that authenticate by IAM over TLS (port 9098). */
  public get saslIam(): string {
    return this.reader().getAttString('SaslIam');
  }

  /** Defined on first use, under one ID, whichever of the addresses is asked for first. */
  private reader(): CustomResource {
    const existing = this.scope.node.tryFindChild('BootstrapBrokers')?.node.defaultChild;
    return (existing as CustomResource | undefined) ?? this.define();
  }

  private define(): CustomResource {
    const provider = KafkaProvider.of(this.scope);
    provider.allow(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], this.source.clusterArn);
    return new CustomResource(new Construct(this.scope, 'BootstrapBrokers'), 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: BOOTSTRAP_RESOURCE_TYPE,
      serviceTimeout: Duration.minutes(20),
      properties: {
        ClusterArn: this.source.clusterArn,
        Refresh: Lazy.any({ produce: this.source.refresh }),
      },
    });
  }
}
