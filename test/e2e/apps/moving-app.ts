import { App } from 'aws-cdk-lib';
import { defineMove, type Move } from '../support/move';

/** A test moves topics about between two deployments of it. */
const app = new App();
defineMove(app, JSON.parse(app.node.tryGetContext('move') as string) as Move);
