import { CfnDeletionPolicy, CfnResource, Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import type { IResource } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { TopicGrants } from '../access/topic-grants';
import { ClusterMetrics } from '../monitoring/metrics/cluster-metrics';
import { type IMeasuredTopic, MeasuredTopic } from '../monitoring/metrics/measured';
import { partArn } from '../internal/cluster-arns';
import { type Finding, finding } from '../model/finding';
import { topicFindings } from '../model/rules/topics';
import { type AuthenticationKind, TOPIC_RESOURCE_TYPE, toProperties, type TopicSpec } from '../model/wire/topic';
import { isKnown, known, refuse, refused, unwrapped } from '../internal/validation';
import { type DataPlane, dataPlaneOf } from '../internal/cluster-traits';
import { DeclaredTopics } from './declared-topics';
import { KafkaProvider } from '../handlers/provider';
import { defineNativeTopic, nativeFindings } from './native-topic';
import { ConfigDrift, OnExisting, OnPartitionDecrease, OnUnreachable } from './topic-behavior';
import { renderConfigs, type TopicConfigs } from './topic-configs';
import { TopicManager } from './topic-manager';
import { TopicWorker } from '../handlers/worker';

/** A Kafka topic. */
export interface ITopic extends IResource, IMeasuredTopic {
  /** Name of the topic; a literal where it was given as one. */
  readonly topicName: string;

  /**
   * ARN of the topic for IAM policies.
   *
   * @attribute
   */
  readonly topicArn: string;

  /** The cluster that the topic is on. */
  readonly cluster: msk.IClusterRef;

  /** What identities may do with the topic. */
  readonly grants: TopicGrants;
}

/** What is needed of a topic that exists. */
export interface TopicAttributes {
  /** The cluster: one of ours, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;

  /** Name of the topic. */
  readonly topicName: string;
}

/** What a topic is like; the cluster is said elsewhere. */
export interface TopicOptions {
  /**
   * Name of the topic: 1 to 249 letters, digits, `.`, `_` and `-`. Another name is another topic; the old one stays
   * or goes as the removal policy says.
   *
   * @default - the ID of the construct
   */
  readonly topicName?: string;

  /**
   * How many partitions the topic has. It can grow later, never shrink. Growing changes which partition a key is in.
   *
   * @default 3
   */
  readonly partitionCount?: number;

  /**
   * How many brokers have each partition. It cannot change by a deployment.
   *
   * @default - one in each zone of the cluster: 3, or 2 where it has two zones
   */
  readonly replicationFactor?: number;

  /**
   * Settings of the topic. One that is taken out here is reset to what the brokers say.
   *
   * @default - all as the brokers say
   */
  readonly configs?: TopicConfigs;

  /**
   * What happens to the topic, and to its records, when it leaves the stack or gets another name.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * When a topic of this name is there already.
   *
   * @default OnExisting.FAIL
   */
  readonly onExisting?: OnExisting;

  /**
   * What happens to configs that somebody set on the topic and that are not declared here.
   *
   * @default ConfigDrift.DECLARED
   */
  readonly configDrift?: ConfigDrift;

  /**
   * When `partitionCount` is below what the topic has.
   *
   * @default OnPartitionDecrease.FAIL
   */
  readonly onPartitionDecrease?: OnPartitionDecrease;

  /**
   * When the topic is to be deleted and no broker answers.
   *
   * @default OnUnreachable.FAIL
   */
  readonly onUnreachable?: OnUnreachable;

  /**
   * Whether a topic that has records may be deleted because its name changed. Only with a removal policy that deletes.
   *
   * @default false
   */
  readonly allowDataLoss?: boolean;

  /**
   * Any text, such as a release number. When it changes, the deployment compares the topic with the broker and mends
   * what differs; CloudFormation sends nothing for a topic whose properties are as they were.
   *
   * @default - compared when another property changes
   */
  readonly reconcileToken?: string;

  /**
   * For how long a refusal by the brokers to authenticate or authorize is tried again. A policy needs up to a minute to
   * reach them, a new SCRAM user up to ten.
   *
   * @default - 2 minutes with IAM, else none: a wrong secret fails at once
   */
  readonly permissionGracePeriod?: Duration;

  /**
   * Who creates, changes and deletes the topic. A bare reference to a cluster, such as an L1, needs
   * `TopicManager.dataPlane({ vpc, clusterSecurityGroups })`.
   *
   * @default TopicManager.dataPlane()
   */
  readonly managedBy?: TopicManager;
}

const SERVICE_TIMEOUT = Duration.minutes(20);

/** A topic and its cluster. */
export interface TopicProps extends TopicOptions {
  /** The cluster: one of ours, in this stack or another, an imported one or an L1. */
  readonly cluster: msk.IClusterRef;
}

/**
 * What topics have in common, made here or elsewhere.
 *
 * @internal
 */
abstract class TopicBase extends MeasuredTopic implements ITopic {
  public abstract readonly topicArn: string;
  public abstract readonly cluster: msk.IClusterRef;

  public get grants(): TopicGrants {
    return TopicGrants._of(this.cluster, this.topicName);
  }

  /** @internal */
  protected get _clusterMetrics(): ClusterMetrics {
    return ClusterMetrics.fromCluster(this, { cluster: this.cluster });
  }
}

/**
 * A topic on a cluster: created once the cluster is up, grown and set in place, and kept when it leaves the stack unless
 * the removal policy says otherwise.
 */
export class Topic extends TopicBase {
  /** A topic that was made elsewhere; nothing is done to it. */
  public static fromTopicName(scope: Construct, id: string, cluster: msk.IClusterRef, topicName: string): ITopic {
    return Topic.fromTopicAttributes(scope, id, { cluster, topicName });
  }

  /** A topic that was made elsewhere; nothing is done to it. */
  public static fromTopicAttributes(scope: Construct, id: string, attributes: TopicAttributes): ITopic {
    return new ImportedTopic(scope, id, attributes);
  }

  public readonly topicName: string;
  public readonly topicArn: string;
  public readonly cluster: msk.IClusterRef;

  private readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    this.cluster = props.cluster;
    const isMskApi = props.managedBy?._isMskApi ?? false;
    const plane = isMskApi ? undefined : requirePlane(this, props);
    const place = plane ?? { kind: 'standard', ...dataPlaneOf(props.cluster) };
    const { spec, findings } = withDefaults(id, props, place);
    const manager = plane ? listenerFindings(plane) : nativeFindings(props, place);
    const own = [...topicFindings(known(spec), place.kind), ...placeFindings(spec, place)];
    refuse(this, [...findings, ...own, ...manager]);
    DeclaredTopics.on(props.cluster).add(this, spec, place);
    const { clusterArn } = props.cluster.clusterRef;
    this.resource = plane ? this.define(plane, spec) : defineNativeTopic(this, clusterArn, spec);
    this.node.defaultChild = this.resource;
    this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.topicName = spec.topicName;
    this.topicArn = partArn(clusterArn, 'topic', spec.topicName);
  }

  /**
   * The ID that Kafka gave the topic; another topic of the same name has another. `TopicManager.mskApi()` does not tell
   * it.
   *
   * @attribute
   */
  public get topicId(): string {
    if (this.resource.cfnResourceType === TOPIC_RESOURCE_TYPE) return this.resource.getAtt('TopicId').toString();
    const message =
      "'topicId' is not available from the MSK API; use 'topicArn', or create the topic with TopicBackend.dataPlane()";
    throw refused(this, finding('TopicIdUnknown', message));
  }

  /** At the level of CloudFormation: with a hundred topics, what `CustomResource` adds to each is time at every synthesis. */
  private define(plane: DataPlane, spec: TopicSpec): CfnResource {
    const worker = TopicWorker.of(this, this.cluster, plane);
    const { _kind: authentication, _secret: secret } = plane.authentication;
    const place = {
      clusterArn: this.cluster.clusterRef.clusterArn,
      worker: worker.functionArn,
      authentication,
      secret: secret?.secretArn,
      clusterKind: plane.kind,
    };
    const properties = toProperties({ spec, place });
    const resource: CfnResource = new CfnResource(this, 'Resource', {
      type: TOPIC_RESOURCE_TYPE,
      properties: {
        ServiceToken: unwrapped(KafkaProvider.of(this).serviceToken),
        ServiceTimeout: String(SERVICE_TIMEOUT.toSeconds()),
        ...properties,
        ClusterArn: unwrapped(place.clusterArn),
        Worker: unwrapped(place.worker),
        OnReplace: Lazy.any({ produce: () => onReplace(resource) }),
      },
    });
    worker.manage(resource, { properties, secret });
    return resource;
  }
}

