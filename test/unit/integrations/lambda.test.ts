import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import facts from '../../../lib/model/facts/iam.json';
import * as msk from '../../../lib';
import { allowed, inShort } from '../../../testkit/policies';
import { reaches, reachesServices } from '../../../testkit/reachability';
import { aCluster, aStack, aVpc, ENVIRONMENT, logicalIds, Match, propertiesOf } from '../../../testkit/stacks';
import { CLUSTER_ARN } from '../../../testkit/topics';

const MAPPING = 'AWS::Lambda::EventSourceMapping';

const aFunction = (stack: Stack, props: Partial<lambda.FunctionProps> = {}) =>
  new lambda.Function(stack, 'Billing', {
    code: lambda.Code.fromInline('exports.handler = () => undefined'),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    ...props,
  });

/** A function that reads the topic `orders`, in the stack of the cluster. */
function aReader(props: msk.TopicEventSourceProps = {}, options: Partial<lambda.FunctionProps> = {}) {
  const made = aCluster();
  const orders = made.cluster.addTopic('orders');
  const fn = aFunction(made.stack, options);
  fn.addEventSource(new msk.TopicEventSource(orders, props));
  return { ...made, fn, orders };
}

describe('TopicEventSource', () => {
  test('reads the topic from its beginning, in a group that only this function has', () => {
    aReader()
      .template()
      .hasResourceProperties(MAPPING, {
        EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Events'), 'Arn'] },
        Topics: ['orders'],
        StartingPosition: 'TRIM_HORIZON',
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: Match.stringLikeRegexp('^Stack-Billing.*-orders$') },
      });
  });

  test('hands every choice over', () => {
    const { template } = aReader({
      consumerGroup: 'billing',
      startingPosition: lambda.StartingPosition.LATEST,
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(5),
      filters: [lambda.FilterCriteria.filter({ value: { kind: ['paid'] } })],
      provisionedPollers: { minimumPollers: 1, maximumPollers: 3 },
      enabled: false,
    });
    template().hasResourceProperties(MAPPING, {
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing' },
      StartingPosition: 'LATEST',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 5,
      FilterCriteria: { Filters: [{ Pattern: '{"value":{"kind":["paid"]}}' }] },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
      Enabled: false,
    });
  });

  test('gives the role just what MSK and Lambda want, on exact ARNs', () => {
    const statements = allowed(aReader({ consumerGroup: 'billing' }).template(), 'BillingServiceRole');
    expect(inShort(statements).slice(0, 4)).toEqual([
      'Connect on cluster',
      'DescribeTopic ReadData on topic/orders',
      'DescribeGroup AlterGroup on group/billing',
      'kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers on cluster',
    ]);
    const { lambdaEsmControlPlane, lambdaEsmIamAuth } = facts.consumers;
    const wanted = [...lambdaEsmControlPlane, ...lambdaEsmIamAuth].filter((action) => !action.startsWith('logs:'));
    expect(statements.flatMap(({ actions }) => actions).sort()).toEqual(wanted.sort());
  });

  test('is made after the topic, the policies of the role and the network rules', () => {
    const [{ DependsOn }] = Object.values(aReader().template().findResources(MAPPING));
    for (const other of [
      /^EventsTopicsorders/,
      /^BillingServiceRoleDefaultPolicy/,
      /^BillingKafkaPollersPolicy/,
      /^KafkaPollers.*Ingress/,
      /^KafkaPollers.*Egress/,
    ])
      expect(DependsOn).toContainEqual(expect.stringMatching(other));
  });

  test('is another mapping when topic or group change, and the same when nothing does', () => {
    const idOf = (props: msk.TopicEventSourceProps, topic = 'orders') => {
      const { cluster, stack, template } = aCluster();
      aFunction(stack).addEventSource(new msk.TopicEventSource(cluster.addTopic('t', { topicName: topic }), props));
      return logicalIds(template(), MAPPING)[0];
    };
    const ids = [idOf({}), idOf({}, 'payments'), idOf({ consumerGroup: 'a' }), idOf({ consumerGroup: 'b' })];
    expect(new Set(ids).size).toBe(4);
    expect(idOf({})).toBe(ids[0]);
    expect(idOf({ batchSize: 7 })).toBe(ids[0]);
  });

  test('tells a queue of what the function cannot process', () => {
    const { cluster, stack, template } = aCluster();
    const onFailure = new SqsDlq(new sqs.Queue(stack, 'Dead'));
    aFunction(stack).addEventSource(new msk.TopicEventSource(cluster.addTopic('orders'), { onFailure }));
    template().hasResourceProperties(MAPPING, {
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Dead'), 'Arn'] } } },
    });
  });

  test('writes what the function cannot process to a topic, which the role may', () => {
    const { cluster, stack, template } = aCluster();
    const deadLetterTopic = cluster.addTopic('dead');
    aFunction(stack).addEventSource(new msk.TopicEventSource(cluster.addTopic('orders'), { deadLetterTopic }));
    template().hasResourceProperties(MAPPING, { DestinationConfig: { OnFailure: { Destination: 'kafka://dead' } } });
    expect(inShort(allowed(template(), 'BillingServiceRole'))).toContain('DescribeTopic WriteData on topic/dead');
  });

  test('takes a topic on an L1 cluster when it is told the security groups', () => {
    const stack = aStack();
    const cluster = msk.Cluster.fromClusterArn(stack, 'C', CLUSTER_ARN);
    const bare = Object.assign(Object.create({ clusterRef: cluster.clusterRef }), {
      node: cluster.node,
      env: cluster.env,
    });
    const topic = msk.Topic.fromTopicName(stack, 'orders', bare, 'orders');
    const clusterSecurityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-1')];
    aFunction(stack).addEventSource(new msk.TopicEventSource(topic, { clusterSecurityGroups }));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      FromPort: 9098,
    });
    expect(() => aFunction(new Stack(stack, 'Other')).addEventSource(new msk.TopicEventSource(topic))).toThrow(
      /\[EventSourceWithoutNetwork\]/,
    );
  });
});

