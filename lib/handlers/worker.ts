import { type CfnResource, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgedTopics, acknowledgeManagedPolicies } from '../internal/acknowledge';
import { partArn } from '../internal/cluster-arns';
import type { ClusterNetwork } from '../internal/cluster-traits';
import { shortAddress } from '../internal/names';
import { endpointsOf } from '../model/listeners';
import { TIME_LIMITS } from '../model/time-limits';
import { type ScheduledTopic, toScheduledTopic } from '../model/wire/drift';
import type { ClientCredentials } from '../access/client-credentials';
import { HANDLER_RUNTIME, handlerCode, KafkaProvider } from './provider';
import { DriftSchedule, driftReportsOf, type TopicDriftOptions } from './schedule';

const TOPIC_ACTIONS = [
  'kafka-cluster:AlterTopic',
  'kafka-cluster:AlterTopicDynamicConfiguration',
  'kafka-cluster:CreateTopic',
  'kafka-cluster:DeleteTopic',
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:DescribeTopicDynamicConfiguration',
];

/** How a worker reaches the brokers of a cluster, and how it authenticates. */
export interface BrokerAccess extends ClusterNetwork {
  readonly credentials: ClientCredentials;
}

interface WorkerProps {
  readonly provider: KafkaProvider;
  readonly cluster: msk.IClusterRef;
  readonly access: BrokerAccess;
}

/**
 * What talks to the brokers of one cluster for one stack: a function in the cluster's VPC, its role, and the network
 * rules. It reaches the brokers' port and nothing else. A resource that needs it depends on the policy that lets the
 * dispatcher call it, and that on all the rest, so that role and rules are there before its first event and still there at
 * its last.
 */
export class Worker extends Construct {
  /** The one worker of a cluster and an authentication method in the stack that holds the scope, whoever asks first. */
  public static of(scope: IConstruct, cluster: msk.IClusterRef, access: BrokerAccess): Worker {
    const provider = KafkaProvider.of(scope);
    const method = access.credentials._kind;
    const id = `Worker${method === 'iam' ? '' : method}${shortAddress(cluster)}`;
    const existing = provider.node.tryFindChild(id) as Worker | undefined;
    if (existing) return existing;
    const worker = new Worker(provider, id, { provider, cluster, access });
    driftReportsOf(cluster).add(worker);
    return worker;
  }

  public readonly functionArn: string;
  private readonly provider: KafkaProvider;
  private readonly dispatchPolicy: CfnResource;
  private readonly topics: (() => ScheduledTopic)[] = [];

  private constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { access, cluster, provider } = props;
    this.provider = provider;
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: access.vpc,
      description: 'The function that manages Kafka topics',
      allowAllOutbound: false,
    });
    const rules = this.openPorts(securityGroup, access);
    const handler = this.defineFunction(securityGroup, access);
    const { clusterArn } = cluster.clusterRef;
    if (access.credentials._kind === 'iam') this.allowTopics(handler, clusterArn);
    acknowledgeManagedPolicies(handler, 'in VPC');
    this.dispatchPolicy = this.allowDispatch(handler, clusterArn);
    this.dispatchPolicy.node.addDependency(handler, ...rules);
    this.functionArn = (handler.node.defaultChild as lambda.CfnFunction).attrArn;
  }

  /** Has a resource created after everything that its events need, and deleted before. */
  public addDependent(resource: CfnResource, secret?: secretsmanager.ISecret): void {
    resource.addResourceDependency(this.dispatchPolicy);
    if (secret) resource.addResourceDependency(this.allowSecret(secret));
  }

  /** Remembers a topic in case drift is reported. */
  public declareTopic(topic: CfnResource, properties: Readonly<Record<string, unknown>>): void {
    this.topics.push(() => toScheduledTopic(properties, topic.ref));
  }

  public reportDrift(options: TopicDriftOptions): void {
    const id = this.node.id.replace('Worker', 'Drift'); // beside: topics depend on the worker, the schedule on topics
    const topics = () => this.topics.map((topic) => topic());
    new DriftSchedule(this.provider, id, { ...options, provider: this.provider, topics });
  }

  /** Lets the dispatcher read what the worker authenticates with. */
  private allowSecret(secret: secretsmanager.ISecret): CfnResource {
    const { encryptionKey, secretArn } = secret;
    const read = new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] });
    const decrypt =
      encryptionKey && new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] });
    return this.provider.policyFor(this, `Secret${shortAddress(secret)}`, decrypt ? [read, decrypt] : [read]);
  }

  private defineFunction(securityGroup: ec2.ISecurityGroup, { vpc, vpcSubnets }: ClusterNetwork): lambda.Function {
    return new lambda.Function(this, 'Function', {
      description: 'Creates, changes and deletes Kafka topics',
      code: handlerCode('worker'),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      memorySize: 256,
      timeout: Duration.minutes(TIME_LIMITS.workerMinutes),
      logGroup: this.provider.logGroup,
      vpc,
      vpcSubnets,
      allowPublicSubnet: true, // it needs no access to the internet, whatever the subnet
      securityGroups: [securityGroup],
    });
  }

  /** Both rules are resources of the topic's stack: the cluster's stack knows nothing of the topics on it. */
  private openPorts(worker: ec2.SecurityGroup, { credentials, securityGroups }: BrokerAccess): CfnResource[] {
    const ports = endpointsOf(credentials._kind).map(({ port }) => port);
    const pairs = securityGroups.flatMap((group) => ports.map((port) => ({ group, port })));
    return pairs.flatMap(({ group, port }, index) => {
      const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port };
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

  /** All topics of the cluster: CloudFormation updates the policy before it sends the Delete of a removed topic. */
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

  private allowDispatch(handler: lambda.Function, clusterArn: string): CfnResource {
    return this.provider.policyFor(this, 'DispatchPolicy', [
      new iam.PolicyStatement({
        actions: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
        resources: [handler.functionArn],
      }),
      new iam.PolicyStatement({
        actions: ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
        resources: [clusterArn],
      }),
    ]);
  }
}
