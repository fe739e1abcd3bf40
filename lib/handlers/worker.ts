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
import { isToken, refuse } from '../internal/validation';
import { type Finding, finding } from '../model/finding';
import { groupText, immutableFindings, takesRules } from '../network/security-group-rules';
import { selectSubnets } from '../network/selected-subnets';
import { endpointsOf } from '../model/listeners';
import { TIME_LIMITS } from '../model/time-limits';
import { type ScheduledTopic, toScheduledTopic } from '../model/wire/drift';
import type { ClientCredentials } from '../access/client-credentials';
import { secretInPolicies } from '../access/secret-reference';
import { denyNewLogGroups, HANDLER_RUNTIME, handlerCode, KafkaProvider } from './provider';
import { DriftSchedule, driftReportsOf, type TopicDriftOptions } from './schedule';
import type { TopicResource } from './topic-resource';

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
  /** Start of the names of the topics that the worker may manage. */
  readonly topicNamePrefix?: string;
  /** How many topics are handled at the same time. */
  readonly maxConcurrentTopics: number;
}

interface WorkerProps {
  readonly provider: KafkaProvider;
  readonly cluster: msk.IClusterRef;
  readonly access: BrokerAccess;
}

/**
 * Connects to the brokers of one cluster on behalf of one stack: a function in the cluster's VPC, its role and the
 * security group rules, which open only the brokers' ports. A resource that needs the worker depends on the policy that
 * allows the dispatcher to invoke it, and this policy depends on everything else. So the role and the rules exist from
 * the resource's first event to its last.
 */
export class Worker extends Construct {
  /**
   * Returns the worker for a cluster, an authentication method and a prefix of topic names in the stack that contains the
   * scope, which the first call creates. The prefix is a part of its identity: the policy of an existing worker never
   * becomes narrower, so that topics that leave it can still be deleted.
   */
  public static of(scope: IConstruct, cluster: msk.IClusterRef, access: BrokerAccess): Worker {
    const provider = KafkaProvider.of(scope);
    const method = access.credentials._kind;
    const id = `Worker${method === 'iam' ? '' : method}${shortAddress(cluster)}${access.topicNamePrefix ?? ''}`;
    const existing = provider.node.tryFindChild(id) as Worker | undefined;
    if (existing) {
      refuse(scope, otherNetworkFindings(existing.access, access));
      return existing;
    }
    const worker = new Worker(provider, id, { provider, cluster, access });
    driftReportsOf(cluster).add(worker);
    return worker;
  }

  public readonly functionArn: string;
  private readonly access: BrokerAccess;
  private readonly provider: KafkaProvider;
  private readonly dispatchPolicy: CfnResource;
  private readonly topics = new Map<string, () => ScheduledTopic>();

