import { Names, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct, IDependable } from 'constructs';
import { ClientAuthentication } from '../access/client-authentication';
import { BrokerInstanceType } from '../broker/broker-instance-type';
import { BrokerLogs } from '../broker/broker-logs';
import type { EncryptionInTransit } from '../broker/encryption-in-transit';
import { renderProperties } from '../broker/rendered-properties';
import type { ServerProperties } from '../broker/server-properties';
import type { OpenMonitoring } from '../broker/open-monitoring';
import { ClusterAlarms } from '../monitoring/alarms/cluster-alarms';
import { MonitoringLevel } from '../monitoring/metrics/monitoring-level';
import { PrometheusScrape, type PrometheusScrapeOptions } from '../monitoring/prometheus-scrape';
import { listOf } from '../network/bootstrap-reader';
import { placeBrokers, type Placement } from '../network/placement';
import { clusterFindings, type KnownCluster } from '../model/rules/cluster';
import { finding } from '../model/finding';
import { type Listeners, listenersOf } from '../model/listeners';
import { monitoringPorts } from '../network/ports';
import { isKnown, known, refuse, refused } from '../internal/validation';
import type { DataPlane } from '../internal/cluster-traits';
import { TopicAuthentication } from '../topics/topic-authentication';
import { ClusterBase } from './cluster-base';
import type { ClusterKind } from './cluster-kind';
import type { ClusterOptions } from './cluster-options';
import { Configuration, type IConfiguration } from './configuration';
import { KafkaVersion } from './kafka-version';
import type { Told } from '../monitoring/metrics/watched-cluster';

/**
 * What one kind of brokers has besides the options of all.
 *
 * @internal
 */
export interface BrokerKind {
  readonly kind: ClusterKind.STANDARD | ClusterKind.EXPRESS;
  readonly instanceType: string;
  readonly encryptionInTransit: EncryptionInTransit;
  /** What only rules of this kind judge. */
  readonly judged: KnownCluster;
  /** Server properties that do no harm, for brokers in so many zones. */
  readonly safe: (zones: number) => ServerProperties;
  /** How many partitions, with their replicas, a broker should have at most. */
  readonly recommendedPartitions?: number;
  /** From how many on it takes no more, where there is such a number. */
  readonly maxPartitions?: number;
  readonly storageInfo?: msk.CfnCluster.StorageInfoProperty;
  /** The rest of the cluster's properties; may define what they need. */
  readonly render: (scope: Construct, cluster: { clusterName: string; removalPolicy: RemovalPolicy }) => RenderedKind;
}

/**
 * What a kind of brokers adds to the cluster's resource.
 *
 * @internal
 */
export interface RenderedKind {
  readonly properties: Partial<msk.CfnClusterProps>;
  /** In CloudFormation's spelling: a property that the L1 does not know yet. */
  readonly authorizerLogs?: object;
  /** What must be there before the cluster. */
  readonly dependencies?: readonly IDependable[];
}

/**
 * What clusters with brokers share, Standard or Express.
 *
 * @internal
 */
