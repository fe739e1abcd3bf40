import { App, Stack } from 'aws-cdk-lib';
import { ProvisionedCluster } from 'cdk-msk';
import { findVpc, TOPIC_NAMES } from './network';

const app = new App({ outdir: process.argv[2], analyticsReporting: false });
const stack = new Stack(app, 'Bench');
const cluster = new ProvisionedCluster(stack, 'Events', { vpc: findVpc(stack) });
for (const topic of TOPIC_NAMES) cluster.addTopic(topic);
app.synth();
