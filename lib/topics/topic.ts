import { CfnDeletionPolicy, type CfnResource, Lazy, RemovalPolicy, Resource } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { TopicGrants } from '../access/topic-grants';
import { TopicMetrics } from '../monitoring/metrics/topic-metrics';
import { partArn } from '../internal/cluster-arns';
import { type Finding, finding } from '../model/finding';
import { concurrencyFindings } from '../model/rules/declared-topics';
import { prefixFindings } from '../model/rules/topic-name-prefix';
import { topicFindings } from '../model/rules/topics';
import { type AuthenticationMethod, LISTENERS } from '../model/listeners';
import { TIME_LIMITS } from '../model/time-limits';
import {
  type ClusterKind,
  TOPIC_DEFAULTS,
  TOPIC_RESOURCE_TYPE,
  toProperties,
  type TopicSpec,
} from '../model/wire/topic';
import { elsewhereFindings } from '../internal/environment';
import { isKnown, known, knownText, refuse, refused, unwrapped } from '../internal/validation';
import { type ClusterTraits, traitsOf } from '../internal/cluster-traits';
import { DeclaredTopics } from './declared-topics';
import { KafkaProvider } from '../handlers/provider';
import { defineNativeTopic, nativeFindings } from './native-topic';
import { renderConfigs } from './rendered-configs';
import { TopicBackend } from './topic-backend';
import type { ITopic, TopicAttributes, TopicProps } from './topic-options';
import { TopicResource } from '../handlers/topic-resource';
import { type BrokerAccess, Worker } from '../handlers/worker';
import { checked } from '../internal/signatures/checked';

/**
 * What topics have in common, whether they are defined here or imported.
 *
 * @internal
 */
abstract class TopicBase extends Resource implements ITopic {
  public abstract readonly topicName: string;
  public abstract readonly cluster: msk.IClusterRef;
  private arn?: string;

  /** Most topics are never asked for it, and it costs several tokens. */
  public get topicArn(): string {
    this.arn ??= partArn(this.cluster.clusterRef.clusterArn, 'topic', this.topicName);
    return this.arn;
  }

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
 * Defines a topic on a cluster. It is created once the cluster is active, and its partitions and configs are updated in
 * place. It is kept when it leaves the stack, unless the removal policy says otherwise.
 */
@checked('Topic')
export class Topic extends TopicBase {
  /** Imports a topic that was created elsewhere, by its name. The topic is never changed. */
  public static fromTopicName(scope: Construct, id: string, cluster: msk.IClusterRef, topicName: string): ITopic {
    return Topic.fromTopicAttributes(scope, id, { cluster, topicName });
  }

  /** Imports a topic that was created elsewhere, by its attributes. The topic is never changed. */
  public static fromTopicAttributes(scope: Construct, id: string, attributes: TopicAttributes): ITopic {
    return new ImportedTopic(scope, id, attributes);
  }

  public readonly topicName: string;
  public readonly cluster: msk.IClusterRef;

  private readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    this.cluster = props.cluster;
    const isMskApi = props.backend?._isMskApi ?? false;
    const traits = traitsOf(props.cluster);
    const { kind = 'standard' } = traits;
    const access = isMskApi ? undefined : requireAccess(this, props);
    const { spec, findings } = withDefaults(id, props, { traits, access });
    const judged = known(spec);
    const backendFindings = access
      ? accessFindings(access, traits, judged.topicName)
      : nativeFindings(props, { ...traits, kind });
    const version = knownText(traits.kafkaVersion);
    const specFindings = [...topicFindings(judged, kind, version), ...replicationFindings(spec, traits)];
    const placeFindings = elsewhereFindings(this, props.cluster, { what: 'a topic of it', property: 'cluster' });
    refuse(this, [...placeFindings, ...findings, ...specFindings, ...backendFindings]);
    DeclaredTopics.on(props.cluster).add(this, spec, traits, access?.maxConcurrentTopics);
    const { clusterArn } = props.cluster.clusterRef;
    const place = { ...traits, kind, reported: specFindings };
    this.resource = access ? this.define(access, { spec, kind }) : defineNativeTopic(this, clusterArn, spec, place);
    this.node.defaultChild = this.resource;
    this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.topicName = spec.topicName;
  }

  /**
   * The ID that Kafka gave the topic. If the topic is deleted and created again, its ID differs.
   * `TopicBackend.mskApi()` does not expose it, so reading it is an error there.
   *
   * @attribute
   */
  public get topicId(): string {
    if (this.resource.cfnResourceType === TOPIC_RESOURCE_TYPE) return this.resource.getAtt('TopicId').toString();
    const message =
      "'topicId' is not available from the MSK API; use 'topicArn', or create the topic with TopicBackend.dataPlane()";
    throw refused(this, finding('TopicIdUnknown', message));
  }

