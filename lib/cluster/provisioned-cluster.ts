import { Names, RemovalPolicy, Size } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { BrokerInstanceType } from '../broker/broker-instance-type';
import { BrokerLogs } from '../broker/broker-logs';
import { BrokerStorage } from '../broker/broker-storage';
import { ClusterAlarms } from '../monitoring/cluster-alarms';
import { MonitoringLevel } from '../monitoring/monitoring-level';
import { placeBrokers, type Placement } from '../network/placement';
import { clusterFindings } from '../private/cluster-rules';
import { isKnown, known, refuse } from '../private/validation';
import type { DataPlane } from '../topics/data-plane';
import { TopicAuthentication } from '../topics/topic-authentication';
import { ClusterBase } from './cluster-base';
import { Configuration, type IConfiguration } from './configuration';
import { KafkaVersion } from './kafka-version';
import type { Told } from './watched-cluster';

/** A cluster with Standard brokers. */
export interface ProvisionedClusterProps {
  /** The VPC of the brokers. The cluster can never move to another. */
  readonly vpc: ec2.IVpc;

  /**
   * Which subnets the brokers stand in: one in each of two or three Availability Zones, for good.
   *
   * @default - the VPC's default selection: private subnets if there are any, else isolated, else public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Name of the cluster, 1 to 64 characters. Another name is another cluster.
   *
   * @default - a name is made from the construct's path
   */
  readonly clusterName?: string;

  /**
   * Version of Apache Kafka. It can rise later, in place, never fall.
   *
   * @default KafkaVersion.V3_9_X_KRAFT
   */
  readonly kafkaVersion?: KafkaVersion;

  /**
   * Instance type of the brokers.
   *
   * @default BrokerInstanceType.M7G_LARGE
   */
  readonly instanceType?: BrokerInstanceType;

  /**
   * How many brokers stand in each zone; the cluster has so many times two or three.
   *
   * @default 1
   */
  readonly brokersPerAz?: number;

  /**
   * The volume of each broker.
   *
   * @default - 100 GiB
   */
  readonly storage?: BrokerStorage;

  /**
   * The key that encrypts the data at rest. It can never change.
   *
   * @default - the key that AWS manages for MSK (`aws/kafka`)
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Server properties that are made elsewhere, for instance for many clusters.
   *
   * @default - a configuration of the cluster's own, with safe server properties and `serverProperties`
   */
  readonly configuration?: IConfiguration;

  /**
   * Server properties of the cluster's own configuration, by Kafka's names; they go before the safe ones:
   * `auto.create.topics.enable=false`, `unclean.leader.election.enable=false`, and `default.replication.factor` and
   * `min.insync.replicas` 3 and 2 in three zones, 2 and 1 in two.
   *
   * @default - the safe ones
   */
  readonly serverProperties?: { [name: string]: string };

  /**
   * Where the brokers' logs go.
   *
   * @default BrokerLogs.cloudWatch()
   */
  readonly brokerLogs?: BrokerLogs;

  /**
   * Which metrics the brokers send.
   *
   * @default MonitoringLevel.DEFAULT
   */
  readonly monitoringLevel?: MonitoringLevel;

  /**
   * Whether alarms watch the cluster.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * What happens when an alarm goes off.
   *
   * @default - nothing but the alarm's state in the console
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens to the cluster, and to what it cannot live without (security group, configuration, log group), when it
   * leaves the stack. A first deployment that fails leaves nothing behind.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A Kafka cluster with Standard brokers: KRaft, TLS, IAM, encrypted, logged and watched unless the props say otherwise.
 */
export class ProvisionedCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  public readonly connections: ec2.Connections;

  /** How many brokers the cluster has in all zones together. */
  public readonly numberOfBrokerNodes: number;

  /** @internal */
  public readonly _dataPlane: DataPlane;

  private readonly resource: msk.CfnCluster;
  private readonly traits: Told;

