import { App } from 'aws-cdk-lib';
import { removalPolicyOf } from '../shared/settings';
import { EventDrivenStack } from './event-driven-stack';

// Settings: cdk deploy -c removalPolicy=destroy
const app = new App();
new EventDrivenStack(app, 'EventDriven', { removalPolicy: removalPolicyOf(app) });
