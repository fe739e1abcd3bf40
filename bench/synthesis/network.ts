import type { Stack } from 'aws-cdk-lib';
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';

/** A network that exists already. Both sides import it in the same way. */
const VPC_ID = 'vpc-0123456789abcdef0';
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
export const SUBNET_IDS = ['subnet-01', 'subnet-02', 'subnet-03'];

export const findVpc = (stack: Stack): IVpc =>
  Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: VPC_ID, availabilityZones: ZONES, privateSubnetIds: SUBNET_IDS });

export const TOPIC_NAMES = Array.from({ length: 100 }, (_, index) => `topic-${index}`);

/** The properties of a topic, except its place. */
export const topicProperties = (topicName: string): Record<string, unknown> => ({
  SchemaVersion: '1',
  Authentication: 'iam',
  ClusterKind: 'standard',
  TopicName: topicName,
  PartitionCount: 3,
  ReplicationFactor: 3,
  Configs: {},
  OnExisting: 'fail',
  ConfigDrift: 'declared',
  OnPartitionDecrease: 'fail',
  OnUnreachable: 'fail',
  OnReplace: 'retain',
  AllowDataLoss: false,
  PermissionGracePeriod: 120,
});
