import * as events from 'aws-cdk-lib/aws-events';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';

/** Which cluster's events are told, and to whom. */
export interface ClusterEventsProps {
  /** The cluster: one of ours, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;

  /** Who is told, such as the SNS topic of the alarms. */
  readonly targets: events.IRuleTarget[];
}

/**
 * Tells what Amazon MSK itself says: about this cluster as events of `aws.kafka`, and about storage, maintenance and retired
 * versions as events of AWS Health. Those of Health are about all clusters of the account and region, since not each of
 * them names the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/cluster-alerts.html
 */
export class ClusterEvents extends Construct {
  public constructor(scope: Construct, id: string, props: ClusterEventsProps) {
    super(scope, id);
    const { clusterArn } = props.cluster.clusterRef;
    new events.Rule(this, 'Cluster', {
      description: 'What Amazon MSK says about a Kafka cluster',
      eventPattern: { source: ['aws.kafka'], resources: [clusterArn] },
      targets: props.targets,
    });
    new events.Rule(this, 'Health', {
      description: 'What AWS Health says about Kafka clusters: storage, maintenance, retired versions',
      eventPattern: { source: ['aws.health'], detail: { service: ['KAFKA'] } },
      targets: props.targets,
    });
  }
}