  private constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { access, cluster, provider } = props;
    this.access = access;
    this.provider = provider;
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: access.vpc,
      description: 'The function that manages Kafka topics',
      allowAllOutbound: false,
    });
    const rules = this.openPorts(securityGroup, access);
    const handler = this.defineFunction(securityGroup, access);
    const { clusterArn } = cluster.clusterRef;
    if (access.credentials._kind === 'iam') this.allowTopics(handler, clusterArn, access.topicNamePrefix);
    denyNewLogGroups(handler);
    acknowledgeManagedPolicies(handler, 'in VPC');
    this.dispatchPolicy = this.allowDispatch(handler, clusterArn);
    this.dispatchPolicy.node.addDependency(handler, ...rules);
    this.functionArn = (handler.node.defaultChild as lambda.CfnFunction).attrArn;
  }

  /** Makes a resource depend on everything that its events need. */
  public addDependent(resource: CfnResource, secret?: secretsmanager.ISecret): void {
    resource.addResourceDependency(this.dispatchPolicy);
    if (secret) resource.addResourceDependency(this.allowSecret(secret));
  }

  /** Remembers a topic in case drift is reported, and puts it into a lane. */
  public declareTopic(topic: TopicResource, properties: Readonly<Record<string, unknown>>, lanes: number): void {
    this.topics.set(topic.node.path, () => toScheduledTopic(properties, topic.ref));
    this.provider.lanes.add(topic, this, lanes);
  }

  public reportDrift(options: TopicDriftOptions): void {
    // a sibling of the worker, since topics depend on the worker and the schedule depends on topics
    const id = this.node.id.replace('Worker', 'Drift');
    const sorted = () => [...this.topics].sort(([one], [other]) => (one < other ? -1 : 1));
    const topics = () => sorted().map(([, topic]) => topic());
    new DriftSchedule(this.provider, id, { ...options, provider: this.provider, topics });
  }

  /** Allows the dispatcher to read the secret with which the worker authenticates. */
  private allowSecret(secret: secretsmanager.ISecret): CfnResource {
    const { encryptionKey } = secret;
    const resources = [secretInPolicies(secret)];
    const read = new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources });
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
      allowPublicSubnet: true, // the function needs no internet access
      securityGroups: [securityGroup],
    });
  }

  /**
   * Both rules are resources of the topic's stack, so that the cluster's stack does not depend on the stacks of its
   * topics.
   */
  private openPorts(worker: ec2.SecurityGroup, { credentials, securityGroups }: BrokerAccess): CfnResource[] {
    const ports = endpointsOf(credentials._kind).map(({ port }) => port);
    const rules = `inbound TCP on port ${ports.join(' and ')} from the function that manages topics`;
    refuse(this, immutableFindings(securityGroups, rules));
    const pairs = securityGroups.flatMap((group) => ports.map((port) => ({ group, port })));
    return pairs.flatMap(({ group, port }, index) => {
      const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port };
      const suffix = index === 0 ? '' : String(index + 1);
      const ingress = () =>
        new ec2.CfnSecurityGroupIngress(this, `Ingress${suffix}`, {
          ...rule,
          groupId: group.securityGroupId,
          sourceSecurityGroupId: worker.securityGroupId,
          description: 'Kafka topics, managed by CloudFormation',
        });
      const inbound = takesRules(group) ? [ingress()] : [];
      const egress = new ec2.CfnSecurityGroupEgress(this, `Egress${suffix}`, {
        ...rule,
        groupId: worker.securityGroupId,
        destinationSecurityGroupId: group.securityGroupId,
        description: 'To the brokers',
      });
      return [...inbound, egress];
    });
  }

  /**
   * Allows all topics of the cluster, or all with a prefix, since CloudFormation updates the policy before it sends the
   * Delete of a topic that was removed.
   */
  private allowTopics(handler: lambda.Function, clusterArn: string, prefix = ''): void {
    handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['kafka-cluster:Connect'], resources: [clusterArn] }));
    handler.addToRolePolicy(
      new iam.PolicyStatement({
        actions: TOPIC_ACTIONS,
        resources: [acknowledgedTopics(handler, partArn(clusterArn, 'topic', `${prefix}*`))],
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

const isPending = ({ vpc, vpcSubnets }: BrokerAccess) => selectSubnets(vpc, vpcSubnets).isPending;

/** Refuses a second network for the brokers of one cluster, since its function is already in the first. */
function otherNetworkFindings(first: BrokerAccess, second: BrokerAccess): Finding[] {
  const parts = {
    vpc: ({ vpc }: BrokerAccess) => (isToken(vpc.vpcId) ? vpc.node.path : vpc.vpcId),
    vpcSubnets: ({ vpc, vpcSubnets }: BrokerAccess) => [...vpc.selectSubnets(vpcSubnets).subnetIds].sort().join(', '),
    clusterSecurityGroups: ({ securityGroups }: BrokerAccess) => securityGroups.map(groupText).sort().join(', '),
  };
  const isSame = (['vpc', 'vpcSubnets', 'securityGroups'] as const).every((part) => first[part] === second[part]);
  if (isSame || [first, second].some(isPending)) return []; // comparing the values of hundreds of topics takes time
  return Object.entries(parts)
    .filter(([, part]) => part(first) !== part(second))
    .map(([name, part]) =>
      finding(
        'DataPlaneTwice',
        `'${name}' of the data plane is ${part(second)}, but ${part(first)} for other topics of this cluster in this stack; ` +
          'use one TopicBackend.dataPlane(...) for all of them, or declare the topic in another stack',
      ),
    );
}
