import { CfnResource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { ClientCredentials } from '../access/client-credentials';
import { isExpressType } from '../model/fact-lookups';
import type { ClientAccess } from '../model/listeners';
import type { KnownCluster } from '../model/rules/cluster';
import type { ClusterKind } from '../model/wire/topic';
import { Carried } from './carried';
import { clusterNameOf } from './cluster-arns';
import { renderedProperties } from './rendered';
import { knownText } from './validation';

/** The network of a cluster's brokers. */
export interface ClusterNetwork {
  readonly vpc: ec2.IVpc;
  /** The brokers' own subnets, if they are known. */
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups: ec2.ISecurityGroup[];
}

/**
 * What is known about a cluster at synthesis, wherever the cluster is defined. Traits that are not known are undefined.
 */
export interface ClusterTraits {
  readonly clusterName?: string;
  readonly kind?: ClusterKind;
  readonly kafkaVersion?: string;
  readonly instanceType?: string;
  readonly monitoringLevel?: string;
  /** Number of Availability Zones with brokers, which is the default replication factor of topics. */
  readonly zones?: number;
  /** Number of brokers in all zones together. */
  readonly brokers?: number;
  /** Maximum number of partitions, replicas included, that AWS recommends for one broker. */
  readonly recommendedPartitions?: number;
  /** Maximum number of partitions, replicas included, that one broker accepts, if there is such a limit. */
  readonly maxPartitions?: number;
  /** Other settings of a cluster with brokers that this app defines, as far as they are known. */
  readonly settings?: KnownCluster;
  /** What topics are checked against, if the cluster is to be upgraded to Express brokers. */
  readonly expressUpgrade?: { readonly minInsyncReplicas?: string };
  readonly access?: ClientAccess;
  readonly network?: ClusterNetwork;
  /** How the function that manages topics authenticates, unless a topic says otherwise. */
  readonly credentials?: ClientCredentials;
}

const TRAITS = new Carried<ClusterTraits>('ClusterTraits');

/** Declares what is known about a cluster that this library defines or imports. */
export const declareTraits = (cluster: msk.IClusterRef, traits: ClusterTraits): void => TRAITS.set(cluster, traits);

/**
 * What is known about any cluster: one that declared its traits, an L1, or a construct of another library around an L1.
 */
export const traitsOf = (cluster: msk.IClusterRef): ClusterTraits => TRAITS.of(cluster) ?? traitsOfResource(cluster);

function traitsOfResource(cluster: msk.IClusterRef): ClusterTraits {
  const resource = resourceOf(cluster);
  if (!resource) return { clusterName: clusterNameOf(cluster.clusterRef.clusterArn) };
  const instanceType = knownText(nodesOf(resource).instanceType);
  return {
    clusterName: resource.clusterName,
    kind: instanceType && isExpressType(instanceType) ? 'express' : undefined,
    instanceType,
    kafkaVersion: knownText(resource.kafkaVersion),
    monitoringLevel: knownText(resource.enhancedMonitoring),
  };
}

/** The cluster's resource in the template, if this app defines it. */
function resourceOf(cluster: msk.IClusterRef): msk.CfnCluster | undefined {
  const resource = cluster.node.defaultChild ?? cluster;
  const isCluster =
    CfnResource.isCfnResource(resource) && resource.cfnResourceType === msk.CfnCluster.CFN_RESOURCE_TYPE_NAME;
  return isCluster ? (resource as msk.CfnCluster) : undefined;
}

const nodesOf = ({ brokerNodeGroupInfo }: msk.CfnCluster) =>
  (brokerNodeGroupInfo ?? {}) as Partial<msk.CfnCluster.BrokerNodeGroupInfoProperty>;

/**
 * Public access and private connectivity, with CloudFormation's keys, if they are plain values in the template. Expressions are
 * not evaluated.
 */
export interface Connectivity {
  readonly PublicAccess?: { readonly Type?: string };
  readonly VpcConnectivity?: {
    readonly ClientAuthentication?: { readonly Sasl?: { readonly Iam?: { readonly Enabled?: unknown } } };
  };
}

/**
 * How clients can connect from outside the cluster's VPC. Call it when the template is written, since escape hatches
 * can set it until then.
 */
export function connectivityOf(cluster: msk.IClusterRef): Connectivity {
  const resource = resourceOf(cluster);
  if (!resource) return {};
  const { BrokerNodeGroupInfo } = renderedProperties(resource) as {
    BrokerNodeGroupInfo?: { ConnectivityInfo?: Connectivity };
  };
  return BrokerNodeGroupInfo?.ConnectivityInfo ?? {};
}

/**
 * The settings that determine the brokers' addresses, if this app defines the cluster. The addresses are read again
 * when one of them changes. Call it when the template is written.
 */
export function addressSettingsOf(cluster: msk.IClusterRef): Record<string, unknown> | undefined {
  const resource = resourceOf(cluster);
  if (!resource) return undefined;
  const { clientAuthentication, encryptionInfo, kafkaVersion, numberOfBrokerNodes } = resource;
  const { connectivityInfo } = nodesOf(resource);
  const settings = { clientAuthentication, connectivityInfo, encryptionInfo, kafkaVersion, numberOfBrokerNodes };
  const overrides = Object.entries(overridesOf(resource)).filter(([name]) => ADDRESS_PROPERTIES.includes(name));
  return overrides.length === 0 ? settings : { ...settings, overrides: Object.fromEntries(overrides) };
}

const ADDRESS_PROPERTIES = [
  ...['BrokerNodeGroupInfo', 'ClientAuthentication', 'EncryptionInfo', 'KafkaVersion', 'NumberOfBrokerNodes'],
];

/** What `addPropertyOverride` has set so far, which the properties of the resource do not show. */
const overridesOf = (resource: CfnResource): object =>
  (resource as unknown as { rawOverrides?: { Properties?: object } }).rawOverrides?.Properties ?? {};
