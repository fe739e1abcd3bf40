import { App, CustomResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { CODE, IAM_PORT } from './by-hand-functions';
import { type ByL2Cluster, defineCluster } from './by-l2-cluster';
import { findVpc, TOPIC_NAMES, topicProperties } from './network';

/** An app without the library, with the CDK's L2 constructs: the provider framework, functions, grants. */
const app = new App({ outdir: process.argv[2], analyticsReporting: false });
const stack = new Stack(app, 'Bench');
const vpc = findVpc(stack);
const cluster = defineCluster(stack, vpc);
const logGroup = new LogGroup(stack, 'FunctionLogs', { retention: RetentionDays.ONE_MONTH });
const RUNTIME = { handler: 'index.handler', runtime: Runtime.NODEJS_24_X, memorySize: 256, logGroup };
const dispatcher = new LambdaFunction(stack, 'Dispatcher', {
  ...RUNTIME,
  code: Code.fromAsset(CODE.Dispatcher),
  timeout: Duration.minutes(13),
});
allow(dispatcher, ['cloudformation:DescribeStacks'], stack.stackId);
allow(dispatcher, ['ec2:DescribeSubnets'], '*');
const provider = new Provider(stack, 'Framework', { onEventHandler: dispatcher, logGroup });
(provider.node.findChild('framework-onEvent') as LambdaFunction).configureAsyncInvoke({ retryAttempts: 0 });
const worker = defineWorker(vpc, cluster);
for (const topicName of TOPIC_NAMES) defineTopic(topicName);
app.synth();

function allow(to: LambdaFunction, actions: string[], resource: string): void {
  to.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
}

function defineWorker(vpc: IVpc, { clusterArn, securityGroup }: ByL2Cluster) {
  const own = new SecurityGroup(stack, 'WorkerSecurityGroup', { vpc, allowAllOutbound: false });
  const made = new LambdaFunction(stack, 'Worker', {
    ...RUNTIME,
    code: Code.fromAsset(CODE.Worker),
    timeout: Duration.minutes(12),
    vpc,
    securityGroups: [own],
  });
  const rule = { fromPort: IAM_PORT, toPort: IAM_PORT, ipProtocol: 'tcp' };
  const [brokers, ours] = [securityGroup.securityGroupId, own.securityGroupId];
  const ingress = { ...rule, groupId: brokers, sourceSecurityGroupId: ours };
  const egress = { ...rule, groupId: ours, destinationSecurityGroupId: brokers };
  const rules = [
    new CfnSecurityGroupIngress(stack, 'Ingress', ingress),
    new CfnSecurityGroupEgress(stack, 'Egress', egress),
  ];
  const [before, after] = [0, 1].map((part) => Fn.select(part, Fn.split(':cluster/', clusterArn)));
  allow(made, ['kafka-cluster:Connect'], clusterArn);
  allow(made, ['kafka-cluster:*Topic*'], `${before}:topic/${after}/*`);
  const policy = new Policy(stack, 'DispatchPolicy', {
    statements: [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [made.functionArn] }),
      new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
    ],
  });
  dispatcher.role?.attachInlinePolicy(policy);
  return { functionArn: made.functionArn, needed: [made, policy, ...rules] };
}

function defineTopic(topicName: string): void {
  const topic = new CustomResource(stack, `Topic-${topicName}`, {
    serviceToken: provider.serviceToken,
    resourceType: 'Custom::KafkaTopic',
    serviceTimeout: Duration.minutes(20),
    properties: {
      ClusterArn: cluster.clusterArn,
      Worker: worker.functionArn,
      ...topicProperties(topicName),
    },
  });
  topic.node.addDependency(...worker.needed);
}
