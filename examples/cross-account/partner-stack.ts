import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { KafkaFunction } from '../shared/kafka-function';
import { importVpc } from '../shared/known-cluster';

export interface PartnerStackProps extends StackProps {
  /** ARN of the cluster in the other account. */
  readonly clusterArn: string;
  /** Bootstrap brokers, from the output of the owner's stack, since MSK returns them only to the cluster's account. */
  readonly bootstrapBrokers: string;
  /** A VPC that can reach the brokers, and the subnets for the function. */
  readonly vpcId: string;
  readonly subnetIds: string[];
}

/** In the partner's account: a function that reads the owner's topic. */
export class PartnerStack extends Stack {
  public constructor(scope: Construct, id: string, props: PartnerStackProps) {
    super(scope, id, props);
    const cluster = msk.Cluster.fromClusterArn(this, 'Kafka', props.clusterArn);
    const shipments = msk.Topic.fromTopicName(this, 'Shipments', cluster, 'shipments');

    const tracking = new KafkaFunction(this, 'tracking', {
      does: 'consumer',
      vpc: importVpc(this, 'Vpc', props.vpcId, props.subnetIds),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      environment: {
        BOOTSTRAP_BROKERS: props.bootstrapBrokers,
        TOPIC: shipments.topicName,
        CONSUMER_GROUP: 'partner-tracking',
      },
    });
    shipments.grants.consume(tracking, 'partner-tracking');

    new CfnOutput(this, 'Tracking', { value: tracking.functionName });
  }
}
