import { Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BrokerInstanceType } from '../broker/broker-instance-type';
import { BrokerLogs } from '../broker/broker-logs';
import { BrokerStorage } from '../broker/broker-storage';
import { EncryptionInTransit } from '../broker/encryption-in-transit';
import type { StorageAutoscaling } from '../broker/storage-autoscaling';
import { BrokerCluster, type BrokerKind } from './broker-cluster';
import { ClusterKind } from './cluster-kind';
import type { ClusterOptions } from './cluster-options';
import { checked } from '../internal/signatures/checked';

/** Properties of a cluster with Standard brokers. */
export interface ProvisionedClusterProps extends ClusterOptions {
  /**
   * Instance type of the brokers.
   *
   * @default BrokerInstanceType.M7G_LARGE
   */
  readonly instanceType?: BrokerInstanceType;

  /**
   * The storage of each broker.
   *
   * @default BrokerStorage.local(Size.gibibytes(100))
   */
  readonly storage?: BrokerStorage;

  /**
   * Automatic growth of the volumes. Volumes then become larger than `storage` in the template, and synthesis warns
   * about this.
   *
   * @default - volumes do not grow automatically
   */
  readonly storageAutoscaling?: StorageAutoscaling;

  /**
   * Encryption of connections to the brokers and between them. IAM and SCRAM require `tls()`. Mutual TLS requires
   * `tls()` or `tlsOrPlaintext()`.
   *
   * @default EncryptionInTransit.tls()
   */
  readonly encryptionInTransit?: EncryptionInTransit;

  /**
   * Destination of the authorizer logs, which record allowed and denied access. It must differ from the destination of
   * the broker logs. If a feature flag turns on the default rules of the validator in an older aws-cdk-lib, such as
   * 2.263, acknowledge its `F3002`, since that validator does not know this property. Version 2.276 does.
   *
   * @default BrokerLogs.none()
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
   */
  readonly authorizerLogs?: BrokerLogs;

  /**
   * Whether synthesis warns about what would block an upgrade in place to Express brokers: the Kafka version, the zones, tiered
   * storage, the instance type, and the replicas of the topics that the app declares. MSK checks more, such as topics of others; run
   * its assessment before the upgrade.
   *
   * @default false
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-standard-to-express.html
   */
  readonly expressReadiness?: boolean;
}

/**
 * Defines a Kafka cluster with Standard brokers. By default it uses KRaft, TLS and IAM, is encrypted at rest, sends its
 * logs to CloudWatch Logs and is monitored with alarms.
 */
@checked('ProvisionedCluster')
export class ProvisionedCluster extends BrokerCluster {
  public constructor(scope: Construct, id: string, props: ProvisionedClusterProps) {
    const spec = withDefaults(props);
    super(scope, id, props, standard(spec));
    spec.storageAutoscaling?._define(this, this.clusterArn);
  }
}

type Spec = ReturnType<typeof withDefaults>;

function withDefaults(props: ProvisionedClusterProps) {
  return {
    ...props,
    instanceType: props.instanceType ?? BrokerInstanceType.M7G_LARGE,
    storage: props.storage ?? BrokerStorage.local(Size.gibibytes(100)),
    encryptionInTransit: props.encryptionInTransit ?? EncryptionInTransit.tls(),
    authorizerLogs: props.authorizerLogs ?? BrokerLogs.none(),
    expressReadiness: props.expressReadiness ?? false,
  };
}

function standard({
  authorizerLogs,
  encryptionInTransit,
  expressReadiness,
  instanceType,
  storage,
  storageAutoscaling,
}: Spec): BrokerKind {
  return {
    kind: ClusterKind.STANDARD,
    instanceType: instanceType.name,
    recommendedPartitions: instanceType.recommendedPartitions,
    encryptionInTransit,
    ruleInputs: { ...storage._ruleInputs, ...storageAutoscaling?._ruleInputs, expressReadiness },
    safeProperties: (zones) => ({ defaultReplicationFactor: zones, minInsyncReplicas: zones - 1 }),
    storageInfo: storage._render(),
    render: (scope, cluster) => {
      const authorizer = authorizerLogs._render(scope, { ...cluster, id: 'AuthorizerLogs' });
      return {
        properties: { storageMode: storage._renderMode() },
        authorizerLogs: authorizer && capitalized(authorizer.property),
        dependencies: authorizer?.dependencies,
      };
    },
  };
}

/** CloudFormation's keys, for a property that the L1 does not support yet. */
function capitalized(property: object): Record<string, unknown> {
  const entries = Object.entries(property).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => [
      key[0].toUpperCase() + key.slice(1),
      typeof value === 'object' && value !== null ? capitalized(value) : value,
    ]),
  );
}