describe('The pollers of a TopicEventSource', () => {
  const brokersOf = (template: Template) => {
    const { BrokerNodeGroupInfo } = propertiesOf(template, 'AWS::MSK::Cluster') as {
      BrokerNodeGroupInfo: { SecurityGroups: unknown[] };
    };
    return BrokerNodeGroupInfo.SecurityGroups;
  };

  test('reach the brokers and the services, on no other port', () => {
    const template = aReader().template();
    const brokers = brokersOf(template);
    expect(reaches(template, brokers, brokers, 9098)).toBe(true);
    expect(reachesServices(template, brokers, 443)).toBe(true);
    expect(reaches(template, brokers, brokers, 9094)).toBe(false);
  });

  test('do not reach them without the rules', () => {
    const { cluster, stack, template } = aCluster();
    cluster.addTopic('orders');
    aFunction(stack);
    expect(reaches(template(), brokersOf(template()), brokersOf(template()), 9098)).toBe(false);
  });

  test('share one set of rules', () => {
    const { cluster, stack, template } = aCluster();
    const fn = aFunction(stack);
    for (const name of ['orders', 'payments']) fn.addEventSource(new msk.TopicEventSource(cluster.addTopic(name)));
    const rules = logicalIds(template(), 'AWS::EC2::SecurityGroupIngress').filter((id) =>
      id.startsWith('KafkaPollers'),
    );
    expect(rules).toHaveLength(1);
  });

  test('are warned of when the subnets have no way to Lambda and STS', () => {
    const { stack } = aReader();
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('cannot reach lambda and sts.*cdk-msk:PollersWithoutWayOut'),
    );
  });

  test.each<[string, msk.TopicEventSourceProps, readonly string[]]>([
    ['provisioned', { provisionedPollers: { minimumPollers: 1 } }, []],
    ['given endpoints', {}, ['LAMBDA', 'STS']],
  ])('are not warned of when %s', (_, props, endpoints) => {
    const stack = aStack({ env: ENVIRONMENT });
    const vpc = aVpc(stack);
    const { cluster } = aCluster({ vpc }, stack);
    aFunction(stack).addEventSource(new msk.TopicEventSource(cluster.addTopic('orders'), props));
    for (const name of endpoints)
      vpc.addInterfaceEndpoint(name, { service: ec2.InterfaceVpcEndpointAwsService[name as 'LAMBDA'] });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('PollersWithoutWayOut'));
  });
});

describe('TopicEventSource refuses', () => {
  test('a timeout above 14 minutes', () => {
    expect(() => aReader({}, { timeout: Duration.minutes(14) })).not.toThrow();
    expect(() => aReader({}, { timeout: Duration.seconds(841) })).toThrow(/14 minutes, got.*\[EventSourceTimeout\]/);
  });

  test('takes a timeout that is not known yet', () => {
    const { cluster, stack } = aCluster();
    const timeout = Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    const fn = aFunction(stack, { timeout });
    expect(() => fn.addEventSource(new msk.TopicEventSource(cluster.addTopic('orders')))).not.toThrow();
  });

  test('two destinations', () => {
    const { cluster, stack } = aCluster();
    const props = { onFailure: new SqsDlq(new sqs.Queue(stack, 'Dead')), deadLetterTopic: cluster.addTopic('dead') };
    const source = new msk.TopicEventSource(cluster.addTopic('orders'), props);
    expect(() => aFunction(stack).addEventSource(source)).toThrow(/\[DeadLettersTwice\]/);
  });

  test('the topic itself for its dead letters', () => {
    const { cluster, stack } = aCluster();
    const orders = cluster.addTopic('orders');
    const source = new msk.TopicEventSource(orders, { deadLetterTopic: orders });
    expect(() => aFunction(stack).addEventSource(source)).toThrow(/got 'orders' \[DeadLetterTopicPlace\]/);
  });
});
