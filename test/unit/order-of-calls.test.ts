import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import fc from 'fast-check';
import * as msk from '../../lib';
import { cases } from '../../testkit/any-case';
import { aVpc, ENVIRONMENT, IMPORTED_ARN } from '../../testkit/stacks';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Two stacks with what the CDK itself provides, in the same order every time, and topics that are defined when they are first used. */
class Scene {
  public readonly app = new App({ outdir: undefined, analyticsReporting: false, context: flags });
  public readonly platform = new Stack(this.app, 'Platform', { env: ENVIRONMENT });
  public readonly shop = new Stack(this.app, 'Shop', { env: ENVIRONMENT });
  public readonly vpc = aVpc(this.platform);
  public readonly cluster = new msk.ProvisionedCluster(this.platform, 'Events', {
    vpc: this.vpc,
    authentication: [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram()],
    monitoringLevel: msk.MonitoringLevel.PER_BROKER,
  });
  public readonly imported = msk.Cluster.fromClusterAttributes(this.shop, 'Imported', {
    clusterArn: IMPORTED_ARN,
    vpc: this.vpc,
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this.shop, 'Brokers', 'sg-0123456789abcdef0')],
  });
  public readonly role = new iam.Role(this.platform, 'Client', { assumedBy: new iam.AccountRootPrincipal() });
  public readonly user = new iam.User(this.platform, 'User');
  public readonly clients = ['A', 'B'].map((id) => new ec2.SecurityGroup(this.platform, id, { vpc: this.vpc }));
  public readonly functions = [this.platform, this.shop].map((stack) => this.aFunction(stack));
  public readonly pager = new actions.SnsAction(new sns.Topic(this.platform, 'Pager'));
  public readonly bucket = new s3.Bucket(this.platform, 'Lake');

  private aFunction(stack: Stack): lambda.Function {
    return new lambda.Function(stack, 'Reader', {
      code: lambda.Code.fromInline('exports.handler = () => undefined'),
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      timeout: Duration.seconds(30),
      vpc: this.vpc,
    });
  }

  private readonly topics = new Map<string, msk.Topic>();

  public topic(id: string, cluster: msk.ICluster = this.cluster, options: msk.TopicOptions = {}): msk.Topic {
    const topic = this.topics.get(id) ?? cluster.addTopic(id, options);
    this.topics.set(id, topic);
    return topic;
  }

  public reads(fn: lambda.Function, topic: msk.Topic, props: msk.TopicEventSourceProps = {}): void {
    fn.addEventSource(new msk.TopicEventSource(topic, props));
  }
}

