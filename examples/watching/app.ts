import { App } from 'aws-cdk-lib';
import { WatchingStack } from './watching-stack';

const app = new App();
new WatchingStack(app, 'Watching');
