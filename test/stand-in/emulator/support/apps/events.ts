import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as cr from 'aws-cdk-lib/custom-resources';
import { CustomResource } from 'aws-cdk-lib';
import path from 'node:path';

/** An app of typical size for the CDK's own command line: `-c volume=…` changes it, `-c fail=Update` makes it fail. */
const app = new App();
const context = (name: string, otherwise: string) => String(app.node.tryGetContext(name) ?? otherwise);

const stack = new Stack(app, 'Events', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
const subnetConfiguration = [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const vpc = new ec2.Vpc(stack, 'Vpc', {
  maxAzs: 3,
  natGateways: 0,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration,
});
const [brokers, clients] = ['Brokers', 'Clients'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
brokers.connections.allowFrom(clients, ec2.Port.tcp(9098));

const logGroup = new logs.LogGroup(stack, 'Logs');
const configuration = new msk.CfnConfiguration(stack, 'Configuration', {
  name: 'safe',
  serverProperties: 'num.partitions=3',
});
const cluster = new msk.CfnCluster(stack, 'Cluster', {
  clusterName: 'events',
  kafkaVersion: '3.9.x.kraft',
  numberOfBrokerNodes: 3,
  clientAuthentication: { sasl: { iam: { enabled: true } } },
  configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
  loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } } },
  brokerNodeGroupInfo: {
    instanceType: 'kafka.m7g.large',
    clientSubnets: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    securityGroups: [brokers.securityGroupId],
    storageInfo: { ebsStorageInfo: { volumeSize: Number(context('volume', '100')) } },
  },
});
for (const metricName of [
  'OfflinePartitionsCount',
  'ActiveControllerCount',
  'GlobalTopicCount',
  'GlobalPartitionCount',
]) {
  const metric = new cloudwatch.Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': 'events' },
  });
  new cloudwatch.Alarm(stack, metricName, { metric, threshold: 1, evaluationPeriods: 1 });
}

const handler = (id: string) =>
  new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(path.join(__dirname, 'handler')),
    environment: { CLUSTER_ARN: cluster.attrArn },
  });
const onEventHandler = handler('Dispatcher');
const { serviceToken } = new cr.Provider(stack, 'Provider', { onEventHandler });
for (const topicName of ['orders', 'payments']) {
  const properties = { TopicName: topicName, Fail: context('fail', ''), Size: context('size', '3') };
  const topic = new CustomResource(stack, topicName, { serviceToken, resourceType: 'Custom::Topic', properties });
  new CfnOutput(stack, `Brokers${topicName}`, { value: topic.getAttString('Brokers') });
}
