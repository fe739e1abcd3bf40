import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cfn from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import type { ExistingScenario, Scenario } from '../support/scenario';

/** An app whose cluster this library did not make. */
const app = new App();
const { existing = {} } = JSON.parse(app.node.tryGetContext('scenario') as string) as Scenario;
const env = { account: '000000000000', region: 'us-east-1' };

const platform = new Stack(app, 'Platform', { env });
const vpc = new ec2.Vpc(platform, 'Vpc', {
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const group = new ec2.SecurityGroup(platform, 'Brokers', { vpc });
const cluster = new cfn.CfnCluster(platform, 'Old', {
  clusterName: 'old',
  kafkaVersion: '3.9.x.kraft',
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: {
    clientSubnets: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    instanceType: 'kafka.m7g.large',
    securityGroups: [group.securityGroupId],
  },
  clientAuthentication: { sasl: { iam: { enabled: true } } },
});
const removalPolicy = RemovalPolicy.DESTROY;
const dataPlane = msk.TopicManager.dataPlane({ vpc, clusterSecurityGroups: [group] });

new msk.Topic(platform, 'by-l1', { cluster, managedBy: dataPlane, removalPolicy });
const brokers = msk.BootstrapBrokers.fromCluster(cluster);
new CfnOutput(platform, 'Brokers9098', { value: brokers.saslIam });
brokers.toParameter({ parameterName: '/kafka/old/brokers' });
new CfnOutput(platform, 'Arn', { value: cluster.attrArn });

if (existing.clusterArn !== undefined) byArn(existing.clusterArn, existing);
if (existing.lookup) found();

function byArn(clusterArn: string, { configs, moved, partitionCount, scram }: ExistingScenario): void {
  const stack = new Stack(app, 'ByArn', { env });
  const old = msk.Cluster.fromClusterArn(stack, 'Old', clusterArn);
  old.addTopic('by-arn', { managedBy: dataPlane, removalPolicy });
  new CfnOutput(stack, 'Brokers9098', { value: old.bootstrapBrokers.saslIam });
  if (scram) new CfnOutput(stack, 'Brokers9096', { value: old.bootstrapBrokers.saslScram });
  if (moved === undefined) return;
  old.addTopic('moved', {
    partitionCount,
    configs: { other: configs },
    managedBy: moved === 'mskApi' ? msk.TopicManager.mskApi() : dataPlane,
    onExisting: moved === 'adopted' ? msk.OnExisting.ADOPT : undefined,
  });
}

function found(): void {
  const stack = new Stack(app, 'Found', { env });
  const old = msk.Cluster.fromLookup(stack, 'Old', { clusterName: 'old' });
  old.addTopic('by-lookup', { removalPolicy });
  new CfnOutput(stack, 'Brokers9098', { value: old.bootstrapBrokers.saslIam });
}
