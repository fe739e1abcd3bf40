import * as path from 'node:path';
import { CfnOutput, Duration, Fn, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';

export interface EventDrivenStackProps extends StackProps {
  /** What happens to the cluster and topics when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** Prices the orders of one topic and writes invoices to another. Orders that cannot be priced go to a dead-letter topic. */
export class EventDrivenStack extends Stack {
  public constructor(scope: Construct, id: string, props: EventDrivenStackProps = {}) {
    super(scope, id, props);
    const { removalPolicy } = props;

    // Brokers cannot leave the zones of the first deployment, and a stack without 'env' sees only two, so three are named.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const cluster = new msk.ProvisionedCluster(this, 'Events', { vpc, removalPolicy });
    const orders = cluster.addTopic('orders', { partitionCount: 6, removalPolicy });
    const invoices = cluster.addTopic('invoices', { partitionCount: 6, removalPolicy });
    const deadLetterTopic = cluster.addTopic('orders.dlq', {
      configs: { retention: Duration.days(30) },
      removalPolicy,
    });

    const pricing = this.pricing(vpc, invoices.topicName);
    invoices.grants.produce(pricing);
    cluster.allowClients(pricing);
    cluster.clientConfiguration().kafkaJs.addToFunction(pricing);

    // isolated subnets cannot reach the Lambda API, which provisioned pollers do not need
    const provisionedPollers = { minimumPollers: 1, maximumPollers: 6 };
    const source = new msk.TopicEventSource(orders, { consumerGroup: 'pricing', deadLetterTopic, provisionedPollers });
    pricing.addEventSource(source);

    new CfnOutput(this, 'ClusterArn', { value: cluster.clusterArn });
    new CfnOutput(this, 'Pricing', { value: pricing.functionName });
  }

  /** Runs in the VPC of the brokers, since it writes to them. */
  private pricing(vpc: ec2.IVpc, topic: string): NodejsFunction {
    return new NodejsFunction(this, 'pricing', {
      entry: path.join(__dirname, 'functions', 'pricing.ts'),
      runtime: Runtime.NODEJS_24_X,
      memorySize: 512,
      timeout: Duration.minutes(1),
      environment: { TOPIC: topic },
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
