import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as msk from '../../../lib';
import { anApp } from '../../../testkit/stacks';

const [HERE, OTHER] = ['eu-west-1', 'us-east-1'];
const [OURS, THEIRS] = ['111122223333', '444455556666'];
const arn = (region = HERE, account = OURS) =>
  `arn:aws:kafka:${region}:${account}:cluster/events/11111111-2222-3333-4444-555555555555-1`;

let app: App;
beforeEach(() => {
  app = anApp();
});

const stackIn = (region?: string, account?: string, id = 'Stack') => new Stack(app, id, { env: { region, account } });

/** A cluster that is imported into a stack by its ARN, with its network. */
function imported(stack: Stack, clusterArn: string): msk.ICluster {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-11111111',
    availabilityZones: ['a', 'b', 'c'],
    isolatedSubnetIds: ['subnet-11111111', 'subnet-22222222', 'subnet-33333333'],
  });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-11111111')];
  return msk.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterArn, vpc, vpcSubnets, securityGroups });
}

const aFunction = (stack: Stack) =>
  new lambda.Function(stack, 'Reader', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
  });

type Use = (stack: Stack, cluster: msk.ICluster) => unknown;
const topicOf: (stack: Stack, cluster: msk.ICluster) => msk.ITopic = (stack, cluster) =>
  msk.Topic.fromTopicName(stack, 'Imported', cluster, 'orders');

/** What must be in the Region of the cluster. */
const USES: Record<string, Use> = {
  'a topic by the data plane': (stack, cluster) => new msk.Topic(stack, 'orders', { cluster }),
  'a topic by the MSK API': (stack, cluster) =>
    new msk.Topic(stack, 'orders', { cluster, backend: msk.TopicBackend.mskApi() }),
  alarms: (stack, cluster) => new msk.ClusterAlarms(stack, 'Alarms', { cluster }),
  'lag alarms': (stack, cluster) =>
    new msk.ConsumerLagAlarms(stack, 'Lag', { cluster, topicName: 'orders', consumerGroup: 'readers' }),
  'a rule for events': (stack, cluster) =>
    new msk.ClusterEvents(stack, 'Events', { cluster, actions: [new SnsAction(new sns.Topic(stack, 'Topic'))] }),
};

/** What must be in the Region of the cluster, and can be in another account. */
const READERS: Record<string, Use> = {
  'bootstrap brokers': (_stack, cluster) => cluster.bootstrapBrokers.saslIam,
  'an event source': (stack, cluster) =>
    aFunction(stack).addEventSource(new msk.TopicEventSource(topicOf(stack, cluster))),
  'a delivery stream': (stack, cluster) =>
    new msk.FirehoseDelivery(stack, 'Delivery', {
      ...{ topic: topicOf(stack, cluster), bucket: new s3.Bucket(stack, 'Bucket') },
    }),
};

describe('A cluster in another Region', () => {
  const all = Object.entries({ ...USES, ...READERS });

  test.each(all)('has no %s here', (_what, use) => {
    const stack = stackIn(OTHER, OURS);
    expect(() => use(stack, imported(stack, arn()))).toThrow(
      /is in Region eu-west-1, but .* would be in Region us-east-1.*'env' has Region eu-west-1 \[OtherEnvironment\]/,
    );
  });

  test.each(all)('may have %s in an environment-agnostic stack', (_what, use) => {
    const stack = stackIn();
    expect(() => use(stack, imported(stack, arn()))).not.toThrow();
  });

  test.each(all)('may have %s if its own Region is not known', (_what, use) => {
    const stack = stackIn(OTHER, OURS);
    const here = stackIn(undefined, undefined, 'Agnostic');
    expect(() => use(here, imported(here, arn()))).not.toThrow();
    expect(() => use(stack, imported(stack, arn(OTHER)))).not.toThrow();
  });

  test('can be granted', () => {
    const stack = stackIn(OTHER, OURS);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    topicOf(stack, imported(stack, arn())).grants.consume(role, 'readers');
    const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies).toContain('arn:aws:kafka:eu-west-1:111122223333:topic/events/');
  });
});

