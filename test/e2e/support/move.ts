import { type App, type CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../../lib';

/** What the app of the tests about moving declares. It imports the cluster by its attributes. */
export interface Move {
  readonly cluster: Readonly<Record<string, string>>;
  readonly stacks: MovedStacks;
}

/** Stack → construct → topic. */
export type MovedStacks = Readonly<Record<string, Readonly<Record<string, MovedTopic>>>>;

export interface MovedTopic {
  readonly topicName?: string;
  readonly partitionCount?: number;
  readonly adopt?: boolean;
  readonly destroy?: boolean;
  /** The logical ID of the resource under its previous construct. */
  readonly logicalId?: string;
}

/** Defines the same app for the command line and for the CDK's deployment code in the test process. */
export function defineMove(app: App, { cluster: known, stacks }: Move): void {
  for (const [stackId, topics] of Object.entries(stacks)) {
    const stack = new Stack(app, stackId, { env: { account: known.Account, region: known.Region } });
    const cluster = msk.Cluster.fromClusterAttributes(stack, 'Events', {
      clusterArn: known.ClusterArn,
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: known.VpcId,
        availabilityZones: ['a', 'b', 'c'].map((zone) => `${stack.region}${zone}`),
        isolatedSubnetIds: known.SubnetIds.split(','),
      }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', known.GroupId)],
    });
    Object.entries(topics).forEach(([id, topic]) => addTopic(stack, id, { cluster, topic }));
  }
}

function addTopic(stack: Stack, id: string, { cluster, topic }: { cluster: msk.ICluster; topic: MovedTopic }): void {
  const { adopt, destroy, logicalId, ...options } = topic;
  const { node } = new msk.Topic(stack, id, {
    cluster,
    ...options,
    onExisting: adopt ? msk.TopicOnExisting.ADOPT : undefined,
    removalPolicy: destroy ? RemovalPolicy.DESTROY : undefined,
    permissionGracePeriod: Duration.seconds(0),
  });
  if (logicalId) (node.defaultChild as CfnResource).overrideLogicalId(logicalId);
}
