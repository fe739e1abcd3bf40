import { Fn } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { elsewhereFindings } from '../internal/environment';
import { isToken, refuse } from '../internal/validation';
import { actionFindings, targetsOf } from './event-targets';
import { checked } from '../internal/signatures/checked';

/** Properties of the event rules of a cluster. */
export interface ClusterEventsProps {
  /** The cluster: one defined with this library, an imported one, or an L1. */
  readonly cluster: msk.IClusterRef;

  /**
   * Alarm actions that also receive the events. SNS topics (`SnsAction`) and OpsItems (`SsmAction`) are supported. A topic of
   * this app gets the permission for EventBridge to publish. For an imported topic its owner has to add it, as for the key of
   * an encrypted topic.
   *
   * @default - only `targets`
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * EventBridge targets that receive the events, such as a Lambda function.
   *
   * @default - only `actions`
   */
  readonly targets?: events.IRuleTarget[];
}

/** Calls to MSK that change storage or restart brokers, by a person, a deployment, storage autoscaling or MSK. */
const CHANGES = [
  'DeleteCluster',
  'RebootBroker',
  'UpdateBrokerCount',
  'UpdateBrokerStorage',
  'UpdateBrokerType',
  'UpdateClusterConfiguration',
  'UpdateClusterKafkaVersion',
  'UpdateConnectivity',
  'UpdateRebalancing',
  'UpdateSecurity',
  'UpdateStorage',
];

/**
 * Forwards events about a cluster to alarm actions and EventBridge targets. AWS Health reports storage problems, maintenance and
 * retired versions. CloudTrail reports changes to this cluster, such as a broker that is rebooted or storage that grows, and
 * needs a trail in the Region. Health events cover all clusters of the account and Region, since not all of them name the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/cluster-alerts.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/logging-API-using-cloudtrail.html
 */
@checked('ClusterEvents')
export class ClusterEvents extends Construct {
  public constructor(scope: Construct, id: string, props: ClusterEventsProps) {
    super(scope, id);
    const { actions = [], targets = [] } = props;
    const cluster = props.cluster;
    refuse(this, [
      ...elsewhereFindings(this, cluster, { what: 'a rule for its events', property: 'cluster' }),
      ...actionFindings(actions),
      ...recipientFindings(actions.length + targets.length),
    ]);
    new events.Rule(this, 'Cluster', {
      description: 'What is done to a Kafka cluster',
      eventPattern: changesOf(cluster.clusterRef.clusterArn),
      targets: [...targetsOf(this, actions, '$.detail.eventName'), ...targets],
    });
    new events.Rule(this, 'Health', {
      description: 'What AWS Health says about Kafka clusters: storage, maintenance, retired versions',
      eventPattern: { source: ['aws.health'], detail: { service: ['KAFKA'] } },
      targets: [...targetsOf(this, actions, '$.detail.eventTypeCode'), ...targets],
    });
  }
}

/** CloudTrail records the ARN as it was in the URL of the call, or in its body. */
function changesOf(clusterArn: string): events.EventPattern {
  return {
    source: ['aws.kafka'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: { eventName: CHANGES, requestParameters: { clusterArn: [clusterArn, anyCase(encoded(clusterArn))] } },
  };
}

/** Clients write the escapes of a URL in upper or lower case. */
const anyCase = (text: string) => ({ 'equals-ignore-case': text });

function encoded(arn: string): string {
  if (!isToken(arn)) return encodeURIComponent(arn);
  return Fn.join('%2F', Fn.split('/', Fn.join('%3A', Fn.split(':', arn))));
}

function recipientFindings(recipients: number): Finding[] {
  if (recipients > 0) return [];
  return [finding('EventsUntold', "'actions' or 'targets' must contain at least one entry, got none")];
}
