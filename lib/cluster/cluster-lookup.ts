import { ContextProvider, type GetContextKeyOptions, Stack } from 'aws-cdk-lib';
import { ContextProvider as Provider } from 'aws-cdk-lib/cloud-assembly-schema';
import { PROVIDER_ERROR_KEY } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';
import { isExpressType } from '../model/fact-lookups';
import { finding } from '../model/finding';
import type { ClusterKind } from '../model/wire/topic';
import { arnOrPending, isPendingArn, pendingArn } from '../internal/pending-arn';
import { complain, isPendingValue, isToken, refuse } from '../internal/validation';

/** The result of a lookup. */
export interface FoundCluster {
  readonly clusterArn: string;
  readonly kind: ClusterKind;
  /** Undefined until the cluster is found. An error about a dummy value would end the synthesis before the lookup. */
  readonly brokers?: number;
  readonly kafkaVersion?: string;
  readonly securityGroupIds: readonly string[];
  readonly subnets: readonly FoundSubnet[];
  readonly vpcId: string;
}

/** What is known of the cluster to find: one of the two. */
export interface WantedCluster {
  readonly clusterName?: string;
  readonly clusterArn?: string;
}

interface FoundSubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
}

/** The requested properties of a resource, by CloudFormation's names. */
type FoundResource = Readonly<Record<string, unknown>>;

/** Dummy values of the first synthesis, before the lookup. They are never deployed. */
const DUMMY_SUBNETS = ['subnet-00000000000000000', 'subnet-00000000000000001', 'subnet-00000000000000002'];
const DUMMY_CLUSTER = {
  KafkaVersion: '3.9.x.kraft',
  NumberOfBrokerNodes: 3,
  'BrokerNodeGroupInfo.InstanceType': 'kafka.m7g.large',
  'BrokerNodeGroupInfo.SecurityGroups': ['sg-00000000000000000'],
  'BrokerNodeGroupInfo.ClientSubnets': DUMMY_SUBNETS,
};

/**
 * Finds a cluster with three consecutive lookups of the `cdk` command line. The first finds the ARN by the name, the
 * second reads the cluster by its ARN, since a list does not contain all properties, and the third reads the VPC and
 * the zones of the subnets. With an ARN, the first is left out.
 */
export function lookUpCluster(scope: IConstruct, wanted: WantedCluster): FoundCluster {
  refuse(scope, [...environmentFindings(scope), ...wantedFindings(wanted)]);
  const { clusterArn: given, clusterName = '' } = wanted;
  const clusterArn = given === undefined ? arnOf(scope, clusterName) : arnOrPending(scope, given);
  const isFound = !isPendingArn(clusterArn);
  const cluster = isFound ? read(scope, 'AWS::MSK::Cluster', clusterArn, DUMMY_CLUSTER) : DUMMY_CLUSTER;
  const subnetIds = cluster['BrokerNodeGroupInfo.ClientSubnets'] as string[];
  const subnets = subnetIds.map((subnetId, index) => ({ subnetId, ...subnetOf(scope, subnetId, index) }));
  return {
    clusterArn,
    kind: isExpressType(String(cluster['BrokerNodeGroupInfo.InstanceType'])) ? 'express' : 'standard',
    brokers: cluster === DUMMY_CLUSTER ? undefined : Number(cluster.NumberOfBrokerNodes),
    kafkaVersion: cluster === DUMMY_CLUSTER ? undefined : String(cluster.KafkaVersion),
    securityGroupIds: cluster['BrokerNodeGroupInfo.SecurityGroups'] as string[],
    subnets: subnets.map(({ availabilityZone, subnetId }) => ({ availabilityZone, subnetId })),
    vpcId: subnets[0].vpcId,
  };
}

function arnOf(scope: IConstruct, ClusterName: string): string {
  const arn = pendingArn(scope);
  if (isPendingValue(ClusterName)) return arn; // the name itself is still being looked up
  const filter = { propertyMatch: { ClusterName }, expectedMatchCount: 'exactly-one', propertiesToReturn: ['Arn'] };
  return String(query(scope, { typeName: 'AWS::MSK::Cluster', ...filter }, { Arn: arn }).Arn);
}

/** Each subnet of a cluster is in a different zone, so each dummy has its own. */
function subnetOf(scope: IConstruct, subnetId: string, index: number): { vpcId: string; availabilityZone: string } {
  const dummy = { AvailabilityZone: `dummy${index}`, VpcId: 'vpc-00000000000000000' };
  const isFound = !DUMMY_SUBNETS.includes(subnetId);
  const subnet: FoundResource = isFound ? read(scope, 'AWS::EC2::Subnet', subnetId, dummy) : dummy;
  return { vpcId: String(subnet.VpcId), availabilityZone: String(subnet.AvailabilityZone) };
}

/** Reads one resource by its identifier. The keys of the dummy are the requested properties. */
function read(scope: IConstruct, typeName: string, exactIdentifier: string, dummy: FoundResource): FoundResource {
  return query(scope, { typeName, exactIdentifier, propertiesToReturn: Object.keys(dummy) }, dummy);
}

function query(scope: IConstruct, props: Record<string, unknown>, dummy: FoundResource): FoundResource {
  const options = { provider: Provider.CC_API_PROVIDER, props, dummyValue: [dummy] };
  const { value } = ContextProvider.getValue(scope, options) as { value: FoundResource[] };
  if (hasFailed(scope, options)) complain(scope, finding('LookupFailed', 'propertyMatch' in props ? BY_NAME : BY_ARN));
  return value[0];
}

/** Whether `cdk` ran the query and got an error, which the CDK itself reports beside our way out. */
function hasFailed(scope: IConstruct, options: GetContextKeyOptions): boolean {
  const { key } = ContextProvider.getKey(scope, options);
  return PROVIDER_ERROR_KEY in (Object(scope.node.tryGetContext(key)) as object);
}

const WAY_OUT = "check the account and Region of the stack's 'env', and the permissions of the lookup role";
const BY_NAME =
  `Cluster.fromLookup found no cluster by 'clusterName'; ${WAY_OUT}. If the cluster exists, set 'clusterArn' in place of ` +
  "'clusterName', since a list of AWS may lack the names";
const BY_ARN = `Cluster.fromLookup could not read the cluster or its subnets; ${WAY_OUT}, or use Cluster.fromClusterAttributes(...)`;

function environmentFindings(scope: IConstruct) {
  const { account, region } = Stack.of(scope);
  if (!isToken(account) && !isToken(region)) return [];
  const message =
    "Cluster.fromLookup queries AWS at synthesis and requires an explicit account and Region; set the stack's 'env', " +
    'or use Cluster.fromClusterAttributes(...)';
  return [finding('LookupWithoutEnvironment', message)];
}

function wantedFindings(wanted: WantedCluster) {
  const given = (['clusterName', 'clusterArn'] as const).filter((key) => wanted[key] !== undefined);
  const unknown = given
    .filter((key) => isToken(wanted[key]))
    .map((key) => `'${key}' must be known at synthesis, got a token; use Cluster.fromClusterAttributes(...)`);
  const findings = unknown.map((message) => finding('LookupNameUnknown', message));
  if (given.length === 1) return findings;
  const message = `set either 'clusterName' or 'clusterArn' of Cluster.fromLookup, got ${given.length === 0 ? 'neither' : 'both'}`;
  return [...findings, finding('LookupNameOrArn', message)];
}
