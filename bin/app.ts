import { App, CfnOutput, Fn, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as msk from '../lib';
import { readSettings } from './settings';

/** Defines the reference cluster: three zones, everything else from the settings or the library's defaults. */
const app = new App();
const settings = readSettings(app.node);
const { brokersPerAz, instanceType, kafkaVersion, removalPolicy, stackName, volumeGiB } = settings;

const stack = new Stack(app, stackName);
const vpc = new ec2.Vpc(stack, 'Vpc', {
  availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
  subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const cluster = new msk.ProvisionedCluster(stack, 'Cluster', {
  vpc,
  brokersPerAz,
  removalPolicy,
  kafkaVersion: kafkaVersion === undefined ? undefined : msk.KafkaVersion.of(kafkaVersion),
  instanceType: instanceType === undefined ? undefined : msk.BrokerInstanceType.of(instanceType),
  storage: volumeGiB === undefined ? undefined : msk.BrokerStorage.local(Size.gibibytes(volumeGiB)),
});
for (const { name, partitionCount } of settings.topics) {
  cluster.addTopic(name, { partitionCount, removalPolicy });
}
new CfnOutput(stack, 'ClusterArn', { value: cluster.clusterArn });
new CfnOutput(stack, 'BootstrapBrokers', { value: cluster.bootstrapBrokers.saslIam });