  private define(access: BrokerAccess, { kind, spec }: { kind: ClusterKind; spec: TopicSpec }): CfnResource {
    const worker = Worker.of(this, this.cluster, access);
    const { _kind: authentication, _secret: secret } = access.credentials;
    const place = {
      clusterArn: this.cluster.clusterRef.clusterArn,
      worker: worker.functionArn,
      authentication,
      secret: secret?.secretArn,
      clusterKind: kind,
    };
    const properties = toProperties({ spec, place });
    const resource: TopicResource = new TopicResource(this, 'Resource', {
      type: TOPIC_RESOURCE_TYPE,
      properties: {
        ServiceToken: unwrapped(KafkaProvider.of(this).serviceToken),
        ServiceTimeout: String(TIME_LIMITS.serviceTimeoutMinutes * 60),
        ...properties,
        ClusterArn: unwrapped(place.clusterArn),
        Worker: unwrapped(place.worker),
        OnReplace: Lazy.any({ produce: () => onReplace(resource) }),
      },
    });
    worker.addDependent(resource, secret);
    worker.declareTopic(resource, properties, access.maxConcurrentTopics);
    return resource;
  }
}

class ImportedTopic extends TopicBase {
  public readonly topicName: string;
  public readonly cluster: msk.IClusterRef;

  public constructor(scope: Construct, id: string, props: TopicAttributes) {
    const { topicName } = props;
    const cluster = props.cluster;
    super(scope, id, { environmentFromArn: cluster.clusterRef.clusterArn });
    const findings = topicFindings(known({ topicName })).filter(({ id }) => id !== 'TopicNameInternal');
    refuse(this, findings); // an imported topic may be one of Kafka's internal topics
    this.cluster = cluster;
    this.topicName = topicName;
  }
}

/** Called when the template is written, since aspects and escape hatches can change removal policies until then. */
function onReplace(resource: CfnResource): TopicSpec['onReplace'] {
  const policy = resource.cfnOptions.updateReplacePolicy;
  return policy === undefined || policy === CfnDeletionPolicy.DELETE ? 'delete' : 'retain';
}

function requireAccess(topic: Topic, { backend = TopicBackend.dataPlane(), cluster }: TopicProps): BrokerAccess {
  const access = backend._accessTo(cluster);
  if (access) return access;
  const message =
    "'cluster' is only a reference, so the topic has no network path to the brokers; set 'backend' to " +
    'TopicBackend.dataPlane({ vpc, clusterSecurityGroups }) or TopicBackend.mskApi(), or pass Cluster.fromClusterAttributes(...)';
  throw refused(topic, finding('ClusterWithoutNetwork', message));
}

/** What the defaults of a topic depend on. */
interface DefaultsContext {
  readonly traits: ClusterTraits;
  readonly access?: BrokerAccess;
}

function withDefaults(id: string, props: TopicProps, { access, traits }: DefaultsContext) {
  const { configs, findings } = renderConfigs(props.configs ?? {});
  const spec: TopicSpec = {
    topicName: props.topicName ?? id,
    partitionCount: props.partitionCount ?? TOPIC_DEFAULTS.partitionCount,
    replicationFactor: props.replicationFactor ?? traits.zones ?? TOPIC_DEFAULTS.replicationFactor,
    configs,
    onExisting: props.onExisting ?? TOPIC_DEFAULTS.onExisting,
    configDrift: props.configDrift ?? TOPIC_DEFAULTS.configDrift,
    onPartitionDecrease: props.onPartitionDecrease ?? TOPIC_DEFAULTS.onPartitionDecrease,
    onUnreachable: props.onUnreachable ?? TOPIC_DEFAULTS.onUnreachable,
    onReplace: TOPIC_DEFAULTS.onReplace, // the removal policy decides when the template is written
    allowDataLoss: props.allowDataLoss ?? TOPIC_DEFAULTS.allowDataLoss,
    permissionGraceSeconds: props.permissionGracePeriod?.toSeconds() ?? graceSecondsOf(access),
    nonce: props.reconcileToken,
  };
  return { spec, findings };
}

const graceSecondsOf = (access?: BrokerAccess) =>
  access?.credentials._kind === 'iam' ? TOPIC_DEFAULTS.permissionGraceSeconds : 0;

function replicationFindings({ replicationFactor }: TopicSpec, { brokers }: ClusterTraits): Finding[] {
  if (brokers === undefined || !isKnown(replicationFactor) || !isKnown(brokers) || replicationFactor <= brokers)
    return [];
  return [
    finding(
      'ReplicationFactorAboveBrokers',
      `'replicationFactor' must not exceed the number of brokers (${brokers}), got ${replicationFactor}`,
    ),
  ];
}

function accessFindings(access: BrokerAccess, traits: ClusterTraits, topicName?: string): Finding[] {
  const { credentials, topicNamePrefix } = access;
  const prefix = prefixFindings({ topicNamePrefix, method: credentials._kind }, topicName);
  const { maxConcurrentTopics } = known(access);
  return [...listenerFindings(access, traits), ...prefix, ...concurrencyFindings(maxConcurrentTopics)];
}

/** Without this check, the deployment would fail only once the cluster is active. */
function listenerFindings({ credentials }: BrokerAccess, { access }: ClusterTraits): Finding[] {
  const method = credentials._kind;
  if (access === undefined || access.methods.includes(method)) return [];
  const written = (one: AuthenticationMethod) => `ClientCredentials.${LISTENERS[one].factory}`;
  const message =
    `topics would be managed with ${written(method)}, which the cluster does not have enabled; ` +
    `set 'backend' to TopicBackend.dataPlane({ authentication: ${access.methods.map(written).join(' or ')} }), or add the method to the cluster's 'authentication'`;
  return [finding('TopicAuthenticationOff', message)];
}
