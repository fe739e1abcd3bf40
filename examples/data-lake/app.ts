import { App } from 'aws-cdk-lib';
import { removalPolicyOf } from '../shared/settings';
import { DataLakeStack } from './data-lake-stack';

// Settings: cdk deploy -c removalPolicy=destroy -c delivery=false
const app = new App();
const delivery = app.node.tryGetContext('delivery') !== 'false';
new DataLakeStack(app, 'DataLake', { removalPolicy: removalPolicyOf(app), delivery });
