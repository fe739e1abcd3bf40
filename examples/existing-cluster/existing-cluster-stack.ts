import { CfnOutput, Duration, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';
import { KafkaFunction } from '../shared/kafka-function';
import { importCluster, type KnownCluster } from '../shared/known-cluster';

export interface ExistingClusterStackProps extends StackProps {
  readonly cluster: KnownCluster;
  /** What happens to the topics when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;
}

/** Adds a topic, a producer function and alarms to a cluster that was created elsewhere. */
export class ExistingClusterStack extends Stack {
  public constructor(scope: Construct, id: string, props: ExistingClusterStackProps) {
    super(scope, id, props);
    const { removalPolicy } = props;
    const { cluster, ...place } = importCluster(this, props.cluster);

    // the topic may have been created by hand, so it is adopted with its records
    const invoices = cluster.addTopic('invoices', { onExisting: msk.TopicOnExisting.ADOPT, removalPolicy });
    const invoicing = new KafkaFunction(this, 'invoicing', {
      does: 'producer',
      ...place,
      environment: { BOOTSTRAP_BROKERS: cluster.bootstrapBrokers.saslIam, TOPIC: invoices.topicName },
    });
    invoices.grants.produce(invoicing);
    cluster.allowClients(invoicing);

    const onCall = new sns.Topic(this, 'OnCall', { enforceSSL: true });
    const alarmActions = [new actions.SnsAction(onCall)];
    new msk.ClusterAlarms(this, 'Alarms', { cluster, criticalActions: alarmActions });
    new msk.ConsumerLagAlarms(this, 'Lag', {
      cluster,
      topicName: invoices.topicName,
      consumerGroup: 'accounting',
      maxTimeLag: Duration.minutes(10),
      actions: alarmActions,
    });

    new CfnOutput(this, 'Invoicing', { value: invoicing.functionName });
  }
}