describe('A cluster in another account', () => {
  test.each(Object.entries(USES))('has no %s here', (_what, use) => {
    const stack = stackIn(HERE, THEIRS);
    expect(() => use(stack, imported(stack, arn()))).toThrow(
      /is in account 111122223333, but .* account 444455556666.* \[OtherEnvironment\]/,
    );
  });

  test.each(Object.entries(READERS))('may have %s here', (_what, use) => {
    const stack = stackIn(HERE, THEIRS);
    expect(() => use(stack, imported(stack, arn()))).not.toThrow();
  });
});

/** What CloudFormation joins to the text of a dashboard. */
interface Body {
  readonly 'Fn::Join': readonly [string, readonly unknown[]];
}

/** The lines of all graphs of a dashboard. */
function linesOf({ 'Fn::Join': [, parts] }: Body): unknown[][] {
  const text = parts.map((part) => (typeof part === 'string' ? part : 'joined')).join('');
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics?: unknown[][] } }[] };
  return widgets.flatMap(({ properties }) => properties.metrics ?? []);
}

describe('Metrics of a cluster', () => {
  const alarmOn = (stack: Stack, metric: cloudwatch.IMetric) =>
    new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
  const standard = () => {
    const stack = stackIn(HERE, OURS, 'Platform');
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
    return new msk.ProvisionedCluster(stack, 'Events', { vpc, clusterName: 'events', alarms: false });
  };

  test('have its Region and account', () => {
    const metric = standard().metrics.metric('ActiveControllerCount') as cloudwatch.Metric;
    expect([metric.region, metric.account]).toEqual([HERE, OURS]);
  });

  test('of an environment-agnostic stack have none, which would change templates', () => {
    const stack = stackIn();
    const metric = imported(stack, arn()).metrics.metric('OfflinePartitionsCount') as cloudwatch.Metric;
    expect([metric.region, metric.account]).toEqual([undefined, undefined]);
  });

  test('have no alarm in another Region, where a query finds nothing', () => {
    const { metrics } = standard();
    alarmOn(stackIn(OTHER, OURS), metrics.bytesInPerSec());
    expect(() => app.synth()).toThrow(/the alarm 'Stack\/Alarm' is in Region us-east-1.*eu-west-1.*OtherEnvironment/);
  });

  test('have alarms in their own Region, also where another Region has a cluster of the same name', () => {
    const { metrics } = standard();
    const there = stackIn(OTHER, OURS);
    const same = imported(there, arn(OTHER)).metrics.bytesInPerSec();
    alarmOn(there, same);
    alarmOn(stackIn(HERE, OURS, 'Here'), metrics.bytesInPerSec());
    expect(() => app.synth()).not.toThrow();
  });

  test('are shown in another Region by a dashboard that names theirs', () => {
    const cluster = standard();
    const stack = stackIn(OTHER, OURS);
    new msk.ClusterDashboard(stack, 'Dashboard', { cluster });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
    const lines = linesOf((Properties as { DashboardBody: Body }).DashboardBody);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => (line.at(-1) as { region?: string }).region !== HERE)).toEqual([]);
  });
});

test('Alarms on broker logs are in the Region of the log group', () => {
  const stack = stackIn(OTHER, OURS);
  const logGroupArn = `arn:aws:logs:${HERE}:${OURS}:log-group:brokers`;
  const logGroup = logs.LogGroup.fromLogGroupArn(stack, 'Logs', logGroupArn);
  expect(() => new msk.BrokerLogAlarms(stack, 'Alarms', { clusterName: 'events', logGroup })).toThrow(
    /'logGroup' is in Region eu-west-1.*\[OtherEnvironment\]/,
  );
});
