import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnClusterPolicy } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { KafkaFunction } from '../shared/kafka-function';
import { importCluster, type KnownCluster } from '../shared/known-cluster';

export interface OwnerStackProps extends StackProps {
  readonly cluster: KnownCluster;
  /** The account that reads the topic. */
  readonly partner: string;
  /** Where the partner's clients come from: its own VPC, peered with the one of the cluster. */
  readonly partnerCidr: string;
  /** What happens to the topics when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** In the cluster's account: a topic, a producer function, and the permissions of a partner in another account. */
export class OwnerStack extends Stack {
  public constructor(scope: Construct, id: string, props: OwnerStackProps) {
    super(scope, id, props);
    const { removalPolicy } = props;
    const { cluster, ...place } = importCluster(this, props.cluster);

    const shipments = cluster.addTopic('shipments', { removalPolicy });
    const shipping = new KafkaFunction(this, 'shipping', {
      does: 'producer',
      ...place,
      environment: { BOOTSTRAP_BROKERS: cluster.bootstrapBrokers.saslIam, TOPIC: shipments.topicName },
    });
    shipments.grants.produce(shipping);
    cluster.allowClients(shipping);

    // both accounts have to allow it: this one in the cluster's policy, the partner's in the policy of the role
    const partner = new msk.CrossAccountClient({ principal: new iam.AccountPrincipal(props.partner) });
    shipments.grants.consume(partner, 'partner-*');
    new CfnClusterPolicy(this, 'Policy', {
      clusterArn: cluster.clusterArn,
      policy: new iam.PolicyDocument({ statements: partner.clusterPolicyStatements }),
    });

    cluster.connections.allowDefaultPortFrom(ec2.Peer.ipv4(props.partnerCidr), 'Kafka clients of the partner');

    new CfnOutput(this, 'Brokers', { value: cluster.bootstrapBrokers.saslIam });
    new CfnOutput(this, 'Shipping', { value: shipping.functionName });
  }
}
