import * as alpha from '@aws-cdk/aws-msk-alpha';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { aBareCluster, aStack, aVpc, ENVIRONMENT, IMPORTED_ARN } from '../../../testkit/stacks';

const aRole = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
const targets = [{ bind: () => ({ arn: 'arn' }) }];

/** Every public place that takes a reference to a cluster. */
const PLACES: Readonly<Record<string, (stack: Stack, cluster: never) => unknown>> = {
  ClusterGrants: (_, cluster) => msk.ClusterGrants.fromCluster(cluster),
  ClusterMetrics: (_, cluster) => msk.ClusterMetrics.fromCluster(cluster),
  BootstrapBrokers: (_, cluster) => msk.BootstrapBrokers.fromCluster(cluster),
  Topic: (stack, cluster) => new msk.Topic(stack, 'Made', { cluster, backend: msk.TopicBackend.mskApi() }),
  'Topic.fromTopicName': (stack, cluster) => msk.Topic.fromTopicName(stack, 'Made', cluster, 'orders'),
  ClusterAlarms: (stack, cluster) => new msk.ClusterAlarms(stack, 'Made', { cluster }),
  ConsumerLagAlarms: (stack, cluster) =>
    new msk.ConsumerLagAlarms(stack, 'Made', { cluster, topicName: 'orders', consumerGroup: 'billing' }),
  ClusterDashboard: (stack, cluster) => new msk.ClusterDashboard(stack, 'Made', { cluster }),
  ClusterEvents: (stack, cluster) => new msk.ClusterEvents(stack, 'Made', { cluster, targets }),
  TopicDriftReport: (stack, cluster) => new msk.TopicDriftReport(stack, 'Made', { cluster }),
  FlinkAccess: (stack, cluster) => new msk.FlinkAccess(stack, 'Made', { cluster, role: aRole(stack) }),
  GlueConnection: (stack, cluster) => new msk.GlueConnection(stack, 'Made', { cluster }),
};

const ofAlpha = (stack: Stack) =>
  new alpha.Cluster(stack, 'Alpha', {
    clusterName: 'events',
    kafkaVersion: alpha.KafkaVersion.V3_6_0,
    vpc: aVpc(stack),
  });

describe.each(Object.entries(PLACES))('%s', (_, make) => {
  test('refuses a cluster of another library, and says to pass its L1', () => {
    const stack = aStack({ env: ENVIRONMENT });
    expect(() => make(stack, ofAlpha(stack) as never)).toThrow(
      /got a Cluster at 'Stack\/Alpha'; pass its L1: cluster.node.defaultChild as CfnCluster \[ClusterReference\]/,
    );
  });

  test.each<[string, unknown]>([
    ['an ARN', IMPORTED_ARN],
    ['an object', {}],
  ])('refuses %s', (_name, cluster) => {
    expect(() => make(aStack({ env: ENVIRONMENT }), cluster as never)).toThrow(
      /'cluster' must be a cluster of this library.*Cluster.fromClusterArn.*\[ClusterReference\]/,
    );
  });
});

describe('A reference to a cluster', () => {
  const grants = (cluster: never) => msk.ClusterGrants.fromCluster(cluster);

  test('may be the L1 in a cluster of another library, or any construct that carries it', () => {
    const stack = aStack({ env: ENVIRONMENT });
    expect(() => grants(ofAlpha(stack).node.defaultChild as CfnCluster as never)).not.toThrow();
    expect(() => grants(aBareCluster(stack) as never)).not.toThrow();
  });

  test('refuses Serverless clusters that carry none, and imports of another library', () => {
    const stack = aStack({ env: ENVIRONMENT });
    const config = { subnetIds: ['subnet-a', 'subnet-b'] };
    const clientAuthentication = { sasl: { iam: { enabled: true } } };
    const l1 = new CfnServerlessCluster(stack, 'L1', { clusterName: 'e', clientAuthentication, vpcConfigs: [config] });
    expect(() => grants(l1 as never)).toThrow(/Cluster.fromClusterArn\(this, 'Cluster', cluster.attrArn\)/);
    const imported = alpha.Cluster.fromClusterArn(stack, 'Imported', IMPORTED_ARN);
    expect(() => grants(imported as never)).toThrow(/Cluster.fromClusterArn\(this, 'Cluster', cluster.clusterArn\)/);
  });

  test('refuses undefined, where a cluster is required', () => {
    expect(() => grants(undefined as never)).toThrow(
      /'cluster' is required; set it to a cluster of this library, an L1, or .* \[PropertyMissing\]/,
    );
  });
});
