import { App } from 'aws-cdk-lib';
import { defineMove, type Move } from '../support/move';

/** An app whose topics a test moves to other stacks between two deployments. */
const app = new App();
defineMove(app, JSON.parse(app.node.tryGetContext('move') as string) as Move);
