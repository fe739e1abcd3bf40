import { CfnDeletionPolicy, CfnResource, Duration, Lazy, RemovalPolicy, Resource } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { TopicGrants } from '../access/topic-grants';
import { TopicMetrics } from '../monitoring/metrics/topic-metrics';
import { partArn } from '../internal/cluster-arns';
import { type Finding, problem } from '../model/finding';
import { topicFindings } from '../model/rules/topics';
import { type AuthenticationKind, TOPIC_RESOURCE_TYPE, toProperties, type TopicSpec } from '../model/wire/topic';
import { isKnown, known, refuse, refused, unwrapped } from '../internal/validation';
import { type DataPlane, dataPlaneOf } from '../internal/cluster-traits';
import { DeclaredTopics } from './declared-topics';
import { KafkaProvider } from '../handlers/provider';
import { defineNativeTopic, nativeFindings } from './native-topic';
import { TopicConfigDrift, TopicOnExisting, TopicOnPartitionDecrease, OnUnreachable } from './topic-behavior';
import { renderConfigs } from './rendered-configs';
import { TopicBackend } from './topic-backend';
import type { ITopic, TopicAttributes, TopicProps } from './topic-options';
import { TopicWorker } from '../handlers/worker';

const SERVICE_TIMEOUT = Duration.minutes(20);

/**
 * What topics have in common, made here or elsewhere.
 *
 * @internal
 */
abstract class TopicBase extends Resource implements ITopic {
  public abstract readonly topicName: string;
  public abstract readonly topicArn: string;
  public abstract readonly cluster: msk.IClusterRef;

  public get grants(): TopicGrants {
    return TopicGrants.fromTopic(this);
  }

  public get metrics(): TopicMetrics {
    return TopicMetrics.fromTopic(this);
  }

  public get topicRef(): msk.TopicReference {
    return { topicArn: this.topicArn };
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
    const isMskApi = props.backend?._isMskApi ?? false;
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
   * The ID that Kafka gave the topic; another topic of the same name has another. `TopicBackend.mskApi()` does not tell
   * it.
   *
   * @attribute
   */
  public get topicId(): string {
    if (this.resource.cfnResourceType === TOPIC_RESOURCE_TYPE) return this.resource.getAtt('TopicId').toString();
    const message = "MSK's API does not tell 'topicId'; take 'topicArn', or TopicBackend.dataPlane()";
    throw refused(this, problem('TopicIdUnknown', message));
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

function requirePlane(topic: Topic, { cluster, backend = TopicBackend.dataPlane() }: TopicProps): DataPlane {
  const plane = backend._planeOf(cluster);
  if (plane) return plane;
  const message =
    "'cluster' is a bare reference, and a topic needs a way to the brokers; set 'backend' to " +
    'TopicBackend.dataPlane({ vpc, clusterSecurityGroups }) or TopicBackend.mskApi(), or pass Cluster.fromClusterAttributes(...)';
  throw refused(topic, problem('ClusterWithoutNetwork', message));
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
    onExisting: props.onExisting ?? TopicOnExisting.FAIL,
    configDrift: props.configDrift ?? TopicConfigDrift.DECLARED,
    onPartitionDecrease: props.onPartitionDecrease ?? TopicOnPartitionDecrease.FAIL,
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
    problem(
      'ReplicationFactorAboveBrokers',
      `'replicationFactor' must not exceed the ${brokers} brokers of the cluster, got ${replicationFactor}`,
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
    `topics would be managed by ClientCredentials.${ways[authentication._kind]}, which the cluster does not take; ` +
    `set 'backend' to TopicBackend.dataPlane({ authentication: ${has} }), or add it to the cluster's 'authentication'`;
  return [problem('TopicAuthenticationOff', message)];
}
