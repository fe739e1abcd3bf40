import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from '../../lib';
import { kafkaVpc } from '../e2e/apps/kafka-vpc';

/** How much of what an app has. */
export interface Scale {
  readonly stacks: number;
  /** Of each stack. */
  readonly topics: number;
  /** Functions of each stack that read its topics. */
  readonly sources: number;
  readonly maxConcurrentTopics?: number;
}

/** A cluster, and stacks whose topics are read by functions. */
const app = new App();
const { maxConcurrentTopics, sources, stacks, topics } = JSON.parse(app.node.tryGetContext('scale') as string) as Scale;

const platform = new Stack(app, 'Platform');
const vpc = kafkaVpc(platform);
const cluster = new msk.ProvisionedCluster(platform, 'Events', {
  vpc,
  removalPolicy: RemovalPolicy.DESTROY,
  alarms: false,
});
// of the stack that outlives the readers, since rules that several stacks need are retained
cluster.connections.allowInternally(ec2.Port.tcp(9098), 'Pollers of Lambda');
for (let index = 0; index < stacks; index++) aStack(`Part${index}`);

function aStack(id: string): void {
  const stack = new Stack(app, id);
  const backend = msk.TopicBackend.dataPlane({ maxConcurrentTopics });
  const all = Array.from({ length: topics }, (_, index) => {
    const topicName = `${id.toLowerCase()}.topic-${index}`;
    return new msk.Topic(stack, `Topic${index}`, {
      ...{ cluster, topicName, backend, removalPolicy: RemovalPolicy.DESTROY },
      permissionGracePeriod: Duration.seconds(0),
    });
  });
  for (const [index, topic] of all.slice(0, sources).entries()) aReader(stack, `Reader${index}`, topic);
}

function aReader(stack: Stack, id: string, topic: msk.Topic): void {
  const reader = new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
  const startingPosition = lambda.StartingPosition.LATEST;
  reader.addEventSource(new msk.TopicEventSource(topic, { startingPosition, addSecurityGroupRules: false }));
}
