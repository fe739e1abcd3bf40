import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { type ByHandCluster, defineCluster } from './by-hand-cluster';
import { defineFunctions, type Functions } from './by-hand-functions';
import { findVpc, TOPIC_NAMES, topicProperties } from './network';

/** An app without the library that defines the same cluster and topics, with one L1 per resource. */
const app = new App({ outdir: process.argv[2], analyticsReporting: false });
const stack = new Stack(app, 'Bench');
const { vpcId } = findVpc(stack);
const cluster = defineCluster(stack, vpcId);
const functions = defineFunctions(stack, { ...cluster, vpcId });
for (const topicName of TOPIC_NAMES) defineTopic(topicName, { ...cluster, ...functions });
app.synth();

function defineTopic(topicName: string, made: ByHandCluster & Functions): void {
  const topic = new CfnResource(stack, `Topic-${topicName}`, {
    type: 'Custom::KafkaTopic',
    properties: {
      ServiceToken: made.framework.attrArn,
      ServiceTimeout: '1200',
      ClusterArn: made.cluster.attrArn,
      Worker: made.worker.attrArn,
      ...topicProperties(topicName),
    },
  });
  for (const needed of made.neededByTopics) topic.addResourceDependency(needed);
}
