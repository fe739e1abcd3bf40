import { CustomResource, Duration, Lazy } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { KafkaProvider } from '../handlers/provider';
import { addressSettingsOf } from '../internal/cluster-traits';
import { elsewhereFindings } from '../internal/environment';
import { refuse } from '../internal/validation';
import { TIME_LIMITS } from '../model/time-limits';
import { BOOTSTRAP_BROKERS_RESOURCE_TYPE, toProperties } from '../model/wire/bootstrap-brokers';
import type { BootstrapBrokerList } from './bootstrap-broker-list';

interface BootstrapReaderProps {
  readonly cluster: msk.IClusterRef;
}

/**
 * The resource that reads the bootstrap brokers of one cluster. It reads only the lists that are used: a list that the
 * cluster does not have can then fail the deployment, and the response stays below CloudFormation's limit of 4096
 * bytes.
 */
export class BootstrapReader extends Construct {
  /** Returns the reader of a cluster, a child of the cluster, which the first call creates. */
  public static of(cluster: msk.IClusterRef): BootstrapReader {
    const existing = cluster.node.tryFindChild('BootstrapBrokers') as BootstrapReader | undefined;
    return existing ?? new BootstrapReader(cluster, 'BootstrapBrokers', { cluster });
  }

  private readonly lists = new Set<string>();
  private readonly triggers = new Set<string>();
  private readonly resource: CustomResource;

  private constructor(scope: Construct, id: string, props: BootstrapReaderProps) {
    super(scope, id);
    const { cluster } = props;
    const reading = {
      what: 'the function that reads its bootstrap brokers',
      property: 'cluster',
      acrossAccounts: true,
    };
    refuse(this, elsewhereFindings(this, cluster, reading));
    const { clusterArn } = cluster.clusterRef;
    const provider = KafkaProvider.of(this);
    provider.allow(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], clusterArn);
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: BOOTSTRAP_BROKERS_RESOURCE_TYPE,
      serviceTimeout: Duration.minutes(TIME_LIMITS.serviceTimeoutMinutes),
      properties: toProperties({
        clusterArn,
        lists: Lazy.list({ produce: () => [...this.lists].sort() }),
        refresh: Lazy.any({ produce: () => addressSettingsOf(cluster) }),
        triggers: Lazy.list({ produce: () => [...this.triggers].sort() }, { omitEmpty: true }),
      }),
    });
  }

  public read(list: BootstrapBrokerList): string {
    this.lists.add(list);
    return this.resource.getAttString(list);
  }

  public refreshOn(text: string): void {
    this.triggers.add(text);
  }
}
