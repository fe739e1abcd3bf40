import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import type { AgainScenario } from '../support/again-scenario';
import { kafkaVpc } from './kafka-vpc';

/** An app with the defaults of the library: what holds data is retained when its stack is destroyed. */
const app = new App();
const { adopt, imported, names } = JSON.parse(app.node.tryGetContext('scenario') as string) as AgainScenario;
const env = { account: '000000000000', region: 'us-east-1' };

const network = new Stack(app, 'Network', { env });
const vpc = kafkaVpc(network);

const shop = new Stack(app, 'Shop', { env });
const cluster = imported
  ? msk.Cluster.fromClusterAttributes(shop, 'Events', {
      clusterArn: imported.clusterArn,
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(shop, 'Brokers', imported.groupId)],
    })
  : new msk.ProvisionedCluster(shop, 'Events', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });

if (names) {
  const childOf = (id: string) => cluster.node.findChild(id).node.defaultChild;
  (childOf('Configuration') as CfnConfiguration).name = names.configuration;
  (childOf('BrokerLogs') as CfnLogGroup).logGroupName = names.logs;
}

new msk.Topic(shop, 'Orders', {
  cluster,
  topicName: 'orders',
  onExisting: adopt ? msk.TopicOnExisting.ADOPT : undefined,
});
