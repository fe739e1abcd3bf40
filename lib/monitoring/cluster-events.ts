import { Fn, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { type Finding, finding } from '../model/finding';
import { refuse } from '../internal/validation';
import { actionFindings, targetsOf } from './action-targets';

/** Which cluster's events are told, and to whom. */
export interface ClusterEventsProps {
  /** The cluster: one of ours, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;

  /**
   * Who is told: the same actions as those of alarms, as far as they are SNS topics (`SnsAction`) or OpsItems (`SsmAction`).
   * A topic of this app lets EventBridge publish; that of an imported one is its owner's to allow, as is the key of an
   * encrypted one.
   *
   * @default - only `targets`
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * Who else is told: any target that rules of EventBridge have, such as a function.
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
 * Tells what Amazon MSK itself says: about storage, maintenance and retired versions as events of AWS Health; and what is
 * done to this cluster (its storage grows, a broker is rebooted), as CloudTrail records it, which needs a trail in the
 * region. Events of Health are about all clusters of the account and region, since not each of them names the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/cluster-alerts.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/logging-API-using-cloudtrail.html
 */
export class ClusterEvents extends Construct {
  public constructor(scope: Construct, id: string, props: ClusterEventsProps) {
    super(scope, id);
    const { actions = [], cluster, targets = [] } = props;
    refuse(this, [...actionFindings(actions), ...toldFindings(actions.length + targets.length)]);
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

/** CloudTrail has the ARN as it was in the address of the call, or in its body. */
function changesOf(clusterArn: string): events.EventPattern {
  return {
    source: ['aws.kafka'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: { eventName: CHANGES, requestParameters: { clusterArn: [clusterArn, encoded(clusterArn)] } },
  };
}

function encoded(arn: string): string {
  if (!Token.isUnresolved(arn)) return encodeURIComponent(arn);
  return Fn.join('%2F', Fn.split('/', Fn.join('%3A', Fn.split(':', arn))));
}

function toldFindings(told: number): Finding[] {
  if (told > 0) return [];
  return [finding('EventsUntold', "'actions' or 'targets' must contain at least one entry, got none")];
}
