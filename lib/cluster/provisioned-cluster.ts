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

/** A cluster with Standard brokers. */
export interface ProvisionedClusterProps extends ClusterOptions {
  /**
   * Instance type of the brokers.
   *
   * @default BrokerInstanceType.M7G_LARGE
   */
  readonly instanceType?: BrokerInstanceType;

  /**
   * The volume of each broker.
   *
   * @default - 100 GiB
   */
  readonly storage?: BrokerStorage;

  /**
   * How the volumes grow by themselves. The template's `storage` then lies below the real size, of which a warning tells.
   *
   * @default - they do not
   */
  readonly storageAutoscaling?: StorageAutoscaling;

  /**
   * Whether connections are encrypted on their way. IAM and SCRAM need TLS for all, certificates TLS beside plain text.
   *
   * @default EncryptionInTransit.tls()
   */
  readonly encryptionInTransit?: EncryptionInTransit;

  /**
   * Where it is written who was let in to what, and who was not. Places for it must differ from those of the broker logs.
   * The validator in aws-cdk-lib, where a feature flag turns its default rules on, does not know the property yet: acknowledge its `F3002`.
   *
   * @default BrokerLogs.none()
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
   */
  readonly authorizerLogs?: BrokerLogs;
}

/**
 * A Kafka cluster with Standard brokers: KRaft, TLS, IAM, encrypted, logged and watched unless the props say otherwise.
 */
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
  };
}

function standard({
  authorizerLogs,
  encryptionInTransit,
  instanceType,
  storage,
  storageAutoscaling,
}: Spec): BrokerKind {
  return {
    kind: ClusterKind.STANDARD,
    instanceType: instanceType.name,
    recommendedPartitions: instanceType.recommendedPartitions,
    encryptionInTransit,
    judged: { ...storage._judged, ...storageAutoscaling?._judged },
    safe: (zones) => ({ defaultReplicationFactor: zones, minInsyncReplicas: zones - 1 }),
    storageInfo: storage._render(),
    render: (scope, cluster) => {
      const authorizer = authorizerLogs._render(scope, { ...cluster, id: 'AuthorizerLogs' });
      return {
        properties: { storageMode: storage._renderMode() },
        authorizerLogs: authorizer && spelled(authorizer.property),
        dependencies: authorizer?.dependencies,
      };
    },
  };
}

/**
 * As a template spells it, for a property that the L1 does not know yet.
 */
function spelled(property: object): Record<string, unknown> {
  const entries = Object.entries(property).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => [
      key[0].toUpperCase() + key.slice(1),
      typeof value === 'object' && value !== null ? spelled(value) : value,
    ]),
  );
}
