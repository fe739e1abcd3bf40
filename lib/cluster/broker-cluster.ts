import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct, IDependable } from 'constructs';
import { ClientAuthentication } from '../access/client-authentication';
import { BrokerLogs } from '../broker/broker-logs';
import type { EncryptionInTransit } from '../broker/encryption-in-transit';
import { renderProperties } from '../broker/rendered-properties';
import type { ServerProperties } from '../broker/server-properties';
import type { OpenMonitoring } from '../broker/open-monitoring';
import { ClusterAlarms } from '../monitoring/alarms/cluster-alarms';
import { MonitoringLevel } from '../monitoring/metrics/monitoring-level';
import { PrometheusScrape, type PrometheusScrapeOptions } from '../monitoring/prometheus-scrape';
import { brokerConnections, openPorts, preferredBrokers } from '../network/client-access';
import { placeBrokers, type Placement } from '../network/placement';
import { clusterFindings, type KnownCluster } from '../model/rules/cluster';
import { finding } from '../model/finding';
import { clientAccess } from '../model/listeners';
import { monitoringPorts } from '../network/ports';
import { isKnown, known, refuse, refused } from '../internal/validation';
import { ownGroupsFindings } from '../network/security-group-rules';
import { serverPropertiesOf } from '../internal/server-properties';
import { type ClusterTraits, declareTraits } from '../internal/cluster-traits';
import { ClusterBase, clusterNameFor } from './cluster-base';
import type { ClusterKind } from './cluster-kind';
import type { ClusterOptions } from './cluster-options';
import { Configuration, type IConfiguration } from './configuration';
import { KafkaVersion } from './kafka-version';
import { judgeRendered } from './rendered-cluster';

/**
 * What a broker type adds to the options that all clusters with brokers have.
 *
 * @internal
 */
export interface BrokerKind {
  readonly kind: ClusterKind.STANDARD | ClusterKind.EXPRESS;
  readonly instanceType: string;
  readonly encryptionInTransit: EncryptionInTransit;
  /** The values that only rules for this broker type check. */
  readonly ruleInputs: KnownCluster;
  /** The safe server properties for brokers in a number of zones. */
  readonly safeProperties: (zones: number) => ServerProperties;
  /** Maximum number of partitions, replicas included, that AWS recommends for one broker. */
  readonly recommendedPartitions?: number;
  /** Maximum number of partitions, replicas included, that one broker accepts, if there is such a limit. */
  readonly maxPartitions?: number;
  readonly storageInfo?: msk.CfnCluster.StorageInfoProperty;
  /** Renders the remaining properties of the cluster. It may define resources that they refer to. */
  readonly render: (scope: Construct, cluster: { clusterName: string; removalPolicy: RemovalPolicy }) => RenderedKind;
}

/**
 * What a broker type adds to the cluster's resource.
 *
 * @internal
 */
export interface RenderedKind {
  readonly properties: Partial<msk.CfnClusterProps>;
  /** A property that the L1 does not support yet, with CloudFormation's own keys. */
  readonly authorizerLogs?: object;
  /** What must exist before the cluster. */
  readonly dependencies?: readonly IDependable[];
}

/**
 * A cluster with Standard or Express brokers.
 *
 * @internal
 */
