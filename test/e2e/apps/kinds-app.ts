import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as msk from '../../../lib';
import type { KindsScenario } from '../support/kinds-scenario';
import { kafkaVpc } from './kafka-vpc';

/** An Express and a Serverless cluster, as a scenario describes them. */
const app = new App();
const scenario = JSON.parse(app.node.tryGetContext('scenario') as string) as Partial<KindsScenario>;

const stack = new Stack(app, 'Kinds');
const vpc = kafkaVpc(stack);
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
  const otherVpcs = secondVpc ? [{ vpc: kafkaVpc(stack, 'SecondVpc') }] : [];
  const serverless = new msk.ServerlessCluster(stack, 'Serverless', { vpc, otherVpcs, removalPolicy });
  serverless.addTopic('clicks', { partitionCount, removalPolicy });
}
