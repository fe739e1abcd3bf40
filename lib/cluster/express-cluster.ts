import type { Construct } from 'constructs';
import { EncryptionInTransit } from '../broker/encryption-in-transit';
import { ExpressBrokerSize } from '../broker/express-broker-size';
import { BrokerCluster, type BrokerKind } from './broker-cluster';
import { ClusterKind } from './cluster-kind';
import type { ClusterOptions } from './cluster-options';
import { checked } from '../internal/signatures/checked';

/** Properties of a cluster with Express brokers. */
export interface ExpressClusterProps extends ClusterOptions {
  /**
   * Size of the brokers. When it changes, MSK updates the brokers in place, one after another.
   *
   * @default ExpressBrokerSize.M7G_LARGE
   */
  readonly brokerSize?: ExpressBrokerSize;

  /**
   * Whether MSK moves partitions between brokers to balance the load, also when brokers are added or removed.
   *
   * @default true
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/intelligent-rebalancing.html
   */
  readonly intelligentRebalancing?: boolean;
}

/**
 * Defines a Kafka cluster with Express brokers in three Availability Zones. Storage needs no size, every partition has three
 * replicas with at least two in sync, and fewer server properties can be set. It cannot be converted to Standard brokers.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html
 */
@checked('ExpressCluster')
export class ExpressCluster extends BrokerCluster {
  public constructor(scope: Construct, id: string, props: ExpressClusterProps) {
    super(scope, id, props, express(props));
  }
}

function express(props: ExpressClusterProps): BrokerKind {
  const { brokerSize = ExpressBrokerSize.M7G_LARGE, intelligentRebalancing = true } = props;
  return {
    kind: ClusterKind.EXPRESS,
    instanceType: brokerSize.name,
    recommendedPartitions: brokerSize.recommendedPartitions,
    maxPartitions: brokerSize.maxPartitions,
    encryptionInTransit: EncryptionInTransit.tls(),
    ruleInputs: {},
    safeProperties: () => ({}), // replication and elections are always safe here and cannot be configured
    render: () => ({ properties: { rebalancing: { status: intelligentRebalancing ? 'ACTIVE' : 'PAUSED' } } }),
  };
}