export abstract class BrokerCluster extends ClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName: string;
  public readonly connections: ec2.Connections;

  /** Number of brokers of the cluster, in all zones together. */
  public readonly numberOfBrokerNodes: number;

  private readonly openMonitoring?: OpenMonitoring;

  protected constructor(scope: Construct, id: string, props: ClusterOptions, brokers: BrokerKind) {
    super(scope, id, { physicalName: props.clusterName });
    const clusterName = clusterNameFor(this, props.clusterName);
    const spec = { ...withDefaults(props), ...brokers, clusterName };
    const placement = placeBrokers(this, spec);
    const inputs = { ...ruleInputsOf(spec, placement), region: this.stack.region };
    const settings = known(inputs);
    const duplicates = renderProperties(spec.serverProperties ?? {}).findings;
    const groupFindings = ownGroupsFindings(props);
    const findings = clusterFindings(settings);
    refuse(this, [...placement.findings, ...groupFindings, ...duplicates, ...findings]);

    this.clusterName = clusterName;
    this.openMonitoring = spec.openMonitoring;
    this.numberOfBrokerNodes = spec.brokersPerAz * (placement.zones ?? USUAL_ZONES);
    const access = clientAccess(methodsOf(spec), spec.encryptionInTransit._clientBroker);
    this.connections = brokerConnections(access, spec.securityGroups ?? [this.defineSecurityGroup(spec)]);
    const resource = this.defineCluster(spec, placement);
    this.clusterArn = resource.attrArn;
    judgeRendered(this, resource, { kind: spec.kind, inputs, placement, reported: findings });
    declareTraits(this, {
      ...traitsIn(spec),
      settings,
      expressUpgrade: expressUpgradeOf(settings),
      access,
      zones: placement.zones,
      brokers: placement.zones && this.numberOfBrokerNodes,
      network: {
        vpc: spec.vpc,
        vpcSubnets: { subnets: placement.subnets },
        securityGroups: this.connections.securityGroups,
      },
    });
    if (spec.alarms) new ClusterAlarms(this, 'Alarms', { cluster: this, actions: spec.alarmActions });
  }

  /**
   * Allows a Prometheus server to scrape the metrics that `openMonitoring` turns on. The security group rules are
   * created in the client's stack. Without `openMonitoring`, this is an error.
   *
   * @param client the Prometheus server
   */
  public allowPrometheus(client: ec2.IConnectable): void {
    openPorts(this, client, monitoringPorts(this.requireOpenMonitoring()._exporters), 'Prometheus');
  }

  /**
   * Returns the `scrape_configs` of a Prometheus server that scrapes the metrics `openMonitoring` turns on. Use it in
   * an output, a parameter or a file of the server. The names of the brokers are resolved at deployment. Without
   * `openMonitoring`, this is an error.
   *
   * @param options how the server scrapes the brokers
   */
  public prometheusScrape(options: PrometheusScrapeOptions = {}): string {
    const openMonitoring = this.requireOpenMonitoring();
    const brokerDomain = PrometheusScrape.brokerDomain(preferredBrokers(this));
    const { numberOfBrokerNodes } = this;
    return PrometheusScrape.configuration({ ...options, brokerDomain, numberOfBrokerNodes, openMonitoring });
  }

  private requireOpenMonitoring(): OpenMonitoring {
    if (this.openMonitoring) return this.openMonitoring;
    const message =
      "'openMonitoring' is not set, so brokers expose no metrics to Prometheus; set it to OpenMonitoring.ALL";
    throw refused(this, finding('OpenMonitoringOff', message));
  }

  /** The description must never change, since that would replace the group, and with it the cluster. */
  private defineSecurityGroup({ allowAllOutbound, removalPolicy, vpc }: Spec): ec2.SecurityGroup {
    const groupProps = { vpc, description: 'Kafka brokers', allowAllOutbound };
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', groupProps);
    group.applyRemovalPolicy(removalPolicy);
    return group;
  }

  private defineCluster(spec: Spec, placement: Placement): msk.CfnCluster {
    const { configurationArn, configurationRevision } = spec.configuration ?? this.defineConfiguration(spec, placement);
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

  private defineConfiguration(spec: Spec, { zones = USUAL_ZONES }: Placement): IConfiguration {
    const { kind, removalPolicy, safeProperties, serverProperties } = spec;
    return new Configuration(this, 'Configuration', {
      clusterKind: kind,
      serverProperties: { ...withoutOverridden(safeProperties(zones), serverProperties), ...serverProperties },
      removalPolicy,
    });
  }
}

/** Stands for a number of zones that is not known yet. A template with it is not deployed. */
const USUAL_ZONES = 3;

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

const traitsIn = (spec: Spec): ClusterTraits => ({
  clusterName: spec.clusterName,
  kind: spec.kind,
  kafkaVersion: spec.kafkaVersion.version,
  instanceType: spec.instanceType,
  monitoringLevel: spec.monitoringLevel.name,
  recommendedPartitions: spec.recommendedPartitions,
  maxPartitions: spec.maxPartitions,
});

function expressUpgradeOf({ expressReadiness, serverProperties = {} }: KnownCluster): ClusterTraits['expressUpgrade'] {
  return expressReadiness ? { minInsyncReplicas: known(serverProperties)['min.insync.replicas'] } : undefined;
}

const methodsOf = ({ authentication }: Spec) => authentication.map(({ _kind }) => _kind);

/** The safe properties, without those that the user sets by Kafka's name. */
function withoutOverridden(safe: ServerProperties, { other = {} }: ServerProperties = {}): ServerProperties {
  const isOverridden = ([prop, value]: [string, unknown]) =>
    Object.keys(renderProperties({ [prop]: value }).named).some((name) => name in other);
  return Object.fromEntries(Object.entries(safe).filter((entry) => !isOverridden(entry)));
}

/** The server properties of a cluster's configuration, as far as this app defines them. */
function propertiesOf(spec: Spec, { zones = USUAL_ZONES }: Placement): Record<string, string> {
  const { configuration, safeProperties, serverProperties = {} } = spec;
  if (configuration) return serverPropertiesOf(configuration);
  return { ...renderProperties(safeProperties(zones)).named, ...renderProperties(serverProperties).named };
}

/** The values that rules check. */
function ruleInputsOf(spec: Spec, placement: Placement): KnownCluster {
  return {
    kind: spec.kind,
    clusterName: spec.clusterName,
    brokersPerAz: spec.brokersPerAz,
    brokersPerAzUnknown: !isKnown(spec.brokersPerAz),
    zones: placement.zones,
    kraft: spec.kafkaVersion.isKraft,
    kafkaVersion: spec.kafkaVersion.version,
    instanceType: spec.instanceType,
    authentication: methodsOf(spec),
    clientBroker: spec.encryptionInTransit._clientBroker,
    inCluster: spec.encryptionInTransit._inCluster,
    serverProperties: propertiesOf(spec, placement),
    twoConfigurations: spec.configuration !== undefined && spec.serverProperties !== undefined,
    ...spec.ruleInputs,
  };
}
