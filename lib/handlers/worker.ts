import { type CfnResource, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgedTopics, acknowledgeManagedPolicies } from '../internal/acknowledge';
import { partArn } from '../internal/cluster-arns';
import { shortAddress } from '../internal/names';
import { portsOf } from '../network/ports';
import type { DataPlane } from '../internal/cluster-traits';
import {
  type DeclaredTopic,
  declaredTopic,
  driftReportsOf,
  type TopicDriftOptions,
  TopicDriftSchedule,
} from './schedule';
import { HANDLER_RUNTIME, handlerCode, KafkaProvider } from './provider';

const TOPIC_ACTIONS = [
  'kafka-cluster:AlterTopic',
  'kafka-cluster:AlterTopicDynamicConfiguration',
  'kafka-cluster:CreateTopic',
  'kafka-cluster:DeleteTopic',
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:DescribeTopicDynamicConfiguration',
];

interface TopicWorkerProps {
  readonly provider: KafkaProvider;
  readonly cluster: msk.IClusterRef;
  readonly plane: DataPlane;
}

interface ManagedTopic {
  readonly properties: Readonly<Record<string, unknown>>;
  /** What the worker authenticates with, where that is a secret. */
  readonly secret?: secretsmanager.ISecret;
}

/**
 * What talks to the brokers of one cluster for one stack: a function in the cluster's VPC, its role, and the network
 * rules. It reaches the brokers' port and nothing else. A resource that needs it depends on the policy that lets the
 * dispatcher call it, and that on all the rest, so that role and rules are there before its first event and still there at
 * its last.
 */
export class TopicWorker extends Construct {
  /** The one worker of a cluster and a kind of authentication in the stack that holds the scope, whoever asks first. */
  public static of(scope: IConstruct, cluster: msk.IClusterRef, plane: DataPlane): TopicWorker {
    const provider = KafkaProvider.of(scope);
    const kind = plane.authentication._kind;
    const id = `Worker${kind === 'iam' ? '' : kind}${shortAddress(cluster)}`;
    const existing = provider.node.tryFindChild(id) as TopicWorker | undefined;
    if (existing) return existing;
    const worker = new TopicWorker(provider, id, { provider, cluster, plane });
    driftReportsOf(cluster).add(worker);
    return worker;
  }

  public readonly functionArn: string;
  private readonly provider: KafkaProvider;
  private readonly dispatchPolicy: CfnResource;
  private readonly topics: (() => DeclaredTopic)[] = [];

  private constructor(scope: Construct, id: string, props: TopicWorkerProps) {
    super(scope, id);
    const { cluster, plane, provider } = props;
    this.provider = provider;
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: plane.vpc,
      description: 'The function that manages Kafka topics',
      allowAllOutbound: false,
    });
    const rules = this.open(securityGroup, plane);
    const handler = this.defineFunction(provider, securityGroup, plane);
    const { clusterArn } = cluster.clusterRef;
    if (plane.authentication._kind === 'iam') this.allowTopics(handler, clusterArn);
    acknowledgeManagedPolicies(handler, 'in VPC');
    this.dispatchPolicy = this.allowDispatch(handler, clusterArn);
    this.dispatchPolicy.node.addDependency(handler, ...rules);
    this.functionArn = (handler.node.defaultChild as lambda.CfnFunction).attrArn;
  }

  /** Has a topic wait for all that it needs, and go before it; remembers it in case that drift is reported. */
  public manage(topic: CfnResource, { properties, secret }: ManagedTopic): void {
    topic.addResourceDependency(this.dispatchPolicy);
    if (secret) topic.addResourceDependency(this.allowSecret(secret));
    this.topics.push(() => declaredTopic(properties, topic.ref));
  }

  /**
   * Lets the dispatcher read what the worker authenticates with. A policy for each secret, so that it goes after the last
   * topic that needs it.
   */
  private allowSecret(secret: secretsmanager.ISecret): CfnResource {
    const { encryptionKey, secretArn } = secret;
    const id = `Secret${shortAddress(secret)}`;
    const existing = this.node.tryFindChild(id);
    if (existing) return existing.node.defaultChild as CfnResource;
    const read = new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] });
    const decrypt =
      encryptionKey && new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] });
    return this.attach(new iam.Policy(this, id, { statements: decrypt ? [read, decrypt] : [read] }));
  }

  public reportDrift(options: TopicDriftOptions): void {
    const id = this.node.id.replace('Worker', 'Drift'); // beside: topics depend on the worker, the report on topics
    const topics = () => this.topics.map((topic) => topic());
    new TopicDriftSchedule(this.provider, id, { ...options, provider: this.provider, topics });
  }

  private defineFunction(
    provider: KafkaProvider,
    securityGroup: ec2.ISecurityGroup,
    plane: DataPlane,
  ): lambda.Function {
    return new lambda.Function(this, 'Function', {
      description: 'Creates, changes and deletes Kafka topics',
      code: handlerCode('worker'),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      memorySize: 256,
      timeout: Duration.minutes(12),
      logGroup: provider.logGroup,
      vpc: plane.vpc,
      vpcSubnets: plane.vpcSubnets,
      allowPublicSubnet: true, // it needs no way to the internet, whatever the subnet
      securityGroups: [securityGroup],
    });
  }

  /** Both rules are resources of the topic's stack: the cluster's stack knows nothing of the topics on it. */
  private open(worker: ec2.SecurityGroup, { authentication, securityGroups }: DataPlane): CfnResource[] {
    const ports = portsOf(authentication._kind).map(
      (port) => port.toRuleJson() as { fromPort: number; toPort: number },
    );
    const ways = securityGroups.flatMap((group) => ports.map(({ fromPort, toPort }) => ({ group, fromPort, toPort })));
    return ways.flatMap(({ group, ...range }, index) => {
      const rule = { ipProtocol: 'tcp', ...range };
      const suffix = index === 0 ? '' : String(index + 1);
      const ingress = new ec2.CfnSecurityGroupIngress(this, `Ingress${suffix}`, {
        ...rule,
        groupId: group.securityGroupId,
        sourceSecurityGroupId: worker.securityGroupId,
        description: 'Kafka topics, managed by CloudFormation',
      });
      const egress = new ec2.CfnSecurityGroupEgress(this, `Egress${suffix}`, {
        ...rule,
        groupId: worker.securityGroupId,
        destinationSecurityGroupId: group.securityGroupId,
        description: 'To the brokers',
      });
      return [ingress, egress];
    });
  }

  /** All topics of the cluster: the policy changes before the Delete of a removed topic comes. */
  private allowTopics(handler: lambda.Function, clusterArn: string): void {
    handler.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'],
        resources: [clusterArn],
      }),
    );
    handler.addToRolePolicy(
      new iam.PolicyStatement({
        actions: TOPIC_ACTIONS,
        resources: [acknowledgedTopics(handler, partArn(clusterArn, 'topic', '*'))],
      }),
    );
  }

  /** A policy of its own, which goes after the last topic: what is in the dispatcher's own policy would go before. */
  private allowDispatch(handler: lambda.Function, clusterArn: string): CfnResource {
    const policy = new iam.Policy(this, 'DispatchPolicy', {
      statements: [
        new iam.PolicyStatement({
          actions: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
          resources: [handler.functionArn],
        }),
        new iam.PolicyStatement({
          actions: ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
          resources: [clusterArn],
        }),
      ],
    });
    return this.attach(policy);
  }

  private attach(policy: iam.Policy): CfnResource {
    this.provider.dispatcher.role?.attachInlinePolicy(policy);
    return policy.node.defaultChild as CfnResource;
  }
}
