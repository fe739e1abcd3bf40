import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KafkaFunction } from '../shared/kafka-function';
import { publishedCluster } from './published-cluster';

export interface CheckoutStackProps extends StackProps {
  /** What happens to the topics when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** A team that has a topic on the platform's cluster and writes to it. */
export class CheckoutStack extends Stack {
  public constructor(scope: Construct, id: string, { removalPolicy, ...props }: CheckoutStackProps = {}) {
    super(scope, id, props);
    const { cluster, ...place } = publishedCluster(this);

    const orders = cluster.addTopic('checkout.orders', { partitionCount: 6, removalPolicy });
    const checkout = new KafkaFunction(this, 'checkout', {
      does: 'producer',
      ...place,
      environment: { BOOTSTRAP_BROKERS: cluster.bootstrapBrokers.saslIam, TOPIC: orders.topicName },
    });
    orders.grants.produce(checkout);
    cluster.allowClients(checkout);

    new CfnOutput(this, 'Checkout', { value: checkout.functionName });
  }
}
