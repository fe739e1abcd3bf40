import * as alpha from '@aws-cdk/aws-msk-alpha';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as cfn from 'aws-cdk-lib/aws-msk';
import * as msk from '../../../lib';
import { useCluster } from '../support/client-of';
import type { ExistingScenario, Scenario } from '../support/scenario';
import { kafkaVpc } from './kafka-vpc';

/** An app whose cluster was created with the CDK's alpha L2. */
const app = new App();
const { existing = {} } = JSON.parse(app.node.tryGetContext('scenario') as string) as Scenario;
const env = { account: '000000000000', region: 'us-east-1' };

const platform = new Stack(app, 'Platform', { env });
const vpc = kafkaVpc(platform);
const removalPolicy = RemovalPolicy.DESTROY;
const made = new alpha.Cluster(platform, 'Old', {
  clusterName: 'old',
  kafkaVersion: alpha.KafkaVersion.V3_9_X_KRAFT,
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
  clientAuthentication: alpha.ClientAuthentication.sasl({ iam: true }),
  removalPolicy,
});
// the alpha's own interface is not an IClusterRef, but its L1 is
const cluster = made.node.defaultChild as cfn.CfnCluster;
const dataPlane = msk.TopicBackend.dataPlane({ vpc, clusterSecurityGroups: made.connections.securityGroups });

new msk.Topic(platform, 'by-alpha', { cluster, backend: dataPlane, removalPolicy });
useCluster(platform, cluster);
msk.BootstrapBrokers.fromCluster(cluster).toParameter({ parameterName: '/kafka/old/brokers' });
new CfnOutput(platform, 'Arn', { value: made.clusterArn });

if (existing.clusterArn !== undefined) byArn(existing.clusterArn, existing);
if (existing.lookup) found(existing.lookup === true ? { clusterName: 'old' } : existing.lookup);

function byArn(clusterArn: string, { configs, moved, partitionCount, scram }: ExistingScenario): void {
  const stack = new Stack(app, 'ByArn', { env });
  const old = msk.Cluster.fromClusterArn(stack, 'Old', clusterArn);
  old.addTopic('by-arn', { backend: dataPlane, removalPolicy });
  useCluster(stack, old);
  if (scram) new CfnOutput(stack, 'Brokers9096', { value: old.bootstrapBrokers.saslScram });
  if (moved === undefined) return;
  old.addTopic('moved', {
    partitionCount,
    configs: { other: configs },
    backend: moved === 'mskApi' ? msk.TopicBackend.mskApi() : dataPlane,
    onExisting: moved === 'adopted' ? msk.TopicOnExisting.ADOPT : undefined,
  });
}

function found(wanted: msk.ClusterLookupOptions): void {
  const stack = new Stack(app, 'Found', { env });
  const old = msk.Cluster.fromLookup(stack, 'Old', wanted);
  old.addTopic('by-lookup', { removalPolicy });
  new CfnOutput(stack, 'Brokers9098', { value: old.bootstrapBrokers.saslIam });
}
