import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as msk from '../../../lib';
import type { LookedUpScenario } from '../support/looked-up-scenario';
import { kafkaVpc } from './kafka-vpc';

/** A network, and what another app builds in it once it has looked it up. */
const app = new App();
const { isLookedUp } = JSON.parse(app.node.tryGetContext('scenario') as string) as LookedUpScenario;
const env = { account: '000000000000', region: 'us-east-1' };

const network = new Stack(app, 'Network', { env });
kafkaVpc(network);
new ssm.StringParameter(network, 'TopicName', { parameterName: '/kafka/topic-name', stringValue: 'orders' });

if (isLookedUp) {
  const stack = new Stack(app, 'Streaming', { env });
  const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'Network/Vpc' });
  const inGroup = { vpc, vpcSubnets: { subnetGroupName: 'kafka' } };
  const ofType = { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } };
  const topicName = ssm.StringParameter.valueFromLookup(stack, '/kafka/topic-name');

  const serverProperties = { defaultReplicationFactor: 3 };
  const cluster = new msk.ProvisionedCluster(stack, 'Standard', { ...inGroup, serverProperties });
  new msk.ExpressCluster(stack, 'Express', inGroup).addTopic('clicks', { replicationFactor: 3 });
  new msk.ServerlessCluster(stack, 'Serverless', ofType).addTopic('visits');

  const orders = cluster.addTopic('Orders', { topicName, replicationFactor: 3 });
  new msk.GlueConnection(stack, 'Glue', { cluster, ...inGroup });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('kinesisanalytics.amazonaws.com') });
  new msk.FlinkAccess(stack, 'Flink', { cluster, role, ...ofType }).produce(orders);
  new lambda.Function(stack, 'Reader', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
  }).addEventSource(new msk.TopicEventSource(orders));
}
