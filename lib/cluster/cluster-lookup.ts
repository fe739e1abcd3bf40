import { ContextProvider, Stack, Token } from 'aws-cdk-lib';
import { ContextProvider as Provider } from 'aws-cdk-lib/cloud-assembly-schema';
import type { IConstruct } from 'constructs';
import { finding } from '../model/finding';
import type { ClusterKind } from '../model/wire/topic';
import { refuse } from '../internal/validation';

/** What a lookup finds. */
export interface FoundCluster {
  readonly clusterArn: string;
  readonly kind: ClusterKind;
  /** Nothing before the cluster is found: what is refused for a dummy would never be looked up. */
  readonly brokers?: number;
  readonly kafkaVersion?: string;
  readonly securityGroupIds: readonly string[];
  readonly subnets: readonly FoundSubnet[];
  readonly vpcId: string;
}

interface FoundSubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
}

/** What a resource type answers, by CloudFormation's names; only what is asked for. */
type Answer = Readonly<Record<string, unknown>>;

/** Stands for what the first synthesis does not know yet; it is never deployed. */
const DUMMY_SUFFIX = 'cluster/dummy/00000000-0000-0000-0000-000000000000-0';
const DUMMY_SUBNETS = ['subnet-00000000000000000', 'subnet-00000000000000001', 'subnet-00000000000000002'];
const DUMMY_CLUSTER = {
  KafkaVersion: '3.9.x.kraft',
  NumberOfBrokerNodes: 3,
  'BrokerNodeGroupInfo.InstanceType': 'kafka.m7g.large',
  'BrokerNodeGroupInfo.SecurityGroups': ['sg-00000000000000000'],
  'BrokerNodeGroupInfo.ClientSubnets': DUMMY_SUBNETS,
};

/**
 * Finds a cluster by three lookups of the `cdk` command line: the ARN by the name, then the cluster by its ARN, since a
 * list tells less than a look at the one, then the VPC and the zones of its subnets. Each waits for the one before.
 */
export function lookUpCluster(scope: IConstruct, clusterName: string): FoundCluster {
  refuse(scope, [...environmentFindings(scope), ...nameFindings(clusterName)]);
  const clusterArn = arnOf(scope, clusterName);
  const isFound = !clusterArn.endsWith(DUMMY_SUFFIX);
  const cluster = isFound ? read(scope, 'AWS::MSK::Cluster', clusterArn, DUMMY_CLUSTER) : DUMMY_CLUSTER;
  const subnetIds = cluster['BrokerNodeGroupInfo.ClientSubnets'] as string[];
  const subnets = subnetIds.map((subnetId, index) => ({ subnetId, ...subnetOf(scope, subnetId, index) }));
  return {
    clusterArn,
    kind: String(cluster['BrokerNodeGroupInfo.InstanceType']).startsWith('express.') ? 'express' : 'standard',
    brokers: cluster === DUMMY_CLUSTER ? undefined : Number(cluster.NumberOfBrokerNodes),
    kafkaVersion: cluster === DUMMY_CLUSTER ? undefined : String(cluster.KafkaVersion),
    securityGroupIds: cluster['BrokerNodeGroupInfo.SecurityGroups'] as string[],
    subnets: subnets.map(({ availabilityZone, subnetId }) => ({ availabilityZone, subnetId })),
    vpcId: subnets[0].vpcId,
  };
}

function arnOf(scope: IConstruct, ClusterName: string): string {
  const { account, partition, region } = Stack.of(scope);
  const arn = `arn:${Token.isUnresolved(partition) ? 'aws' : partition}:kafka:${region}:${account}:${DUMMY_SUFFIX}`;
  const query = { propertyMatch: { ClusterName }, expectedMatchCount: 'exactly-one', propertiesToReturn: ['Arn'] };
  return String(ask(scope, { typeName: 'AWS::MSK::Cluster', ...query }, { Arn: arn }).Arn);
}

/** A cluster has each of its subnets in another zone. */
function subnetOf(scope: IConstruct, subnetId: string, index: number): { vpcId: string; availabilityZone: string } {
  const dummy = { AvailabilityZone: `dummy${index}`, VpcId: 'vpc-00000000000000000' };
  const isFound = !DUMMY_SUBNETS.includes(subnetId);
  const subnet: Answer = isFound ? read(scope, 'AWS::EC2::Subnet', subnetId, dummy) : dummy;
  return { vpcId: String(subnet.VpcId), availabilityZone: String(subnet.AvailabilityZone) };
}

/** One resource by its identifier; its dummy names what is asked for. */
function read(scope: IConstruct, typeName: string, exactIdentifier: string, dummy: Answer): Answer {
  return ask(scope, { typeName, exactIdentifier, propertiesToReturn: Object.keys(dummy) }, dummy);
}

function ask(scope: IConstruct, props: Record<string, unknown>, dummy: Answer): Answer {
  const query = { provider: Provider.CC_API_PROVIDER, props, dummyValue: [dummy] };
  return (ContextProvider.getValue(scope, query) as { value: Answer[] }).value[0];
}

function environmentFindings(scope: IConstruct) {
  const { account, region } = Stack.of(scope);
  if (!Token.isUnresolved(account) && !Token.isUnresolved(region)) return [];
  const message =
    "Cluster.fromLookup queries AWS at synthesis and requires an explicit account and Region; set the stack's 'env', " +
    'or use Cluster.fromClusterAttributes(...)';
  return [finding('LookupWithoutEnvironment', message)];
}

function nameFindings(clusterName: string) {
  if (!Token.isUnresolved(clusterName)) return [];
  return [
    finding(
      'LookupNameUnknown',
      "'clusterName' must be known at synthesis, got a token; use Cluster.fromClusterAttributes(...)",
    ),
  ];
}