export abstract class BrokerCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  public readonly connections: ec2.Connections;

  /** How many brokers the cluster has in all zones together. */
  public readonly numberOfBrokerNodes: number;

  /** @internal */
  public readonly _dataPlane: DataPlane;
  /** @internal */
  protected readonly _listeners: Listeners;

  private readonly openMonitoring?: OpenMonitoring;
  private readonly traits: Told;

  protected constructor(scope: Construct, id: string, props: ClusterOptions, brokers: BrokerKind) {
    super(scope, id, { physicalName: props.clusterName });
    const clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const spec = { ...withDefaults(props), ...brokers, clusterName };
    const placement = placeBrokers(this, spec);
    const judged = { ...judge(spec, placement), region: this.stack.region };
    const twice = renderProperties(spec.serverProperties ?? {}).findings;
    refuse(this, [...placement.findings, ...twice, ...clusterFindings(known(judged))]);

    this.clusterName = clusterName;
    this.traits = traitsOf(spec);
    this.openMonitoring = spec.openMonitoring;
    this.numberOfBrokerNodes = spec.brokersPerAz * placement.zones;
    this._listeners = listenersOf(kindsOf(spec), spec.encryptionInTransit._clientBroker);
    this.connections = this._connectionsOf(spec.securityGroups ?? [this.defineSecurityGroup(spec)]);
    this.clusterArn = this.defineCluster(spec, placement).attrArn;
    this._dataPlane = {
      vpc: spec.vpc,
      vpcSubnets: { subnets: placement.subnets },
      securityGroups: this.connections.securityGroups,
      kind: spec.kind,
      authentication: TopicAuthentication.iam(),
      listeners: this._listeners.kinds,
      zones: placement.zones,
      brokers: this.numberOfBrokerNodes,
      partitionsPerBroker: spec.recommendedPartitions,
      mostPartitionsPerBroker: spec.maxPartitions,
    };
    if (spec.alarms) new ClusterAlarms(this, 'Alarms', { cluster: this, actions: spec.alarmActions });
  }

  /** @internal */
  public get _watched(): Told {
    return { ...super._watched, ...this.traits };
  }

  /** Let Prometheus read what `openMonitoring` offers; the rule lands in the stack of the client. */
  public allowPrometheus(client: ec2.IConnectable): void {
    this._open(client, monitoringPorts(this.offered()._exporters), 'Prometheus');
  }

  /**
   * Configuration of a Prometheus server (its part `scrape_configs`) that reads what `openMonitoring` offers, for an output, a
   * parameter or a file of the server. The names of the brokers are known at deployment.
   */
  public prometheusScrape(options: PrometheusScrapeOptions = {}): string {
    const openMonitoring = this.offered();
    const brokerDomain = PrometheusScrape.brokerDomain(this.bootstrapBrokers.read(listOf(this._listeners)));
    const { numberOfBrokerNodes } = this;
    return PrometheusScrape.configuration({ ...options, brokerDomain, numberOfBrokerNodes, openMonitoring });
  }

  private offered(): OpenMonitoring {
    if (this.openMonitoring) return this.openMonitoring;
    const message =
      "'openMonitoring' is not set, so brokers expose no metrics to Prometheus; set it to OpenMonitoring.ALL";
    throw refused(this, finding('OpenMonitoringOff', message));
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
    const { authorizerLogs, dependencies = [], properties } = spec.render(this, spec);
    const brokerLogs = spec.brokerLogs._render(this, { ...spec, id: 'BrokerLogs' });
    const resource = new msk.CfnCluster(this, 'Resource', {
      clusterName: spec.clusterName,
      kafkaVersion: spec.kafkaVersion.version,
      numberOfBrokerNodes: this.numberOfBrokerNodes,
      brokerNodeGroupInfo: {
        clientSubnets: placement.subnets.map((subnet) => subnet.subnetId),
        instanceType: spec.instanceType,
        securityGroups: this.connections.securityGroups.map((group) => group.securityGroupId),
        storageInfo: spec.storageInfo,
      },
      clientAuthentication: ClientAuthentication._render(spec.authentication),
      configurationInfo: { arn: configurationArn, revision: configurationRevision },
      encryptionInfo: {
        encryptionAtRest: spec.encryptionKey && { dataVolumeKmsKeyId: spec.encryptionKey.keyRef.keyArn },
        encryptionInTransit: spec.encryptionInTransit._render(),
      },
      enhancedMonitoring: spec.monitoringLevel.name,
      loggingInfo: (brokerLogs ?? authorizerLogs) && { brokerLogs: brokerLogs?.property ?? {} },
      openMonitoring: spec.openMonitoring?._render(),
      ...properties,
    });
    if (authorizerLogs) resource.addPropertyOverride('LoggingInfo.AuthorizerLogs', authorizerLogs);
    resource.node.addDependency(...(brokerLogs?.dependencies ?? []), ...dependencies);
    resource.applyRemovalPolicy(spec.removalPolicy);
    return resource;
  }

  private defineConfiguration({ kind, safe, serverProperties, removalPolicy }: Spec, zones: number): IConfiguration {
    return new Configuration(this, 'Configuration', {
      clusterKind: kind,
      serverProperties: { ...unless(serverProperties, safe(zones)), ...serverProperties },
      removalPolicy,
    });
  }
}

type Spec = ReturnType<typeof withDefaults> & BrokerKind & { clusterName: string };

function withDefaults(options: ClusterOptions) {
  return {
    ...options,
    kafkaVersion: options.kafkaVersion ?? KafkaVersion.V3_9_X_KRAFT,
    brokersPerAz: options.brokersPerAz ?? 1,
    brokerLogs: options.brokerLogs ?? BrokerLogs.cloudWatch(),
    authentication: options.authentication ?? [ClientAuthentication.iam()],
    monitoringLevel: options.monitoringLevel ?? MonitoringLevel.DEFAULT,
    alarms: options.alarms ?? true,
    removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  };
}

const traitsOf = ({ instanceType, kafkaVersion, monitoringLevel }: Spec): Told => ({
  kraft: kafkaVersion.isKraft,
  level: monitoringLevel.name,
  instanceType: BrokerInstanceType.of(instanceType),
});

const kindsOf = ({ authentication }: Spec) => authentication.map((way) => way._kind);

/** What a user wrote by Kafka's name goes before a safe property, as what they wrote by ours does. */
function unless({ other = {} }: ServerProperties = {}, safe: ServerProperties): ServerProperties {
  const isFree = ([prop, value]: [string, unknown]) =>
    Object.keys(renderProperties({ [prop]: value }).named).every((name) => !(name in other));
  return Object.fromEntries(Object.entries(safe).filter(isFree));
}

/** The server properties of a cluster's configuration, as far as they are of this app. */
function propertiesOf({ configuration, safe, serverProperties }: Spec, zones: number): Record<string, string> {
  if (configuration) return (configuration as { _named?: Record<string, string> })._named ?? {};
  return { ...renderProperties(safe(zones)).named, ...renderProperties(serverProperties ?? {}).named };
}

/** The parts of a cluster that rules judge, as plain values. */
function judge(spec: Spec, placement: Placement): KnownCluster {
  return {
    kind: spec.kind,
    clusterName: spec.clusterName,
    brokersPerAz: spec.brokersPerAz,
    brokersPerAzUnknown: !isKnown(spec.brokersPerAz),
    zones: placement.zones,
    kraft: spec.kafkaVersion.isKraft,
    kafkaVersion: spec.kafkaVersion.version,
    instanceType: spec.instanceType,
    authentication: kindsOf(spec),
    clientBroker: spec.encryptionInTransit._clientBroker,
    inCluster: spec.encryptionInTransit._inCluster,
    serverProperties: propertiesOf(spec, placement.zones),
    twoConfigurations: spec.configuration !== undefined && spec.serverProperties !== undefined,
    ...spec.judged,
  };
}