/** Each call does not need another one before it. */
const CALLS: readonly ((scene: Scene) => unknown)[] = [
  (scene) => scene.topic('orders').grants.consume(scene.role, 'billing'),
  (scene) => scene.topic('orders').grants.produce(scene.role),
  (scene) => scene.topic('payments').grants.produceAndConsume(scene.role, 'app'),
  (scene) => scene.topic('payments').grants.manage(scene.user),
  (scene) => scene.topic('native', scene.cluster, { backend: msk.TopicBackend.mskApi() }).grants.describe(scene.user),
  (scene) => scene.topic('audit', scene.imported).grants.produce(scene.functions[1]),
  (scene) => scene.topic('trail', scene.imported, { partitionCount: 6 }),
  (scene) =>
    scene.topic('prefixed', scene.cluster, { backend: msk.TopicBackend.dataPlane({ topicNamePrefix: 'pre' }) }),
  (scene) => scene.cluster.grants.connect(scene.role),
  (scene) => scene.cluster.grants.manage(scene.user),
  (scene) => scene.reads(scene.functions[0], scene.topic('orders')),
  (scene) => scene.reads(scene.functions[0], scene.topic('payments'), { deadLetterTopic: scene.topic('dead') }),
  (scene) => scene.reads(scene.functions[1], scene.topic('audit', scene.imported)),
  (scene) => scene.reads(scene.functions[1], scene.topic('trail', scene.imported, { partitionCount: 6 })),
  (scene) => scene.cluster.allowClients(scene.clients[0]),
  (scene) => scene.cluster.allowClients(scene.clients[1], msk.ClientAuthentication.scram()),
  (scene) => scene.cluster.allowClients(scene.functions[0]),
  (scene) => scene.cluster.allowClients(scene.functions[1]),
  (scene) => scene.cluster.allowClients(ec2.Peer.ipv4('10.1.0.0/16')),
  (scene) => scene.functions[0].addEnvironment('IAM', scene.cluster.bootstrapBrokers.saslIam),
  (scene) => scene.functions[1].addEnvironment('SCRAM', scene.cluster.bootstrapBrokers.saslScram),
  (scene) => new CfnOutput(scene.shop, 'Of', { value: scene.imported.bootstrapBrokers.saslIam }),
  (scene) => scene.cluster.bootstrapBrokers.toParameter({ parameterName: '/brokers' }),
  (scene) => scene.imported.bootstrapBrokers.refreshOn('2026'),
  (scene) => new msk.TopicDriftReport(scene.platform, 'Drift', { cluster: scene.cluster }),
  (scene) => new msk.TopicDriftReport(scene.shop, 'Drift', { cluster: scene.imported }),
  (scene) => new msk.ClusterDashboard(scene.platform, 'Dashboard', { cluster: scene.cluster }),
  (scene) => new msk.ClusterAlarms(scene.shop, 'Alarms', { cluster: scene.imported }),
  (scene) => lagAlarms(scene, 'billing'),
  (scene) => lagAlarms(scene, 'app'),
  (scene) => new msk.ClusterEvents(scene.platform, 'News', { cluster: scene.cluster, actions: [scene.pager] }),
  (scene) => flink(scene, 'Totals').consume(scene.topic('orders'), 'totals'),
  (scene) => flink(scene, 'Counts').produce(scene.topic('payments')),
  (scene) => new msk.GlueConnection(scene.platform, 'Glue', { cluster: scene.cluster }),
  (scene) =>
    new msk.FirehoseDelivery(scene.platform, 'Delivery', { topic: scene.topic('orders'), bucket: scene.bucket }),
  (scene) => schema(scene).grants.read(scene.role),
];

const lagAlarms = ({ cluster, platform }: Scene, consumerGroup: string) =>
  new msk.ConsumerLagAlarms(platform, `Lag-${consumerGroup}`, { cluster, topicName: 'orders', consumerGroup });

const flink = ({ cluster, platform, role }: Scene, id: string) => new msk.FlinkAccess(platform, id, { cluster, role });

const schema = ({ platform }: Scene) =>
  new msk.TopicSchema(platform, 'Schema', { schemaName: 'order', definition: msk.SchemaDefinition.avro('"string"') });

function templatesAfter(order: readonly number[]): Record<string, Json> {
  const scene = new Scene();
  for (const index of order) CALLS[index](scene);
  const stacks = { platform: scene.platform, shop: scene.shop };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, stack]) => [name, settled(Template.fromStack(stack).toJSON() as Json)]),
  );
}

/**
 * The template with the permissions of each policy one by one, since the CDK orders and merges statements by the order in which they
 * were added.
 */
function settled(value: Json, key = ''): Json {
  if (Array.isArray(value))
    return key === 'Statement' ? permissions(value as Statement[]) : value.map((one) => settled(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, settled(one, name)]));
}

type Statement = { readonly [key: string]: Json };

function permissions(statements: readonly Statement[]): Json[] {
  const each = statements.flatMap(({ Action, Resource = null, ...rest }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => JSON.stringify({ action, resource, ...rest }))),
  );
  return [...new Set(each)].sort();
}

describe('The order of calls', () => {
  const inOrder = CALLS.map((_, index) => index);

  test('does not change a template, besides what the CDK orders itself', () => {
    const expected = templatesAfter(inOrder);
    const order = fc.shuffledSubarray(inOrder, { minLength: inOrder.length });
    fc.assert(
      fc.property(order, (shuffled) => {
        expect(templatesAfter(shuffled)).toEqual(expected);
      }),
      cases(6),
    );
  });
});
