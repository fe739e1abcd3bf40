import { App, Duration } from 'aws-cdk-lib';
import { removalPolicyOf } from '../shared/settings';
import { OrdersStack } from './orders-stack';

// Settings: cdk deploy -c topic=orders -c partitions=6 -c retentionDays=7 -c removalPolicy=destroy
const app = new App();
const setting = (name: string) => app.node.tryGetContext(name) as string | undefined;
const number = (name: string) => (setting(name) === undefined ? undefined : Number(setting(name)));
const retentionDays = number('retentionDays');

new OrdersStack(app, 'Orders', {
  topicName: setting('topic'),
  partitionCount: number('partitions'),
  retention: retentionDays === undefined ? undefined : Duration.days(retentionDays),
  removalPolicy: removalPolicyOf(app),
});