  public constructor(scope: Construct, id: string, props: ProvisionedClusterProps) {
    super(scope, id, { physicalName: props.clusterName });
    const spec = {
      ...withDefaults(props),
      clusterName: props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
    };
    const placement = placeBrokers(this, props.vpc, props.vpcSubnets);
    refuse(this, [...placement.findings, ...clusterFindings(known(judged(spec)))]);

    this.clusterName = spec.clusterName;
    this.traits = {
      kraft: spec.kafkaVersion.isKraft,
      level: spec.monitoringLevel.name,
      instanceType: spec.instanceType,
    };
    this.numberOfBrokerNodes = spec.brokersPerAz * placement.zones;
    this.connections = this._connectionsOf([this.defineSecurityGroup(spec)]);
    this.resource = this.defineCluster(spec, placement);
    this.clusterArn = this.resource.attrArn;
    this._dataPlane = {
      vpc: spec.vpc,
      vpcSubnets: { subnets: placement.subnets },
      securityGroups: this.connections.securityGroups,
      kind: 'standard',
      authentication: TopicAuthentication.iam(),
      zones: placement.zones,
      brokers: this.numberOfBrokerNodes,
    };
    if (spec.alarms) new ClusterAlarms(this, 'Alarms', { cluster: this, actions: spec.alarmActions });
  }

  /** @internal */
  public get _watched(): Told {
    return { ...super._watched, ...this.traits };
  }

  /** @internal */
  protected get _access(): unknown {
    const { clientAuthentication, encryptionInfo, kafkaVersion, numberOfBrokerNodes } = this.resource;
    return { clientAuthentication, encryptionInfo, kafkaVersion, numberOfBrokerNodes };
  }

  /** Its description never changes: that would replace the group, and with it the cluster. */
  private defineSecurityGroup({ vpc, removalPolicy }: Spec): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Kafka brokers' });
    group.applyRemovalPolicy(removalPolicy);
    return group;
  }

  private defineCluster(spec: Spec, placement: Placement): msk.CfnCluster {
    const { configurationArn, configurationRevision } =
      spec.configuration ?? this.defineConfiguration(spec, placement.zones);
    const resource = new msk.CfnCluster(this, 'Resource', {
      clusterName: spec.clusterName,
      kafkaVersion: spec.kafkaVersion.version,
      numberOfBrokerNodes: this.numberOfBrokerNodes,
      brokerNodeGroupInfo: {
        clientSubnets: placement.subnets.map((subnet) => subnet.subnetId),
        instanceType: spec.instanceType.name,
        securityGroups: this.connections.securityGroups.map((group) => group.securityGroupId),
        storageInfo: spec.storage._render(),
      },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      configurationInfo: { arn: configurationArn, revision: configurationRevision },
      encryptionInfo: {
        encryptionAtRest: spec.encryptionKey && { dataVolumeKmsKeyId: spec.encryptionKey.keyRef.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      enhancedMonitoring: spec.monitoringLevel.name,
      loggingInfo: spec.brokerLogs._render(this, spec.clusterName, spec.removalPolicy),
    });
    resource.applyRemovalPolicy(spec.removalPolicy);
    return resource;
  }

  private defineConfiguration({ serverProperties, removalPolicy }: Spec, zones: number): IConfiguration {
    const safe = { 'default.replication.factor': String(zones), 'min.insync.replicas': String(zones - 1) };
    return new Configuration(this, 'Configuration', {
      serverProperties: { ...safe, ...serverProperties },
      removalPolicy,
    });
  }
}

type Spec = ReturnType<typeof withDefaults> & { clusterName: string };

function withDefaults(props: ProvisionedClusterProps) {
  return {
    ...props,
    kafkaVersion: props.kafkaVersion ?? KafkaVersion.V3_9_X_KRAFT,
    instanceType: props.instanceType ?? BrokerInstanceType.M7G_LARGE,
    brokersPerAz: props.brokersPerAz ?? 1,
    storage: props.storage ?? BrokerStorage.local(Size.gibibytes(100)),
    brokerLogs: props.brokerLogs ?? BrokerLogs.cloudWatch(),
    monitoringLevel: props.monitoringLevel ?? MonitoringLevel.DEFAULT,
    alarms: props.alarms ?? true,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  };
}

/** The parts of a cluster that rules judge, as plain values. */
function judged(spec: Spec) {
  return {
    clusterName: spec.clusterName,
    brokersPerAz: spec.brokersPerAz,
    brokersPerAzUnknown: !isKnown(spec.brokersPerAz),
    volumeGiB: spec.storage._gibibytes,
    kraft: spec.kafkaVersion.isKraft,
    kafkaVersion: spec.kafkaVersion.version,
    instanceType: spec.instanceType.name,
    twoConfigurations: spec.configuration !== undefined && spec.serverProperties !== undefined,
  };
}
