import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';

/** What is known of a cluster that was created elsewhere, which decides what can be monitored. */
interface WatchedCluster {
  readonly clusterName: string;
  readonly kind: msk.ClusterKind;
  readonly instanceType?: msk.BrokerInstanceType;
  readonly monitoringLevel?: msk.MonitoringLevel;
}

const STANDARD: WatchedCluster = {
  clusterName: 'events',
  kind: msk.ClusterKind.STANDARD,
  instanceType: msk.BrokerInstanceType.M7G_LARGE,
  monitoringLevel: msk.MonitoringLevel.PER_TOPIC_PER_BROKER,
};
const EXPRESS: WatchedCluster = {
  clusterName: 'clicks',
  kind: msk.ClusterKind.EXPRESS,
  instanceType: msk.BrokerInstanceType.of('express.m7g.large'),
  monitoringLevel: msk.MonitoringLevel.PER_TOPIC_PER_BROKER,
};
const SERVERLESS: WatchedCluster = { clusterName: 'trials', kind: msk.ClusterKind.SERVERLESS };

/** Monitors one imported cluster of each type: alarms, consumer lag, a dashboard, broker logs and MSK's own events. */
export class WatchingStack extends Stack {
  private readonly pager: actions.SnsAction;
  private readonly later = new actions.SsmAction(actions.OpsItemSeverity.LOW); // in OpsCenter

  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    this.pager = new actions.SnsAction(new sns.Topic(this, 'OnCall', { enforceSSL: true }));
    this.monitor('Standard', { ...STANDARD, perBroker: 3 }); // detects a broker that stopped sending metrics
    this.monitor('Express', { ...EXPRESS, without: ['TopicWarnings'] }); // it covers the whole account, so one alarm is enough
    this.monitor('Serverless', { ...SERVERLESS, without: ['TopicWarnings'] });

    new msk.BrokerLogAlarms(this, 'Logs', {
      clusterName: STANDARD.clusterName,
      logGroup: logs.LogGroup.fromLogGroupName(this, 'BrokerLogs', 'events-broker-logs'),
      actions: [this.later],
    });
    const clusterArn = this.formatArn({
      service: 'kafka',
      resource: 'cluster',
      resourceName: `${STANDARD.clusterName}/11111111-2222-3333-4444-555555555555-1`,
    });
    new msk.ClusterEvents(this, 'News', {
      cluster: msk.Cluster.fromClusterArn(this, 'Cluster', clusterArn),
      actions: [this.pager, this.later],
    });
  }

  private monitor(name: string, cluster: msk.ClusterAlarmsProps): void {
    const { pager, later } = this;
    new msk.ClusterAlarms(this, `${name}Alarms`, {
      ...cluster,
      criticalActions: [pager],
      warningActions: [later],
      unhealthyActions: [pager],
    });
    new msk.ConsumerLagAlarms(this, `${name}Lag`, {
      ...cluster,
      topicName: 'orders',
      consumerGroup: 'billing',
      maxTimeLag: Duration.minutes(5),
      maxOffsetLag: 100_000,
      actions: [pager],
    });
    new msk.ClusterDashboard(this, `${name}Dashboard`, cluster);
  }
}
