import { App, type CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../../lib';
import type { Move, MovedTopic } from '../support/move';

/** An app that knows the cluster by its attributes; a test moves its topics about between two deployments. */
const app = new App();
const { cluster: known, stacks } = JSON.parse(app.node.tryGetContext('move') as string) as Move;

for (const [stackId, topics] of Object.entries(stacks)) {
  const stack = new Stack(app, stackId);
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: known.VpcId,
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    isolatedSubnetIds: known.SubnetIds.split(','),
  });
  const cluster = msk.Cluster.fromClusterAttributes(stack, 'Events', {
    clusterArn: known.ClusterArn,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', known.GroupId)],
  });
  Object.entries(topics).forEach(([id, moved]) => addTopic(stack, id, { cluster, moved }));
}

function addTopic(stack: Stack, id: string, { cluster, moved }: { cluster: msk.ICluster; moved: MovedTopic }): void {
  const { adopt, destroy, logicalIdOf, ...options } = moved;
  const topic = new msk.Topic(stack, id, {
    cluster,
    ...options,
    onExisting: adopt ? msk.OnExisting.ADOPT : undefined,
    removalPolicy: destroy ? RemovalPolicy.DESTROY : undefined,
    permissionGracePeriod: Duration.seconds(0),
  });
  if (logicalIdOf) (topic.node.defaultChild as CfnResource).overrideLogicalId(logicalIdOf);
}
