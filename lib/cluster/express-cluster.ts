import type { Construct } from 'constructs';
import { EncryptionInTransit } from '../broker/encryption-in-transit';
import type { ExpressBrokerSize } from '../broker/express-broker-size';
import { BrokerCluster, type BrokerKind } from './broker-cluster';
import { ClusterKind } from './cluster-kind';
import type { ClusterOptions } from './cluster-options';

/** A cluster with Express brokers. */
export interface ExpressClusterProps extends ClusterOptions {
  /** Size of the brokers. */
  readonly brokerSize: ExpressBrokerSize;

  /**
   * Whether partitions move by themselves to where there is room, also after brokers came or before they go.
   *
   * @default true
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/intelligent-rebalancing.html
   */
  readonly intelligentRebalancing?: boolean;
}

/**
 * A Kafka cluster with Express brokers, in three zones: storage without a size, three replicas of everything and two in
 * sync, fewer settings. It never becomes a cluster with Standard brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html
 */
export class ExpressCluster extends BrokerCluster {
  public constructor(scope: Construct, id: string, props: ExpressClusterProps) {
    super(scope, id, props, express(props));
  }
}

function express({ brokerSize, intelligentRebalancing = true }: ExpressClusterProps): BrokerKind {
  return {
    kind: ClusterKind.EXPRESS,
    instanceType: brokerSize.name,
    recommendedPartitions: brokerSize.recommendedPartitions,
    maxPartitions: brokerSize.maxPartitions,
    encryptionInTransit: EncryptionInTransit.tls(),
    judged: {},
    safe: () => ({}), // replicas and elections are safe for good, and no properties of these brokers
    render: () => ({ properties: { rebalancing: { status: intelligentRebalancing ? 'ACTIVE' : 'PAUSED' } } }),
  };
}
