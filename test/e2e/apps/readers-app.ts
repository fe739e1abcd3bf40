import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../../lib';
import type { Imported, ReadersScenario } from '../support/readers-scenario';
import { kafkaVpc } from './kafka-vpc';

/** A cluster, and stacks that each import it and read a topic with a function. */
const app = new App();
const scenario = JSON.parse(app.node.tryGetContext('scenario') as string) as ReadersScenario;

const platform = new Stack(app, 'Platform');
const vpc = kafkaVpc(platform);
const cluster = new msk.ProvisionedCluster(platform, 'Events', {
  vpc,
  alarms: false,
  removalPolicy: RemovalPolicy.DESTROY,
});
const [brokers] = cluster.connections.securityGroups;
new CfnOutput(platform, 'ClusterArn', { value: cluster.clusterArn });
new CfnOutput(platform, 'GroupId', { value: brokers.securityGroupId });
new CfnOutput(platform, 'VpcId', { value: vpc.vpcId });

if (scenario.imported) for (const id of scenario.readers ?? []) defineReader(new Stack(app, id), scenario.imported);

function defineReader(stack: Stack, { clusterArn, groupId, vpcId }: Imported): void {
  const events = msk.Cluster.fromClusterAttributes(stack, 'Events', {
    clusterArn,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: ['us-east-1a'] }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', groupId)],
    vpcSubnets: { subnets: [] },
  });
  const reader = new lambda.Function(stack, 'Reader', {
    code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  const orders = msk.Topic.fromTopicName(stack, 'Orders', events, 'orders');
  const { addSecurityGroupRules } = scenario;
  reader.addEventSource(new msk.TopicEventSource(orders, { addSecurityGroupRules }));
}
