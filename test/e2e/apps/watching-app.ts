import { App, Duration, Stack } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../lib';

/** All that watches, for a cluster of each kind that is known by its name. */
const stack = new Stack(new App(), 'Watching');
const onCall = new sns.Topic(stack, 'OnCall');

Object.entries({
  Standard: { kind: msk.ClusterKind.STANDARD, instanceType: msk.BrokerInstanceType.M7G_LARGE, perBroker: 1 },
  Express: { kind: msk.ClusterKind.EXPRESS, instanceType: msk.BrokerInstanceType.of('express.m7g.large') },
  Serverless: { kind: msk.ClusterKind.SERVERLESS },
}).forEach(([name, traits]) => watch(name, traits));

function watch(name: string, traits: Partial<msk.ClusterAlarmsProps>): void {
  const cluster = { clusterName: name.toLowerCase(), monitoringLevel: msk.MonitoringLevel.PER_BROKER, ...traits };
  const pager = [new actions.SnsAction(onCall)];
  new msk.ClusterAlarms(stack, `${name}Alarms`, { ...cluster, actions: pager, unhealthyActions: pager });
  new msk.ClusterDashboard(stack, `${name}Dashboard`, cluster);
  new msk.ConsumerLagAlarms(stack, `${name}Lag`, {
    ...cluster,
    topicName: 'orders',
    consumerGroup: 'billing',
    maxTimeLag: Duration.minutes(1),
    maxOffsetLag: 100,
  });
}

new msk.BrokerLogAlarms(stack, 'Logs', { clusterName: 'standard', logGroup: new logs.LogGroup(stack, 'BrokerLogs') });
new msk.ClusterEvents(stack, 'News', {
  cluster: msk.Cluster.fromClusterAttributes(stack, 'Existing', {
    clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/standard/11111111-2222-3333-4444-555555555555-1',
    vpc: undefined as never, // events need no network
    securityGroups: [],
  }),
  targets: [new targets.SnsTopic(onCall)],
});
