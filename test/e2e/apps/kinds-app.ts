import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../../../lib';
import type { KindsScenario } from '../support/kinds-scenario';

/** An Express and a Serverless cluster, as a scenario describes them. */
const app = new App();
const scenario = JSON.parse(app.node.tryGetContext('scenario') as string) as Partial<KindsScenario>;

const stack = new Stack(app, 'Kinds');
const vpc = aVpc('Vpc');
const removalPolicy = RemovalPolicy.DESTROY;
const { intelligentRebalancing, partitionCount, secondVpc } = scenario;

if (scenario.express) {
  const express = new msk.ExpressCluster(stack, 'Express', {
    vpc,
    brokerSize: msk.ExpressBrokerSize.M7G_LARGE,
    intelligentRebalancing,
    removalPolicy,
  });
  express.addTopic('orders', { partitionCount, removalPolicy });
}
if (scenario.serverless) {
  const otherVpcs = secondVpc ? [{ vpc: aVpc('SecondVpc') }] : [];
  const serverless = new msk.ServerlessCluster(stack, 'Serverless', { vpc, otherVpcs, removalPolicy });
  serverless.addTopic('clicks', { partitionCount, removalPolicy });
}

function aVpc(id: string): ec2.Vpc {
  return new ec2.Vpc(stack, id, {
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}
