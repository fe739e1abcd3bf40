import * as path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';

export interface KafkaFunctionProps {
  /** A function of the example `orders`: one publishes, the other reads. */
  readonly does: 'producer' | 'consumer';
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** `BOOTSTRAP_BROKERS`, `TOPIC` and for a consumer `CONSUMER_GROUP`. */
  readonly environment: Record<string, string>;
}

/** A function in the VPC of the brokers. It needs no internet access, since IAM tokens are signed locally. */
export class KafkaFunction extends NodejsFunction {
  public constructor(scope: Construct, id: string, { does, ...props }: KafkaFunctionProps) {
    super(scope, id, {
      entry: path.join(__dirname, '..', 'orders', 'functions', `${does}.ts`),
      runtime: Runtime.NODEJS_24_X,
      memorySize: 512,
      timeout: Duration.minutes(2),
      ...props,
      bundling: {
        // @platformatic/kafka is an ES module that would read a .wasm file beside its own code
        format: OutputFormat.ESM,
        banner: "import { createRequire as cr } from 'node:module'; const require = cr(import.meta.url);",
        esbuildArgs: { '--alias:@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
      },
    });
  }
}
