import { App, RemovalPolicy } from 'aws-cdk-lib';
import { DataLakeStack } from './data-lake-stack';

// Settings: cdk deploy -c removalPolicy=destroy -c delivery=false
const app = new App();
const destroy = app.node.tryGetContext('removalPolicy') === 'destroy';
new DataLakeStack(app, 'DataLake', {
  removalPolicy: destroy ? RemovalPolicy.DESTROY : undefined,
  delivery: app.node.tryGetContext('delivery') !== 'false',
});
