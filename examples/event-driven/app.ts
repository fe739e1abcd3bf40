import { App, RemovalPolicy } from 'aws-cdk-lib';
import { EventDrivenStack } from './event-driven-stack';

// Settings: cdk deploy -c removalPolicy=destroy
const app = new App();
const destroy = app.node.tryGetContext('removalPolicy') === 'destroy';
new EventDrivenStack(app, 'EventDriven', { removalPolicy: destroy ? RemovalPolicy.DESTROY : undefined });