class ImportedTopic extends TopicBase {
  public readonly topicName: string;
  public readonly topicArn: string;
  public readonly cluster: msk.IClusterRef;

  public constructor(scope: Construct, id: string, props: TopicAttributes) {
    const { cluster, topicName } = props;
    super(scope, id, { environmentFromArn: cluster.clusterRef.clusterArn });
    const findings = topicFindings(known({ topicName })).filter(({ id }) => id !== 'TopicNameInternal');
    refuse(this, findings); // it may be one of Kafka's own
    this.cluster = cluster;
    this.topicName = topicName;
    this.topicArn = partArn(cluster.clusterRef.clusterArn, 'topic', topicName);
  }
}

/** Read when the template is written: removal policies can be changed from outside until then. */
function onReplace(resource: CfnResource): TopicSpec['onReplace'] {
  const policy = resource.cfnOptions.updateReplacePolicy;
  return policy === undefined || policy === CfnDeletionPolicy.DELETE ? 'delete' : 'retain';
}

function requirePlane(topic: Topic, { cluster, managedBy = TopicManager.dataPlane() }: TopicProps): DataPlane {
  const plane = managedBy._planeOf(cluster);
  if (plane) return plane;
  const message =
    "'cluster' is only a reference, so the topic has no network path to the brokers; set 'backend' to " +
    'TopicBackend.dataPlane({ vpc, clusterSecurityGroups }) or TopicBackend.mskApi(), or pass Cluster.fromClusterAttributes(...)';
  throw refused(topic, finding('ClusterWithoutNetwork', message));
}

