import * as path from 'node:path';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';

export interface OrdersStackProps extends StackProps {
  /** @default orders */
  readonly topicName?: string;
  /** @default 6 */
  readonly partitionCount?: number;
  /** @default Duration.days(7) */
  readonly retention?: Duration;
  /** What happens to the cluster and topics when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** A cluster, a topic with its dead-letter topic, a producer function and a consumer function. */
export class OrdersStack extends Stack {
  public constructor(scope: Construct, id: string, props: OrdersStackProps = {}) {
    super(scope, id, props);
    const { partitionCount = 6, removalPolicy, retention = Duration.days(7), topicName = 'orders' } = props;

    // Brokers cannot leave the zones of the first deployment, and a stack without 'env' sees only two, so three are named.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });

    const cluster = new msk.ProvisionedCluster(this, 'Events', { vpc, removalPolicy });
    const orders = cluster.addTopic('orders', { topicName, partitionCount, configs: { retention }, removalPolicy });
    cluster.addTopic('orders.dlq', { configs: { retention: Duration.days(30) }, removalPolicy });

    const environment = { BOOTSTRAP_BROKERS: cluster.bootstrapBrokers.saslIam, TOPIC: orders.topicName };
    const producer = this.kafkaFunction('producer', vpc, environment);
    orders.grants.produce(producer);
    cluster.allowClients(producer);

    const consumer = this.kafkaFunction('consumer', vpc, { ...environment, CONSUMER_GROUP: 'billing' });
    orders.grants.consume(consumer, 'billing');
    cluster.allowClients(consumer);

    new CfnOutput(this, 'ClusterArn', { value: cluster.clusterArn });
    new CfnOutput(this, 'Producer', { value: producer.functionName });
    new CfnOutput(this, 'Consumer', { value: consumer.functionName });
  }

  /** A function in the VPC of the brokers. It needs no internet access, since IAM tokens are signed locally. */
  private kafkaFunction(name: string, vpc: ec2.IVpc, environment: Record<string, string>): NodejsFunction {
    return new NodejsFunction(this, name, {
      entry: path.join(__dirname, 'functions', `${name}.ts`),
      runtime: Runtime.NODEJS_24_X,
      memorySize: 512,
      timeout: Duration.minutes(2),
      environment,
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      bundling: {
        // @platformatic/kafka is an ES module that would read a .wasm file beside its own code
        format: OutputFormat.ESM,
        banner: "import { createRequire as cr } from 'node:module'; const require = cr(import.meta.url);",
        esbuildArgs: { '--alias:@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
      },
    });
  }
}
