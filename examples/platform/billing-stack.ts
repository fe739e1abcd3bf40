import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { KafkaFunction } from '../shared/kafka-function';
import { publishedCluster } from './published-cluster';

/** Another team, which reads the first team's topic. */
export class BillingStack extends Stack {
  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const { cluster, ...place } = publishedCluster(this);

    const orders = msk.Topic.fromTopicName(this, 'Orders', cluster, 'checkout.orders');
    const billing = new KafkaFunction(this, 'billing', {
      does: 'consumer',
      ...place,
      environment: {
        BOOTSTRAP_BROKERS: cluster.bootstrapBrokers.saslIam,
        TOPIC: orders.topicName,
        CONSUMER_GROUP: 'billing',
      },
    });
    orders.grants.consume(billing, 'billing');
    cluster.allowClients(billing);

    new CfnOutput(this, 'Billing', { value: billing.functionName });
  }
}