/** What of a cluster decides about its topics. */
type Place = Pick<DataPlane, 'brokers' | 'kafkaVersion' | 'kind' | 'zones'> & Partial<DataPlane>;

function withDefaults(id: string, props: TopicProps, place: Place) {
  const { configs, findings } = renderConfigs(props.configs ?? {});
  const spec: TopicSpec = {
    topicName: props.topicName ?? id,
    partitionCount: props.partitionCount ?? 3,
    replicationFactor: props.replicationFactor ?? place.zones ?? 3,
    configs,
    onExisting: props.onExisting ?? OnExisting.FAIL,
    configDrift: props.configDrift ?? ConfigDrift.DECLARED,
    onPartitionDecrease: props.onPartitionDecrease ?? OnPartitionDecrease.FAIL,
    onUnreachable: props.onUnreachable ?? OnUnreachable.FAIL,
    onReplace: 'retain',
    allowDataLoss: props.allowDataLoss ?? false,
    permissionGraceSeconds: (props.permissionGracePeriod ?? graceOf(place)).toSeconds(),
    nonce: props.reconcileToken,
  };
  return { spec, findings };
}

const graceOf = ({ authentication }: Place) => Duration.minutes(authentication?._kind === 'iam' ? 2 : 0);

function placeFindings({ replicationFactor }: TopicSpec, { brokers }: Place) {
  if (brokers === undefined || !isKnown(replicationFactor) || !isKnown(brokers) || replicationFactor <= brokers)
    return [];
  return [
    finding(
      'ReplicationFactorAboveBrokers',
      `'replicationFactor' must not exceed the number of brokers (${brokers}), got ${replicationFactor}`,
    ),
  ];
}

/** The handlers would find out at deployment, once the cluster is up. */
function listenerFindings({ authentication, listeners }: DataPlane): Finding[] {
  if (listeners === undefined || listeners.includes(authentication._kind)) return [];
  const ways: Record<AuthenticationKind, string> = {
    iam: 'iam()',
    scram: 'scram(…)',
    tls: 'tls(…)',
    none: 'unauthenticated()',
  };
  const has = listeners.map((kind) => `ClientCredentials.${ways[kind]}`).join(' or ');
  const message =
    `topics would be managed with ClientCredentials.${ways[authentication._kind]}, which the cluster does not have enabled; ` +
    `set 'backend' to TopicBackend.dataPlane({ authentication: ${has} }), or add the method to the cluster's 'authentication'`;
  return [finding('TopicAuthenticationOff', message)];
}
